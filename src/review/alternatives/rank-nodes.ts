import type { Instance, InstanceNode } from '../../../models/instance/instance.js'
import { isAlike } from '../../../models/rounding.js'
import { sequenceMigration } from '../../migration/sequence.js'
import { compareDistance, limitsAt, type TrialLimit } from './limits-at.js'
import type { Trial, TrialWorth } from './trial.js'

/** Whether moves can be ordered so that a replica ends there. unchecked: nobody tried. */
export type Reachability = 'yes' | 'no' | 'unchecked'

/** Whether a safe order of moves leads to a node, and what is in the way of one. */
export interface Reach {
  readonly reachable: Reachability
  /** What is in the way of an order of moves, in words. */
  readonly blockedBy?: readonly string[]
}

/** The nodes that a replica could be on in the end, all others as planned, and those that it could not be on. */
export interface RankedNodes {
  /** Cheapest first, then those with the fewest migrations. */
  readonly possible: readonly { readonly node: InstanceNode; readonly worth: TrialWorth }[]
  /** Those nearest to being possible first. */
  readonly forbidden: readonly { readonly node: InstanceNode; readonly limits: readonly TrialLimit[] }[]
}

/** Asks every node, and of nodes to buy one of each type, whether it may have the replica of a trial. */
export function rankNodes(trial: Trial): RankedNodes {
  const possible: { readonly node: InstanceNode; readonly worth: TrialWorth }[] = []
  const forbidden: { readonly node: InstanceNode; readonly limits: readonly TrialLimit[] }[] = []
  for (const node of candidateNodes(trial.instance, trial)) {
    // Where the plan has it, it may be, whatever stays broken there.
    const limits = node.index === trial.planned ? [] : limitsAt(trial, node)
    if (limits.length === 0) possible.push({ node, worth: trial.worthAt(node.index) })
    else forbidden.push({ node, limits })
  }
  possible.sort(
    (left, right) =>
      byMoney(left.worth.total, right.worth.total) ||
      left.worth.migrations - right.worth.migrations ||
      Number(right.node.index === trial.planned) - Number(left.node.index === trial.planned) ||
      left.node.index - right.node.index
  )
  forbidden.sort((left, right) => compareDistance(left.limits, right.limits))
  return { possible, forbidden }
}

/** Id of a node, and the type of one that would be bought. */
export function nameOf(
  { problem }: Instance,
  { id, purchase }: InstanceNode
): { readonly node: string; readonly type?: string } {
  const type = problem.nodeTypes[purchase]?.type
  return { node: id, ...(type !== undefined && { type }) }
}

/** Whether a safe order of moves leads there. */
export function tryToReach(trial: Trial, node: number, isLate: () => boolean): Reach {
  const { cut } = sequenceMigration(trial.instance, trial.targetAt(node), { isLate })
  if (cut.moves.length === 0) return { reachable: 'yes' }
  // What is cut for lack of time says nothing.
  if (isLate()) return { reachable: 'unchecked' }
  return { reachable: 'no', blockedBy: [...new Set(cut.moves.flatMap(({ limits }) => limits))] }
}

/** Nodes of the Problem, those that the plan buys, and one more of each type that may be bought. */
function candidateNodes({ nodes }: Instance, trial: Trial): InstanceNode[] {
  const seen = new Set<number>()
  return nodes.filter(({ index, purchase }) => {
    if (purchase < 0 || index === trial.planned || trial.isActive(index)) return true
    if (seen.has(purchase)) return false
    seen.add(purchase)
    return true
  })
}

function byMoney(left: number, right: number): number {
  return isAlike(left, right) ? 0 : left - right
}
