import type { InstanceCopy, InstanceNode } from '../../models/instance/instance.js'
import { hardestFirst } from './greedy/size.js'
import type { PackingState } from './packing-state.js'

/** Takes everything that is there in the end from a node; the deployments of what was there. */
export function clearNode(state: PackingState, node: number): number[] {
  const { nodes, copies } = state.instance
  const staying = (nodes[node] as InstanceNode).copies.filter((copy) => state.stays[copy] === 1)
  const arrivals = [...(state.arrivals[node] ?? [])]
  for (const copy of staying) state.leave(copy)
  for (const arrival of arrivals) state.remove(arrival)
  return [
    ...staying.map((copy) => (copies[copy] as InstanceCopy).deployment),
    ...arrivals.map(({ deployment }) => deployment)
  ]
}

/** What is seen while the contents of a node, given by deployment, are away; what `look` does to the state is undone, too. */
export function withoutContents<Seen>(
  state: PackingState,
  node: number,
  look: (contents: readonly number[]) => Seen
): Seen {
  const mark = state.mark()
  try {
    return look(clearNode(state, node))
  } finally {
    state.rollBack(mark)
  }
}

/**
 * Seats copies one after the other, the hardest first, each on the node that `findRoom` names. Yields the deployments of those for which it
 * names none, and seats no more than is asked for.
 */
export function* reseat(
  state: PackingState,
  deployments: readonly number[],
  findRoom: (deployment: number) => number | undefined
): Generator<number, void> {
  for (const deployment of [...deployments].sort(hardestFirst(state.instance))) {
    const room = findRoom(deployment)
    if (room === undefined) yield deployment
    else state.arrive(deployment, room)
  }
}
