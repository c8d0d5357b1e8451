import type { CountBox } from './cover.js'
import type { Fleet } from './fleet.js'
import { amountKept } from './kept.js'
import type { FleetRow } from './linking.js'
import { SafeSum } from './safe-sum.js'

/** Prices of copies and rows, and upper bounds on the worth of contents at them. */
export interface Proof {
  readonly copies: readonly number[]
  readonly rows: readonly number[]
  /** [kind] of contents of which nothing stays. */
  readonly kindWorths: readonly number[]
  /** [group] of any contents. */
  readonly groupWorths: readonly number[]
}

/** Nodes of a kind of which each adds the same. */
interface Choice {
  readonly adds: number
  readonly nodes: number
  readonly mustBeActive: boolean
}

/**
 * The Lagrangian bound of a branch, rounded down: prices · what is wanted, and for each kind the least that so many active nodes can add,
 * each its cost less the worth of its contents. `hasGroups`: some nodes are told by their contents.
 */
export function boundBranch(
  fleet: Fleet,
  rows: readonly FleetRow[],
  proof: Proof,
  box: CountBox,
  hasGroups: boolean
): number {
  const { problem, deployments, kinds } = fleet
  const hours = problem.objective.horizonHours ?? 1
  const price = problem.objective.horizonHours === null ? 0 : problem.objective.moveCostPrice
  const sum = new SafeSum()
  for (const kind of kinds) if (kind.isPaid) sum.add(kind.costPerHour * hours, kind.nodes)
  if (hasGroups) for (const { moveCost } of amountKept(fleet)) sum.add(moveCost, price)
  for (const [index, { desired }] of deployments.entries()) sum.add(proof.copies[index] as number, desired)
  for (const [index, { least }] of rows.entries()) sum.add(proof.rows[index] as number, least)
  const choices = kinds.map((): Choice[] => [])
  const others = kinds.map(({ nodes }) => nodes)
  const costOf = (kind: number) => (kinds[kind]?.isPaid ? 0 : (kinds[kind]?.costPerHour ?? 0) * hours)
  for (const [index, { kind, ids, residents }] of hasGroups ? fleet.groups.entries() : []) {
    const mustBeActive = residents.some(({ held }) => held > 0)
    choices[kind]?.push({ adds: costOf(kind) - (proof.groupWorths[index] as number), nodes: ids.length, mustBeActive })
    others[kind] = (others[kind] as number) - ids.length
  }
  for (const [kind, nodes] of others.entries()) {
    choices[kind]?.push({ adds: costOf(kind) - (proof.kindWorths[kind] as number), nodes, mustBeActive: false })
    addLeast(sum, choices[kind] as Choice[], box.least[kind] as number, box.most[kind] as number)
  }
  return sum.least
}

/** Adds what at least `least` and at most `most` nodes add: those that must be active, and then those that add least. */
function addLeast(sum: SafeSum, choices: readonly Choice[], least: number, most: number): void {
  const order = [...choices].sort(
    (left, right) => Number(right.mustBeActive) - Number(left.mustBeActive) || left.adds - right.adds
  )
  let active = 0
  for (const { adds, nodes, mustBeActive } of order) {
    const wished = mustBeActive || adds < 0 ? nodes : least - active
    const chosen = mustBeActive ? nodes : Math.max(0, Math.min(nodes, most - active, wished))
    sum.add(adds, chosen)
    active += chosen
  }
}
