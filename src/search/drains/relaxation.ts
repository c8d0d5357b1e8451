import type { Problem } from '../../../models/contract/problem.js'
import { type BudgetOverride, compileInstance } from '../../../models/instance/compile.js'
import type { Instance, InstanceCopy } from '../../../models/instance/instance.js'
import { isAtRest, type SettledStart } from './settled-start.js'

/**
 * A Problem whose every bound is one for sequences of drains, too, as each of them ends in one of its placements, and which allows less than
 * the Problem itself. Proof. Serve never wakes an idle node and buys none, so that nothing starts there: they are closed. A node that is
 * refused for good at rest is never drained: room on nodes that host something only shrinks, these nodes only become fewer, and
 * what is on a node that was not drained stays there. So what runs on such a node is pinned. All of this holds where Serve has nothing to
 * do by itself and no headroom needs a node of its own; anywhere else the Problem is taken as it is.
 */
export function relaxDrains(
  instance: Instance,
  { state }: SettledStart,
  drainable: readonly number[],
  override: BudgetOverride
): Instance {
  const { problem, copies, nodes } = instance
  if (!isAtRest(instance) || problem.headroom.length > 0) return instance
  const mayGo = new Set(drainable)
  const stays = new Set(
    copies.filter(({ node }: InstanceCopy) => !mayGo.has(node) && nodes[node]?.mustEmpty !== true).map(({ id }) => id)
  )
  const relaxed: Problem = {
    ...problem,
    nodeTypes: [],
    nodes: problem.nodes.map((node, index) =>
      state.population[index] === 0 ? { ...node, acceptsReplicas: false } : node
    ),
    replicas: problem.replicas.map((replica) => (stays.has(replica.id) ? { ...replica, movable: false } : replica))
  }
  return compileInstance(relaxed, override)
}
