/** What a drawn case must not be, so that only the order of its moves is judged. */
/** @import { PlacementInput, ProblemInput } from '../../dist/src/index.js' */

/** Nodes that are taken into use cost nothing: no gate is in the way. @type {(problem: ProblemInput, placement: PlacementInput['placement']) => ProblemInput} */
export function withoutGate(problem, placement) {
  const before = new Set(problem.replicas.map(({ node }) => node))
  const after = new Set(placement.map(({ node }) => node))
  return {
    ...problem,
    nodes: problem.nodes.map((node) =>
      after.has(node.id) && !before.has(node.id) ? { ...node, costPerHour: 0 } : node
    )
  }
}

/** Whether nobody leaves a node at which another of its deployment arrives: whatever names are given, the moves are as many. @type {(problem: ProblemInput, placement: PlacementInput['placement']) => boolean} */
export function isNamedWell(problem, placement) {
  const ends = new Map(placement.map(({ replica, node }) => [replica, node]))
  const movers = problem.replicas.filter(({ id, node }) => ends.get(id) !== node)
  return movers.every(
    ({ node, deployment }) => !movers.some((peer) => peer.deployment === deployment && ends.get(peer.id) === node)
  )
}

/**
 * The same ends with names as a Result has to give them: of a deployment that holds no devices nobody leaves a node at which another
 * of it arrives; the first stays, and the second goes where the first would have gone.
 *
 * @type {(problem: ProblemInput, placement: PlacementInput['placement']) => PlacementInput['placement']}
 */
export function nameWell(problem, placement) {
  const ends = new Map(placement.map((end) => [end.replica, end]))
  const usesDevices = new Set(problem.deployments.filter(({ demand }) => (demand.gpu ?? 0) > 0).map(({ id }) => id))
  const alike = problem.replicas.filter(({ deployment }) => !usesDevices.has(deployment))
  for (const { id, node, deployment } of alike) {
    const end = ends.get(id)
    if (node === null || end === undefined || end.node === node) continue
    const arriver = alike.find((peer) => peer.deployment === deployment && ends.get(peer.id)?.node === node)
    if (arriver === undefined) continue
    ends.set(id, { ...end, node })
    ends.set(arriver.id, { ...end, replica: arriver.id })
  }
  return [...ends.values()]
}
