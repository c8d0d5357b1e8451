/** Nodes that are tried out: what would fit on a machine. */
import { findNode } from './pack-placement.mjs'
import { ServingNode } from './serving-node.mjs'

/** @import { Service } from './fleet.mjs' */
/** @import { Machine } from './machines.mjs' */

/** @type {(machine: Machine) => ServingNode} */
export function makeTrialNode(machine) {
  const node = new ServingNode('', machine, 0)
  node.state = 'there'
  return node
}

/** Whether one of some nodes has room for a copy, which takes it. @type {(nodes: readonly ServingNode[], service: Service) => boolean} */
export function takesRoom(nodes, service) {
  const room = findNode(nodes, service)
  room?.node.take(service, room.devices)
  return room !== null
}
