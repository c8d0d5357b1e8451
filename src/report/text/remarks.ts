import type { GivenUpMove, HeldReplica, NodeReason, Result, Violation } from '../../../models/contract/result.js'
import { printable, wrap } from './layout.js'
import { formatAmount, formatCount, formatMoney } from './numbers.js'
import { isGiven } from './proof.js'
import type { Style } from './style.js'

const MOST_SHOWN = 5

const KEPT: Record<NodeReason['code'], string> = {
  'not-releasable': 'not releasable',
  'hosts-pinned': 'with pinned replicas',
  'hosts-gang': 'with a gang',
  'hosts-in-flight': 'with copies in flight',
  headroom: 'with headroom',
  'budget-exhausted': 'beyond the budget',
  'migration-blocked': 'blocked in migration',
  'saves-nothing': 'saving nothing',
  gate: 'stopped by the gate',
  'no-room-elsewhere': 'without room elsewhere',
  'not-proven': 'that more search might release'
}

const HELD: Record<HeldReplica['code'], string> = {
  gang: 'member of a gang',
  starting: 'still starting',
  'migration-blocked': 'no safe way to move it'
}

const GIVEN_UP: Record<GivenUpMove['reason'], string> = {
  blocked: 'blocked',
  'all-or-nothing': 'as others are blocked and cut is not allowed',
  gang: 'as its gang stays',
  'final-rule': 'as a rule would be worse without others that stay',
  deadline: 'as it would end after the deadline',
  pointless: 'as it serves nothing any more'
}

/** Of a placement that was given, the search has nothing to say. */
const SEARCHED: readonly NodeReason['code'][] = ['no-room-elsewhere', 'not-proven']

/** Why nodes that could be released stay, as one sentence; undefined where the Result does not say. */
export function describeKeptNodes(result: Result): string | undefined {
  const counts = new Map<NodeReason['code'], number>()
  for (const { code } of result.explanation.nodes ?? []) {
    if (!isGiven(result) || !SEARCHED.includes(code)) counts.set(code, (counts.get(code) ?? 0) + 1)
  }
  if (counts.size === 0) return undefined
  return [...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([code, count]) => `${formatAmount(count)} ${KEPT[code]}`)
    .join(', ')
}

/** What a reader must not miss: limits that stay broken, replicas without a place or held back, notes. */
export function renderRemarks({ violations, unplaced, explanation }: Result, style: Style): string[][] {
  const sections: string[][] = []
  if (violations.length > 0) sections.push(renderViolations(violations, style))
  if (unplaced.length > 0) {
    const title = formatCount(unplaced.length, 'replica without a place', 'replicas without a place')
    const items = unplaced.map(({ replica, deployment }) => `${replica}, of ${deployment}`)
    sections.push(renderList(style.bad(title), items, style))
  }
  const lost = new Set(explanation.givenUp?.moves.map(({ replica }) => replica))
  // What was given up is told below, with the reason.
  const held = (explanation.held ?? []).filter(({ replica }) => !lost.has(replica))
  if (held.length > 0) {
    const title = formatCount(held.length, 'replica held in place', 'replicas held in place')
    const items = held.map(({ replica, code }) => `${replica}: ${HELD[code]}`)
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
  if (conflict.length === 0) return ['Which parts of the problem contradict each other could not be found.']
  const items = conflict.map(({ path, message }) => `${path}: ${message}`)
  return renderList(style.strong('These cannot hold together'), items, style, Number.POSITIVE_INFINITY)
}

function renderList(title: string, items: readonly string[], style: Style, most = MOST_SHOWN): string[] {
  const lines = items
    .slice(0, most)
    .flatMap((item) =>
      wrap(printable(item), style.width - 6).map((line, index) => (index === 0 ? `  ${line}` : `    ${line}`))
    )
  return [title, ...lines, ...(items.length > most ? [`  … and ${formatAmount(items.length - most)} more`] : [])]
}
