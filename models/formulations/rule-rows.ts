import type { AtLeastRule } from '../contract/rules.js'
import type { Conflict, Counter, FinalRule } from '../instance/instance.js'
import { addExcessColumn, type Entry, type Presence, type ProgramDraft } from './draft.js'
import { type Count, type Counting, countCopies } from './rule-counts.js'
import { addSpreadRows } from './spread-rows.js'

/** The rows of anti-affinity, conflict, spread, affinity and at-least. */
export function addRuleRows(draft: ProgramDraft): void {
  const count = countCopies(draft)
  for (const counter of draft.instance.counters) addCounterRow(draft, counter, count)
  for (const conflict of draft.instance.conflicts) addConflictRows(draft, conflict, count)
  for (const rule of draft.instance.finalRules) addFinalRows(draft, rule, count)
}

function addCounterRow(
  draft: ProgramDraft,
  { rule, domain, limit, deployments, nodes }: Counter,
  count: Counting
): void {
  const { entries, arrivals, outside, today, most } = count(deployments, nodes)
  if (entries.length === 0 || most + outside <= limit) return
  const name = `anti-affinity ${rule} ${domain}`
  const joining = { entries: arrivals, most: limit }
  const excess: Entry[] = today > limit ? [[addExcessColumn(draft, name, today - limit, joining), -1]] : []
  draft.builder.row(name, -Infinity, limit - outside, [...entries, ...excess])
}

/** One side of each domain is empty: left ≤ most · b, right ≤ most · (1 − b). A broken one counts its smaller side. */
function addConflictRows(draft: ProgramDraft, { rule, domain, left, right, nodes }: Conflict, count: Counting): void {
  const { builder } = draft
  const [lefts, rights] = [count(left, nodes), count(right, nodes)]
  if (lefts.most + lefts.outside === 0 || rights.most + rights.outside === 0) return
  const name = `conflict ${rule} ${domain}`
  if (lefts.today > 0 && rights.today > 0) {
    const side = builder.column(`side ${name}`, { upper: 1, integer: true })
    const arrivals = [...lefts.arrivals, ...rights.arrivals]
    const joining = { entries: arrivals, most: Math.max(lefts.most, rights.most) }
    const excess = addExcessColumn(draft, name, Math.min(lefts.today, rights.today), joining)
    const [most, mostRight] = [lefts, rights].map((count) => count.most + count.outside) as [number, number]
    builder.row(`${name} left`, -Infinity, -lefts.outside, [...lefts.entries, [side, -most], [excess, -1]])
    builder.row(`${name} right`, -Infinity, mostRight - rights.outside, [
      ...rights.entries,
      [side, mostRight],
      [excess, -1]
    ])
    return
  }
  // What stands on the nodes that are not open has chosen the side.
  const side = builder.column(`side ${name}`, {
    lower: lefts.outside > 0 ? 1 : 0,
    upper: rights.outside > 0 ? 0 : 1,
    integer: true
  })
  for (const presence of lefts.presences) linkPresence(draft, `${name} left`, presence, side, 0)
  for (const presence of rights.presences) linkPresence(draft, `${name} right`, presence, side, 1)
}

/** Presence only where a binary column is 1; with `offWhere` 1, only where it is 0. */
function linkPresence(
  { builder }: ProgramDraft,
  name: string,
  { columns, most }: Presence,
  binary: number,
  offWhere: 0 | 1
): void {
  const entries = columns.map((column): Entry => [column, 1])
  if (offWhere === 0) builder.row(name, -Infinity, 0, [...entries, [binary, -most]])
  else builder.row(name, -Infinity, most, [...entries, [binary, most]])
}

function addFinalRows(draft: ProgramDraft, rule: FinalRule, count: Counting): void {
  const { definition, deployments, domains } = rule
  const name = `${definition.kind} ${rule.rule}`
  const counts = domains.map(({ nodes }) => count(deployments, nodes))
  if (definition.kind === 'at-least') {
    addAtLeastRow(draft, name, definition, counts[0] as Count)
    return
  }
  const inDomains = new Set(domains.flatMap(({ nodes }) => nodes))
  const elsewhere = draft.instance.nodes.flatMap(({ index }) => (inDomains.has(index) ? [] : [index]))
  const unlabelled = count(deployments, elsewhere)
  if (definition.kind === 'affinity') addAffinityRows(draft, name, counts, unlabelled)
  else addSpreadRows(draft, name, { definition, deployments, domains, counts, unlabelled })
}

function addAtLeastRow(
  draft: ProgramDraft,
  name: string,
  { count }: AtLeastRule,
  { entries, outside, atStart }: Count
): void {
  const missing: Entry[] = atStart < count ? [[addExcessColumn(draft, name, count - atStart), 1]] : []
  draft.builder.row(name, count - outside, Infinity, [...entries, ...missing])
}

/** At most one domain is used, and no node outside them: the excess is what is above one domain, and what is outside, in sum. */
function addAffinityRows(draft: ProgramDraft, name: string, counts: readonly Count[], unlabelled: Count): void {
  const { builder } = draft
  const used = counts.map(({ presences, outside }, domain): Entry => {
    const column = builder.column(`used ${name} ${domain}`, { lower: outside > 0 ? 1 : 0, upper: 1, integer: true })
    for (const presence of presences) linkPresence(draft, `${name} ${domain}`, presence, column, 0)
    return [column, 1]
  })
  const usedAtStart = counts.filter(({ atStart }) => atStart > 0).length
  const excessNow = unlabelled.atStart + Math.max(0, usedAtStart - 1)
  if (excessNow === 0) {
    builder.row(`${name} unlabelled`, -Infinity, -unlabelled.outside, unlabelled.entries)
    builder.row(name, -Infinity, 1, used)
    return
  }
  const excess = addExcessColumn(draft, name, excessNow)
  const domains = builder.column(`domains above one ${name}`, { upper: excessNow })
  builder.row(name, -Infinity, 1, [...used, [domains, -1]])
  builder.row(`${name} unlabelled`, -Infinity, -unlabelled.outside, [...unlabelled.entries, [domains, 1], [excess, -1]])
}
