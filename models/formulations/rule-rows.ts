import type { Conflict, Counter, FinalRule } from '../instance/instance.js'
import type { AggregatedDraft, Presence } from './aggregated.js'

type Entry = [column: number, value: number]

/** The rows of anti-affinity, conflict, spread, affinity and at-least. */
export function addRuleRows(draft: AggregatedDraft): void {
  const now = countNow(draft)
  for (const counter of draft.instance.counters) addCounterRow(draft, counter, now)
  for (const conflict of draft.instance.conflicts) addConflictRows(draft, conflict, now)
  for (const rule of draft.instance.finalRules) addFinalRows(draft, rule, now)
}

/** How many copies of some deployments are on some nodes: as columns, as a number outside the open nodes, and today. */
interface Count {
  readonly entries: Entry[]
  readonly outside: number
  readonly today: number
  readonly most: number
}

type Counting = (deployments: readonly number[], nodes: readonly number[]) => Count

function countNow({ instance, columns, presence, outside }: AggregatedDraft): Counting {
  const presences = new Map<number, Presence>()
  for (const entry of presence) presences.set(entry.deployment * instance.nodes.length + entry.node, entry)
  const today = new Map<number, number>()
  const beyond = new Map<number, number>()
  const increase = (counts: Map<number, number>, deployment: number, node: number) => {
    const key = deployment * instance.nodes.length + node
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  for (const { index, deployment, node, state } of instance.copies) {
    if (state === 'draining') continue
    increase(today, deployment, node)
    if (outside.packing?.stays[index] === 1 && !columns.isOpen(node)) increase(beyond, deployment, node)
  }
  for (const { deployment, node } of outside.packing?.arrivals ?? [])
    if (!columns.isOpen(node)) increase(beyond, deployment, node)
  return (deployments, nodes) => {
    const count = { entries: [] as Entry[], outside: 0, today: 0, most: 0 }
    for (const node of nodes) {
      for (const deployment of deployments) {
        const key = deployment * instance.nodes.length + node
        const entry = presences.get(key)
        count.outside += beyond.get(key) ?? 0
        count.today += today.get(key) ?? 0
        if (entry === undefined) continue
        count.most += entry.most
        for (const column of entry.columns) count.entries.push([column, 1])
      }
    }
    return count
  }
}

function addCounterRow(
  draft: AggregatedDraft,
  { rule, domain, limit, deployments, nodes }: Counter,
  count: Counting
): void {
  const { entries, outside, today, most } = count(deployments, nodes)
  if (entries.length === 0 || most + outside <= limit) return
  if (today > limit) entries.push([draft.slack(`rule ${rule} ${domain}`, today - limit), -1])
  draft.builder.row(`anti-affinity ${rule} ${domain}`, -Infinity, limit - outside, entries)
}

/** One side of each domain is empty: left ≤ most · b, right ≤ most · (1 − b). */
function addConflictRows(
  draft: AggregatedDraft,
  { rule, domain, left, right, nodes }: Conflict,
  count: Counting
): void {
  const { builder } = draft
  const [lefts, rights] = [count(left, nodes), count(right, nodes)]
  if (lefts.most + lefts.outside === 0 || rights.most + rights.outside === 0) return
  const lower = lefts.outside > 0 ? 1 : 0
  const upper = rights.outside > 0 ? 0 : 1
  const isBroken = lefts.today > 0 && rights.today > 0
  const slack = isBroken ? draft.slack(`rule ${rule} ${domain}`, Math.min(lefts.today, rights.today)) : -1
  const side = builder.column(`side ${rule} ${domain}`, {
    lower: Math.min(lower, upper),
    upper: Math.max(lower, upper),
    integer: true
  })
  const relax = (today: number): Entry[] => (slack < 0 ? [] : [[slack, -today]])
  for (const [column] of lefts.entries) {
    builder.row(`conflict ${rule} ${domain}`, -Infinity, 0, [[column, 1], [side, -lefts.most], ...relax(lefts.today)])
  }
  for (const [column] of rights.entries) {
    builder.row(`conflict ${rule} ${domain}`, -Infinity, rights.most, [
      [column, 1],
      [side, rights.most],
      ...relax(rights.today)
    ])
  }
}

function addFinalRows(draft: AggregatedDraft, rule: FinalRule, count: Counting): void {
  const { definition, deployments, domains } = rule
  const { builder, instance } = draft
  const name = `${definition.kind} ${rule.rule}`
  const counts = domains.map(({ nodes }) => count(deployments, nodes))
  const total = deployments.reduce((sum, deployment) => sum + (instance.deployments[deployment]?.desired ?? 0), 0)
  if (definition.kind === 'at-least') {
    const [inside] = counts as [Count]
    const missing = definition.count - inside.today
    const entries = [...inside.entries]
    if (missing > 0) entries.push([draft.slack(name, missing), 1])
    builder.row(name, definition.count - inside.outside, Infinity, entries)
    return
  }
  const inDomains = new Set(domains.flatMap(({ nodes }) => nodes))
  const unlabelled = count(
    deployments,
    instance.nodes.flatMap(({ index }) => (inDomains.has(index) ? [] : [index]))
  )
  if (unlabelled.entries.length > 0) {
    const entries = [...unlabelled.entries]
    if (unlabelled.today > 0) entries.push([draft.slack(`${name} unlabelled`, unlabelled.today), -1])
    builder.row(`${name} unlabelled`, -Infinity, 0, entries)
  }
  const usedToday = counts.filter(({ today }) => today > 0).length
  if (definition.kind === 'affinity') {
    const used = domains.map(({ label }, domain) => {
      const { entries, outside, most } = counts[domain] as Count
      const column = builder.column(`used ${name} ${label}`, { lower: outside > 0 ? 1 : 0, upper: 1, integer: true })
      for (const [member] of entries)
        builder.row(`${name} ${label}`, -Infinity, 0, [
          [member, 1],
          [column, -most]
        ])
      return [column, 1] as Entry
    })
    if (usedToday > 1) used.push([draft.slack(name, usedToday - 1), -1])
    builder.row(name, -Infinity, 1, used)
    return
  }
  if (definition.minDomains !== undefined) {
    const wanted = Math.min(definition.minDomains, total)
    const used = domains.map(({ label }, domain) => {
      const { entries, outside } = counts[domain] as Count
      const column = builder.column(`used ${name} ${label}`, { upper: 1, integer: true })
      builder.row(`${name} used ${label}`, -Infinity, outside, [
        [column, 1],
        ...entries.map(([member]): Entry => [member, -1])
      ])
      return [column, 1] as Entry
    })
    if (usedToday < wanted) used.push([draft.slack(`${name} domains`, wanted - usedToday), 1])
    builder.row(`${name} domains`, wanted, Infinity, used)
  }
  if (definition.maxSkew === undefined) return
  const lowest = builder.column(`lowest ${name}`, { upper: total })
  const levels = counts.map(({ today }) => today)
  const skewToday = levels.length === 0 ? 0 : Math.max(...levels) - Math.min(...levels)
  const slack: Entry[] =
    skewToday > definition.maxSkew ? [[draft.slack(`${name} skew`, skewToday - definition.maxSkew), -1]] : []
  for (const [domain, { label, counted }] of domains.entries()) {
    const { entries, outside } = counts[domain] as Count
    if (counted) {
      builder.row(`${name} lowest ${label}`, -outside, Infinity, [...entries, [lowest, -1]])
    }
    builder.row(`${name} highest ${label}`, -Infinity, definition.maxSkew - outside, [
      ...entries,
      [lowest, -1],
      ...slack
    ])
  }
}
