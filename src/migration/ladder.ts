import type { Rung } from '../../models/contract/migration-options.js'
import type { Instance } from '../../models/instance/instance.js'
import type { Target } from '../../models/instance/packing.js'
import { emptyNodes } from './worth.js'

/** The rungs that let a mover do something else than go straight to its slot. */
export type DetourRung = Extract<Rung, 'delay-release' | 'hop' | 'rent' | 'stop-first'>

/** What movers may do on their way, as far as the ladder is climbed. */
export interface Detours {
  /** Nodes to stop over on, rung by rung. */
  readonly nodes: readonly (readonly number[])[]
  /** Whether a copy may go before its successor starts, where availability allows it. */
  readonly stopFirst: boolean
}

/** So many unused nodes of a kind are looked at for rent: more than one stop-over at a time is rare. */
const RENTED_OF_A_KIND = 2

/**
 * The ladder of an instance's options, rung by rung: each adds to what the ones before it allow. `cut` is the last resort wherever it
 * stands; stop-overs of any kind are hops, so without `hop` there are none. At the level `final` copies may stop first whether or
 * not the rung is named: that is what the level is for.
 */
export function climbableRungs(instance: Instance, target: Target): Detours[] {
  const { rungs, level } = instance.problem.migration
  const wanted = level === 'final' && !rungs.includes('stop-first') ? [...rungs, 'stop-first' as const] : rungs
  const nodesOf = nodesByRung(instance, target)
  const ladder: Detours[] = []
  let reached: Detours = { nodes: [], stopFirst: false }
  for (const rung of wanted) {
    if (rung === 'stop-first' && !reached.stopFirst) reached = { ...reached, stopFirst: true }
    else if (rung in nodesOf && wanted.includes('hop')) {
      const more = nodesOf[rung as keyof typeof nodesOf]
      if (more.length === 0) continue
      const known = new Set(reached.nodes.flat())
      reached = { ...reached, nodes: [...reached.nodes, more.filter((node) => !known.has(node))] }
    } else continue
    ladder.push(reached)
  }
  return ladder
}

/** The nodes to stop over on, those of lower rungs first; of a rung in turn, so that not all who stop over wait for the same node. */
export function* inTurn(nodes: Detours['nodes'], last: number): Generator<number> {
  for (const rung of nodes) {
    const next = rung.indexOf(last) + 1
    for (let position = next; position < rung.length; position++) yield rung[position] as number
    for (let position = 0; position < next; position++) yield rung[position] as number
  }
}

/** On which rung a stop-over on a node stands. */
export function rungOf(instance: Instance, target: Target): (node: number) => 'delay-release' | 'hop' | 'rent' {
  const empty = emptyNodes(instance, target)
  return (node) => {
    const { purchase, releasable } = instance.nodes[node] as Instance['nodes'][number]
    if (empty[node] === 0 || !releasable) return 'hop'
    return purchase < 0 ? 'delay-release' : 'rent'
  }
}

function nodesByRung(instance: Instance, target: Target): Record<'delay-release' | 'hop' | 'rent', number[]> {
  const rung = rungOf(instance, target)
  const byRung = { 'delay-release': [] as number[], hop: [] as number[], rent: [] as number[] }
  const ofKind = new Map<number, number>()
  for (const { index, open, kind } of instance.nodes) {
    if (!open) continue
    if (rung(index) === 'rent') {
      const known = ofKind.get(kind) ?? 0
      ofKind.set(kind, known + 1)
      if (known >= RENTED_OF_A_KIND) continue
    }
    byRung[rung(index)].push(index)
  }
  const price = (node: number) => instance.nodes[node]?.costPerHour ?? 0
  byRung.rent.sort((left, right) => price(left) - price(right))
  return byRung
}
