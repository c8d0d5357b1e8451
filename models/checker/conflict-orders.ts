import type { ConflictRule } from '../contract/rules.js'
import { groupBy } from '../grouping.js'
import { type Cluster, domainOf } from './cluster.js'
import type { PlannedCopy } from './planned-copies.js'
import type { Precedence } from './precedence.js'
import type { Report } from './violations.js'

/** In no order do members of both sides of a conflict meet in a domain, unless they do so from the outset. */
export function checkConflicts(
  cluster: Cluster,
  precedence: Precedence,
  copies: readonly PlannedCopy[],
  report: Report
): void {
  for (const [index, rule] of cluster.rules.entries()) {
    if (rule.kind !== 'conflict') continue
    const [left, right] = rule.between.map((side) => membersByDomain(copies, side, rule))
    for (const [domain, ones] of left ?? []) {
      const meeting = findMeeting(precedence, ones, right?.get(domain) ?? [])
      if (meeting === undefined) continue
      const [one, other] = meeting
      const message = `rules[${index}]: in some order ${one.replica} and ${other.replica} meet in ${domain}`
      report('conflict', domain, message)
    }
  }
}

function membersByDomain(
  copies: readonly PlannedCopy[],
  deployments: readonly string[],
  { topologyKey }: ConflictRule
): Map<string, PlannedCopy[]> {
  const members = new Set(deployments)
  const inside = copies.filter(
    (copy) => members.has(copy.deployment.id) && domainOf(copy.node, topologyKey) !== undefined
  )
  return groupBy(inside, (copy) => domainOf(copy.node, topologyKey) as string)
}

/** Two copies, one of each side, that are in their domain at the same time in some order; one of them a newcomer. */
function findMeeting(
  precedence: Precedence,
  ones: readonly PlannedCopy[],
  others: readonly PlannedCopy[]
): readonly [PlannedCopy, PlannedCopy] | undefined {
  if (others.length === 0) return undefined
  const leaves = leavesBefore(precedence, ones, others)
  const arrives = leavesBefore(precedence, others, ones)
  for (const [row, one] of ones.entries()) {
    for (const [column, other] of others.entries()) {
      if (one.start === undefined && other.start === undefined) continue
      if (!leaves(row, column) && !arrives(column, row)) return [one, other]
    }
  }
  return undefined
}

/** Whether a copy of one side has surely left before a copy of the other side comes, by their indices. */
function leavesBefore(
  precedence: Precedence,
  leaving: readonly PlannedCopy[],
  coming: readonly PlannedCopy[]
): (leaver: number, comer: number) => boolean {
  const stops = leaving.flatMap(({ stop }, index) => (stop === undefined ? [] : [{ index, step: stop }]))
  const starts = coming.flatMap(({ start }, index) => (start === undefined ? [] : [{ index, step: start }]))
  const columnOf = new Map(stops.map(({ index }, column) => [index, column]))
  const rowOf = new Map(starts.map(({ index }, row) => [index, row]))
  const before = precedence.ancestors(
    stops.map(({ step }) => step),
    starts.map(({ step }) => step)
  )
  return (leaver, comer) => {
    const [row, column] = [rowOf.get(comer), columnOf.get(leaver)]
    return row !== undefined && column !== undefined && before.has(row, column)
  }
}
