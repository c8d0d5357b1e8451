import type { NodeReason, Result, Violation } from '../../../models/contract/result.js'
import { groupBy } from '../../../models/grouping.js'
import { countLimits } from '../../result/count-limits.js'
import { toldHeld, toldNodes } from '../told-reasons.js'
import { printable, wrap } from './layout.js'
import { formatAmount, formatCount, formatMoney } from './numbers.js'
import { GIVEN_UP, HELD, KEPT, NO_CONFLICT_FOUND } from './reason-words.js'
import type { Style } from './style.js'

const MOST_SHOWN = 5
/** Limits named of a group of nodes. */
const MOST_LIMITS = 2

/** Why nodes that could be released stay, as one sentence; undefined where the Result does not say. */
export function describeKeptNodes(result: Result): string | undefined {
  const groups = groupBy(toldNodes(result), ({ code }) => code)
  if (groups.size === 0) return undefined
  return [...groups]
    .sort(([, left], [, right]) => right.length - left.length)
    .map(([code, nodes]) => {
      const scarce = code === 'no-room-elsewhere' ? mostFrequentLimits(nodes) : []
      return `${formatAmount(nodes.length)} ${KEPT[code]}${scarce.length === 0 ? '' : ` (${scarce.map(printable).join(', ')})`}`
    })
    .join(', ')
}

/** What is in the way of most nodes. */
function mostFrequentLimits(nodes: readonly NodeReason[]): string[] {
  return countLimits(nodes)
    .slice(0, MOST_LIMITS)
    .map(({ limit }) => limit)
}

/** What a reader must not miss: limits that stay broken, replicas without a place or held back, notes. */
export function renderRemarks(result: Result, style: Style): string[][] {
  const { violations, unplaced, explanation } = result
  const sections: string[][] = []
  if (violations.length > 0) sections.push(renderViolations(violations, style))
  if (unplaced.length > 0) {
    const title = formatCount(unplaced.length, 'replica without a place', 'replicas without a place')
    const items = unplaced.map(({ replica, deployment }) => `${replica}, of ${deployment}`)
    sections.push(renderList(style.bad(title), items, style))
  }
  const held = toldHeld(result)
  if (held.length > 0) {
    const title = formatCount(held.length, 'replica held in place', 'replicas held in place')
    const items = held.map(({ replica, code }) => `${replica}: ${HELD[code].phrase}`)
    sections.push(renderList(style.strong(title), items, style))
  }
  const { givenUp } = explanation
  if (givenUp !== undefined) {
    const price = givenUp.costPerHour > 0 ? `, which would save ${formatMoney(givenUp.costPerHour)} more an hour` : ''
    const title = `${formatCount(givenUp.moves.length, 'move given up', 'moves given up')} for a safe way${price}`
    const items = givenUp.moves.map(({ replica, reason, limits }) => {
      const inTheWay = limits.length === 0 ? '' : ` (${limits.join(', ')})`
      return `${replica}: ${GIVEN_UP[reason]}${inTheWay}`
    })
    sections.push(renderList(style.strong(title), items, style))
  }
  const notes = explanation.notes ?? []
  if (notes.length > 0) sections.push(renderList(style.strong('Notes'), notes, style))
  return sections
}

/** Limits that do not hold, each once and with its place, under a title; the first few, unless `most` says otherwise. */
export function renderViolations(violations: readonly Violation[], style: Style, most = MOST_SHOWN): string[] {
  // The same limit may be found broken by several checks.
  const items = [...new Set(violations.map(describeViolation))]
  return renderList(style.bad(formatCount(items.length, 'violation')), items, style, most)
}

/** Messages that begin with the place say it once. */
function describeViolation({ code, where, message }: Violation): string {
  const place = `${where}: `
  return `${code} at ${place}${message.startsWith(place) ? message.slice(place.length) : message}`
}

/** Parts of the Problem that are proven not to hold together, as far as they are known. */
export function renderConflict({ explanation }: Result, style: Style): string[] {
  const conflict = explanation.conflict ?? []
  if (conflict.length === 0) return [NO_CONFLICT_FOUND]
  const items = conflict.map(({ path, message }) => `${path}: ${message}`)
  return renderList(style.strong('These cannot hold together'), items, style, Number.POSITIVE_INFINITY)
}

/** A title and the first few items below it, however long: how many more there are is said. */
export function renderList(title: string, items: readonly string[], style: Style, most = MOST_SHOWN): string[] {
  const lines = items
    .slice(0, most)
    .flatMap((item) =>
      wrap(printable(item), style.width - 6).map((line, index) => (index === 0 ? `  ${line}` : `    ${line}`))
    )
  return [title, ...lines, ...(items.length > most ? [`  … and ${formatAmount(items.length - most)} more`] : [])]
}
