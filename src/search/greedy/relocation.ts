import { type InstanceCopy, type InstanceNode, mayStart } from '../../../models/instance/instance.js'
import type { PackingState } from '../packing-state.js'
import { type Destinations, hostCopy } from './hosting.js'

/** A copy that may go elsewhere: one that runs, or one that is to start. */
export interface Movable {
  readonly deployment: number
  readonly node: number
  /** 0 for one that is to start. */
  readonly moveCost: number
  leave(): void
}

/** How many nodes may be looked at in order to make room, in all: what cannot be repaired must not take seconds. */
export interface Effort {
  left: number
}

const ANYWHERE = () => true

/** The copies on a node that may go elsewhere, of some deployments or all: those that are to start first. */
export function movablesOn(state: PackingState, node: number, of?: ReadonlySet<number>): Movable[] {
  const found: Movable[] = []
  for (const arrival of state.arrivals[node] ?? []) {
    if (of?.has(arrival.deployment) === false) continue
    found.push({ deployment: arrival.deployment, node, moveCost: 0, leave: () => state.remove(arrival) })
  }
  for (const copy of (state.instance.nodes[node] as InstanceNode).copies) {
    const { deployment, moveCost, hold } = state.instance.copies[copy] as InstanceCopy
    if (of?.has(deployment) === false || hold !== 'none' || state.stays[copy] === 0) continue
    found.push({ deployment, node, moveCost, leave: () => state.leave(copy) })
  }
  return found
}

/**
 * Moves one copy to one of the nodes allowed, or to one where another copy makes room and goes elsewhere. What is not accepted is
 * undone; returns whether something was.
 */
export function relocate(
  state: PackingState,
  movable: Movable,
  allowed: Destinations,
  accepts: () => boolean,
  effort: Effort
): boolean {
  const mark = state.mark()
  movable.leave()
  if (hostCopy(state, movable.deployment, allowed, ANYWHERE) >= 0 && accepts()) return true
  state.rollBack(mark)
  return displace(state, movable, allowed, accepts, effort)
}

function displace(
  state: PackingState,
  { leave, deployment, node }: Movable,
  allowed: Destinations,
  accepts: () => boolean,
  effort: Effort
): boolean {
  const { nodes } = state.instance
  if (effort.left <= 0) return false
  const before = state.mark()
  leave()
  for (const { index } of nodes) {
    if (index === node || !allowed(index) || !mayStart(state.instance, deployment, index)) continue
    const tried = new Set<number>([deployment])
    for (const other of effort.left > 0 ? movablesOn(state, index) : []) {
      effort.left--
      if (tried.has(other.deployment)) continue
      tried.add(other.deployment)
      const mark = state.mark()
      other.leave()
      if (state.admits(deployment, index)) {
        effort.left -= nodes.length
        state.arrive(deployment, index)
        if (hostCopy(state, other.deployment, (destination) => destination !== index, ANYWHERE) >= 0 && accepts())
          return true
      }
      state.rollBack(mark)
    }
  }
  state.rollBack(before)
  return false
}
