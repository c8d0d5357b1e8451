/** Where Ray would move the replicas of a node. */
import { at } from '../../families/crowd.mjs'
import { compareRooms } from './fitting-nodes.mjs'

/** @import { FittingNodes } from './fitting-nodes.mjs' */

/** @typedef {ReturnType<FittingNodes['plan']>} Room */

/**
 * A node for each copy, one after the other, of the active nodes that stay: the one with least left. Null where one has none.
 *
 * @type {(fitting: FittingNodes, leaving: number, deployments: readonly number[]) => number[] | null}
 */
export function planMoves(fitting, leaving, deployments) {
  /** Nodes as they are with what is planned. @type {Map<number, Room>} */
  const planned = new Map()
  const targets = []
  for (const deployment of deployments) {
    const room = bestFit(fitting, leaving, deployment, planned)
    if (room === undefined) return null
    targets.push(room.node)
    planned.set(room.node, fitting.plan(room, deployment))
  }
  return targets
}

/** @type {(fitting: FittingNodes, leaving: number, deployment: number, planned: ReadonlyMap<number, Room>) => Room | undefined} */
function bestFit(fitting, leaving, deployment, planned) {
  let best = fitting.of(deployment).find(({ node }) => node !== leaving && !planned.has(node))
  for (const room of planned.values()) {
    if ((best === undefined || compareRooms(room, best) < 0) && fitting.fits(deployment, room)) best = room
  }
  return best
}

/** Whether some copy has no other node to go to, whatever else is planned. @type {(fitting: FittingNodes, leaving: number, deployments: readonly number[]) => boolean} */
export function isHopeless(fitting, leaving, deployments) {
  return deployments.some((deployment) => {
    const rooms = fitting.of(deployment)
    return rooms.length === 0 || (rooms.length === 1 && at(rooms, 0).node === leaving)
  })
}
