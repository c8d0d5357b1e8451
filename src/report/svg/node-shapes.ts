import type { NodeSide, ResidentRole } from '../cluster/describe-cluster.js'
import type { DeviceLoad, HeldCopy, ResourceLoad } from '../cluster/node-load.js'
import { Markup, markup } from '../markup.js'
import { colourOf, fillOf } from './palette.js'
import { px } from './picture.js'

/** What becomes of what is held, in the order in which it is drawn from the ground up; the last is not told by the Problem. */
export const ROLES: readonly { readonly role: ResidentRole; readonly series: number; readonly name: string }[] = [
  { role: 'stays', series: 0, name: 'stays' },
  { role: 'leaves', series: 1, name: 'leaves' },
  { role: 'arrives', series: 2, name: 'has come' },
  { role: 'room', series: 4, name: 'kept free' }
]

/** A share of a device and what becomes of it. */
export interface Part {
  readonly role: ResidentRole
  readonly share: number
  /** Who, where each copy is told by itself. */
  readonly name?: string
}

/** More devices than these are drawn as one. */
const MOST_DEVICES = 16

/**
 * Each device of a resource with what is held of it, lowest first; very many devices as one. What is held of no named device comes last.
 * `isEach`: every copy by itself, and not what becomes of the same as one.
 */
export function devicesOf(
  side: NodeSide,
  { devices = [], unassigned = [], capacity }: ResourceLoad,
  isEach = false
): Part[][] {
  const roles = new Map(side.copies.map((copy, index) => [copy, side.residents[index]?.role ?? 'stays']))
  const partsOf = (holdings: DeviceLoad['holdings'], scale = 1): Part[] =>
    ROLES.flatMap(({ role }) => {
      const own = holdings.filter(({ copy }) => roles.get(copy) === role)
      if (isEach) return own.map(({ copy, share }) => ({ role, share: share / scale, name: nameOf(copy) }))
      return own.length === 0 ? [] : [{ role, share: own.reduce((sum, { share }) => sum + share, 0) / scale }]
    })
  if (devices.length > MOST_DEVICES) {
    return [partsOf([...devices.flatMap(({ holdings }) => holdings), ...unassigned], Math.max(1, capacity))]
  }
  return [...devices.map(({ holdings }) => partsOf(holdings)), ...(unassigned.length > 0 ? [partsOf(unassigned)] : [])]
}

/** A copy by its replica, room by whom it is for. */
export function nameOf({ replica, deployment }: HeldCopy): string {
  return replica ?? `room for ${deployment}`
}

/** Rectangles by what they mean, each kind one path: thousands of nodes are a few elements. */
export class Shapes {
  readonly #paths = new Map<string, string[]>()

  add(kind: string, x: number, y: number, width: number, height: number): void {
    const path = this.#paths.get(kind) ?? []
    this.#paths.set(kind, path)
    path.push(`M${px(x)},${px(y)}h${px(width)}v${px(height)}h${px(-width)}z`)
  }

  /** `isWoven`: whether there is room for patterns. */
  draw(id: string, isWoven = true): Markup {
    const one = (kind: string, attributes: Markup) => {
      const path = this.#paths.get(kind)
      return path === undefined ? null : markup`<path ${attributes} d="${new Markup(path.join(''))}"/>`
    }
    const fills = ROLES.map(({ role, series }) => one(role, fillWith(series, id, isWoven)))
    return markup`${one('empty', markup`class="empty"`)}${fills}${one('scalar', markup`class="scalar"`)}${one('over', markup`class="over"`)}${one('gone', markup`class="gone"`)}`
  }
}

/** How what is held is filled: with a pattern, or where that would be finer than can be seen, with colour alone. */
export function fillWith(series: number, id: string, isWoven: boolean): Markup {
  return isWoven ? markup`fill="${fillOf(series, id)}"` : markup`class="band ${colourOf(series)}"`
}

/** How the shapes look, wherever the colours of pages hold. */
export const nodeShapeStyles = `.chart .empty { fill: var(--rule); }
.chart .scalar { fill: var(--series-7); }
.chart .over { fill: none; stroke: var(--ink); stroke-width: 1.5; }
.chart .gone { fill: none; stroke: var(--leader); stroke-dasharray: 3 3; }
.chart .spot { fill: transparent; }`
