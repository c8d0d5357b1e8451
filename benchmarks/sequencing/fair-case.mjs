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
