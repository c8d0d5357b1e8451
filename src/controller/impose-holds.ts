import type { Problem, Replica } from '../../models/contract/problem.js'
import { countBy } from '../../models/grouping.js'

/** What is left where it is, by id. */
export interface Held {
  readonly deployments: ReadonlySet<string>
  readonly nodes: ReadonlySet<string>
  /** Idle nodes that somebody else is to take away. */
  readonly givenBack: ReadonlySet<string>
  /** Of the deployments, those that somebody else is changing: their surplus is not ours to stop. */
  readonly unsettled: ReadonlySet<string>
  /** Replicas that this round has moved already. */
  readonly replicas: ReadonlySet<string>
}

/**
 * The Problem in which what is held stays where it is, said in the Problem's own words, so that every answer can be checked against it:
 *
 * - a deployment that is held is not movable, whatever its replicas say;
 * - on a node that is held the running replicas are pinned; it may get more;
 * - an idle node that is held is not releasable. It is paid for in any case then, which must not draw replicas to it from cheaper
 *   nodes: it takes none, unless there are some that wait for a place;
 * - one that was given back is not given back again.
 *
 * Surplus stays free to go, and what is on a node that must be emptied is never held: that was asked for.
 */
export function imposeHolds(problem: Problem, held: Held): Problem {
  if (held.deployments.size + held.nodes.size + held.givenBack.size + held.replicas.size === 0) return problem
  const mustEmpty = new Set(problem.nodes.filter((node) => node.mustEmpty).map(({ id }) => id))
  const movable = new Map(problem.deployments.map((deployment) => [deployment.id, deployment.movable]))
  const live = countBy(
    problem.replicas.filter(({ state }) => state !== 'draining'),
    ({ deployment }) => deployment
  )
  const desired = new Map(problem.deployments.map(({ id, replicas }) => [id, replicas ?? live.get(id) ?? 0]))
  const mayPin = (deployment: string) => (live.get(deployment) ?? 0) <= (desired.get(deployment) ?? 0)
  const occupied = new Set(problem.replicas.map(({ node }) => node))
  const isPending = problem.replicas.some(({ node }) => node === null)

  const holdReplica = (replica: Replica): Replica => {
    const { id, deployment, node, state } = replica
    if (node === null || state !== 'running') return replica
    const isHeld = held.deployments.has(deployment)
    if (mustEmpty.has(node)) {
      return isHeld ? { ...replica, movable: replica.movable ?? movable.get(deployment) ?? true } : replica
    }
    if (isHeld) {
      if (replica.movable !== true) return replica
      const { movable: _, ...rest } = replica
      return rest
    }
    return (held.nodes.has(node) || held.replicas.has(id)) && replica.movable !== false && mayPin(deployment)
      ? { ...replica, movable: false }
      : replica
  }
  return {
    ...problem,
    nodes: problem.nodes.map((node) => {
      if (occupied.has(node.id)) return node
      if (held.givenBack.has(node.id)) return { ...node, releasable: false }
      if (!held.nodes.has(node.id) || node.mustEmpty) return node
      return { ...node, releasable: false, acceptsReplicas: node.acceptsReplicas && isPending }
    }),
    deployments: problem.deployments.map((deployment) => {
      const { id } = deployment
      if (!held.deployments.has(id)) return deployment
      const wanted = Math.max(desired.get(id) ?? 0, held.unsettled.has(id) ? (live.get(id) ?? 0) : 0)
      return { ...deployment, movable: false, replicas: wanted }
    }),
    replicas: problem.replicas.map(holdReplica)
  }
}
