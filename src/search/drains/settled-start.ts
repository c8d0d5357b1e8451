import type { Instance, InstanceCopy } from '../../../models/instance/instance.js'
import type { Target } from '../../../models/instance/packing.js'
import { stopSurplus } from '../greedy/fulfilment.js'
import { nameReplicas } from '../name-replicas.js'
import { PackingState } from '../packing-state.js'
import { serveRanks } from './serve-ranks.js'
import { ServeRooms } from './serve-rooms.js'

/** The cluster once Ray Serve has come to rest by itself, before anybody drains a node. */
export interface SettledStart {
  readonly state: PackingState
  /** Names and places of everything then; nothing that runs has moved. */
  readonly target: Target
  /** Indices of a waiting replica's deployment and of the node where Serve would start it although it must not run there; else null. */
  readonly misplaced: { readonly deployment: number; readonly node: number } | null
}

/**
 * What Serve does unasked: surplus replicas stop (those that do not run yet, then on the nodes with fewest), and replicas that wait for a
 * node start where its rule puts them, the largest first: on a node that hosts something, else on an idle one. One that fits nowhere goes on
 * waiting; it always will, for drains leave less room on fewer nodes.
 */
export function settleStart(instance: Instance): SettledStart {
  const state = new PackingState(instance)
  stopSurplus(state)
  const misplaced = startPending(state)
  return { state, target: nameReplicas(state), misplaced }
}

/** Stops at the first that would be put where it must not be, and returns it: what comes after is not foreseen. */
function startPending(state: PackingState): SettledStart['misplaced'] {
  const { instance } = state
  const real = instance.deployments.slice(0, instance.realDeployments)
  const ranks = serveRanks(instance)
  const waiting = real
    .filter(({ index, desired }) => desired > (state.placed[index] as number))
    .sort((one, other) => (ranks[one.index] as number) - (ranks[other.index] as number))
  for (const { index, desired } of waiting) {
    while ((state.placed[index] as number) < desired) {
      const node = choose(state, index)
      if (node < 0) break
      if (!state.admits(index, node)) return { deployment: index, node }
      state.arrive(index, node)
    }
  }
  return null
}

/** Where Serve would start one more replica; −1: it goes on waiting. */
function choose(state: PackingState, deployment: number): number {
  const among = new ServeRooms(state).bestFit(deployment, -1)
  return among >= 0 ? among : new ServeRooms(state, 'idle').bestFit(deployment, -1)
}

/** Whether Serve has nothing to do by itself: then the cluster at rest is the cluster as it is. */
export function isAtRest({ copies, deployments, realDeployments }: Instance): boolean {
  return (
    copies.every(({ state }: InstanceCopy) => state !== 'draining') &&
    deployments.slice(0, realDeployments).every(({ desired, placed }) => desired === placed)
  )
}
