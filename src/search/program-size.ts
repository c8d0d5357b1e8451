import type { Instance } from '../../models/instance/instance.js'

/** Stays and arrivals beyond which the whole program is not tried: neighbourhoods and patterns still are. */
const MOST_COLUMNS = 150_000
/** Entries of rule rows beyond which it is not, either. */
const MOST_RULE_ENTRIES = 1_000_000

/** Units of a budget below which no program is built: none would be solved. */
export const LEAST_TO_SOLVE = 100

/** Whether the whole program can be built in moments and fits the solver's memory. */
export function isSolvable({
  eligible,
  copies,
  counters,
  conflicts,
  finalRules,
  nodes,
  deployments
}: Instance): boolean {
  if (nodes.length * deployments.length > 20 * MOST_COLUMNS) return false
  let columns = copies.length
  for (const isEligible of eligible) columns += isEligible
  if (columns > MOST_COLUMNS) return false
  let entries = 0
  for (const { deployments: members, nodes: inside } of counters) entries += members.length * inside.length
  for (const { left, right, nodes: inside } of conflicts) entries += (left.length + right.length) * inside.length
  for (const { deployments: members, domains } of finalRules) {
    for (const { nodes: inside } of domains) entries += members.length * inside.length
  }
  return entries <= MOST_RULE_ENTRIES
}
