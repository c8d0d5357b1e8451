import type { NewNode } from '../../models/contract/placement.js'
import type { Problem } from '../../models/contract/problem.js'
import type { Result } from '../../models/contract/result.js'
import type { ExecutionReport } from '../execution/report.js'

/** Money per hour of a cluster: all that is there, what would be there after a plan, and what is proven to be needed at least. */
export interface Costs {
  readonly current: number
  readonly planned: number
  readonly bound: number
}

/** What a plan makes of the costs: of nodes given back less those that are got, idle ones included. */
export function costsOf(problem: Problem, result: Result): Costs {
  const current = result.initial.listedCostPerHour
  const planned =
    current - costOfNodes(problem, result.releasedNodes) + costOfNew(problem, result, ({ rented }) => rented !== true)
  return { current, planned, bound: Math.min(result.bound?.costPerHour ?? 0, planned) }
}

/** What an execution has saved an hour: nodes that were given back, less those that were got and are still there. */
export function savedBy(problem: Problem, result: Result, { steps, releasedNodes }: ExecutionReport): number {
  const stateOf = new Map(steps.map(({ id, state }) => [id, state]))
  const had = new Set(
    result.plan.steps.flatMap(({ id, action, ...step }) => {
      const isHad = action === 'provision' && (stateOf.get(id) === 'done' || stateOf.get(id) === 'stuck')
      return isHad && 'node' in step ? [step.node] : []
    })
  )
  const released = new Set(releasedNodes)
  return costOfNodes(problem, releasedNodes) - costOfNew(problem, result, ({ id }) => had.has(id) && !released.has(id))
}

function costOfNodes({ nodes }: Problem, ids: readonly string[]): number {
  const wanted = new Set(ids)
  return nodes.reduce((sum, { id, costPerHour }) => (wanted.has(id) ? sum + costPerHour : sum), 0)
}

/** Of the nodes that a Result gets, those that count. */
function costOfNew({ nodeTypes }: Problem, { newNodes }: Result, counts: (node: NewNode) => boolean): number {
  const prices = new Map(nodeTypes.map(({ type, costPerHour }) => [type, costPerHour]))
  return newNodes.reduce((sum, node) => (counts(node) ? sum + (prices.get(node.type) ?? 0) : sum), 0)
}
