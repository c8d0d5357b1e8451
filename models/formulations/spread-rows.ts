import type { SpreadRule } from '../contract/rules.js'
import type { FinalRule } from '../instance/instance.js'
import { spanOf } from '../instance/span.js'
import { addExcessColumn, type Entry, type ProgramDraft } from './draft.js'
import type { Count } from './rule-counts.js'

interface Spread {
  readonly definition: SpreadRule
  readonly deployments: readonly number[]
  readonly domains: FinalRule['domains']
  /** By domain. */
  readonly counts: readonly Count[]
  /** Members on nodes of no domain. */
  readonly unlabelled: Count
}

/** The rows of one spread rule, over its domains. */
export function addSpreadRows(draft: ProgramDraft, name: string, spread: Spread): void {
  const { entries, outside, atStart } = spread.unlabelled
  if (entries.length > 0) {
    const excess: Entry[] = atStart > 0 ? [[addExcessColumn(draft, `${name} unlabelled`, atStart), -1]] : []
    draft.builder.row(`${name} unlabelled`, -Infinity, -outside, [...entries, ...excess])
  }
  if (spread.definition.minDomains !== undefined) addDomainRows(draft, name, spread, spread.definition.minDomains)
  if (spread.definition.maxSkew !== undefined) addSkewRows(draft, name, spread, spread.definition.maxSkew)
}

/**
 * Σ used ≥ min(minDomains, members placed in domains), used ≤ members of the domain. Where a binary `few` is 1, the members are
 * fewer than the domains wanted, and each has one of its own.
 */
function addDomainRows(draft: ProgramDraft, name: string, spread: Spread, minDomains: number): void {
  const { builder, instance, unplaced } = draft
  const { counts, deployments, unlabelled } = spread
  const desired = deployments.reduce((sum, index) => sum + (instance.deployments[index]?.desired ?? 0), 0)
  const missing = deployments.reduce((sum, index) => {
    const { desired: wanted, placed } = instance.deployments[index] ?? { desired: 0, placed: 0 }
    return sum + (unplaced.has(index) ? wanted - placed : 0)
  }, unlabelled.atStart)
  const wanted = Math.min(minDomains, desired)
  const used = counts.map(({ entries, outside }, domain): Entry => {
    const column = builder.column(`used ${name} ${domain}`, { upper: 1, integer: true })
    builder.row(`${name} used ${domain}`, -Infinity, outside, [[column, 1], ...negated(entries)])
    return [column, 1]
  })
  const usedAtStart = counts.filter(({ atStart }) => atStart > 0).length
  const placedAtStart = counts.reduce((sum, { atStart }) => sum + atStart, 0)
  const excessNow = Math.min(minDomains, placedAtStart) - usedAtStart
  if (excessNow > 0) used.push([addExcessColumn(draft, `${name} domains`, excessNow), 1])
  if (desired - missing >= wanted) {
    builder.row(`${name} domains`, wanted, Infinity, used)
    return
  }
  const few = builder.column(`few ${name}`, { upper: 1, integer: true })
  const outside = counts.reduce((sum, count) => sum + count.outside, 0)
  builder.row(`${name} domains`, wanted, Infinity, [...used, [few, wanted]])
  builder.row(`${name} few`, outside - desired, Infinity, [
    ...used,
    ...counts.flatMap(({ entries }) => negated(entries)),
    [few, -desired]
  ])
}

/**
 * lowest ≤ members ≤ lowest + maxSkew: the first for every domain that counts, and for one that does not as soon as it is used; the second
 * for all.
 */
function addSkewRows(
  draft: ProgramDraft,
  name: string,
  { deployments, domains, counts }: Spread,
  maxSkew: number
): void {
  const { builder, instance } = draft
  const desired = deployments.reduce((sum, index) => sum + (instance.deployments[index]?.desired ?? 0), 0)
  const lowest = builder.column(`lowest ${name}`, { upper: desired })
  const isCounted = (domain: number) => domains[domain]?.counted === true
  const levels = counts.flatMap(({ atStart }, domain) => (atStart > 0 || isCounted(domain) ? [atStart] : []))
  const skewAtStart = spanOf(levels)
  const excess: Entry[] =
    skewAtStart > maxSkew ? [[addExcessColumn(draft, `${name} skew`, skewAtStart - maxSkew), -1]] : []
  for (const [domain, { entries, outside, most }] of counts.entries()) {
    builder.row(`${name} highest ${domain}`, -Infinity, maxSkew - outside, [...entries, [lowest, -1], ...excess])
    if (isCounted(domain)) {
      builder.row(`${name} lowest ${domain}`, -outside, Infinity, [...entries, [lowest, -1]])
    } else if (most + outside > 0) {
      const used = builder.column(`occupied ${name} ${domain}`, { lower: outside > 0 ? 1 : 0, upper: 1, integer: true })
      builder.row(`${name} occupied ${domain}`, -Infinity, 0, [...entries, [used, -most]])
      builder.row(`${name} lowest ${domain}`, -outside - desired, Infinity, [
        ...entries,
        [lowest, -1],
        [used, -desired]
      ])
    }
  }
}

function negated(entries: readonly Entry[]): Entry[] {
  return entries.map(([column, value]) => [column, -value])
}
