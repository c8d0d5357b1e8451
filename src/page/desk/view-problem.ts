import { activeNodes, costOf, indexCluster, initialCopies, isPinned } from '../../../models/checker/cluster.js'
import type { Problem } from '../../../models/contract/problem.js'
import { groupBy } from '../../../models/grouping.js'
import { wishesOf } from '../planning/wishes.js'
import type { ProblemView } from './views.js'

export function viewProblem(name: string, problem: Problem, imported: string | null = null): ProblemView {
  const cluster = indexCluster(problem, [], () => {})
  const replicas = groupBy(problem.replicas, ({ deployment }) => deployment)
  return {
    name,
    imported,
    nodes: problem.nodes.length,
    replicas: problem.replicas.length,
    deployments: problem.deployments.map(({ id, movable }) => {
      return { id, replicas: replicas.get(id)?.length ?? 0, isFixed: !movable }
    }),
    costPerHour: costOf(activeNodes(cluster, initialCopies(cluster))),
    movable: problem.replicas.filter(
      (replica) => replica.node !== null && replica.state !== 'draining' && !isPinned(cluster, replica)
    ).length,
    wishes: wishesOf(problem)
  }
}
