import {
  type Instance,
  type InstanceDeployment,
  type InstanceNode,
  mayStart,
  mostWithin,
  TOLERANCE
} from '../../../models/instance/instance.js'
import type { PackingState } from '../../search/packing-state.js'

/**
 * How many more copies of a deployment one node takes beside all that is there, when nothing else changes: by what is left of each
 * resource and each device, places, and rules. Exact where `bindsAcrossNodes` says that no rule counts over several nodes; else
 * no more than so many fit.
 */
export function roomOn(state: PackingState, deployment: number, node: number): number {
  const { instance } = state
  if (!mayStart(instance, deployment, node) || !state.rules.admits(deployment, node)) return 0
  const { family, maxReplicasPerNode } = instance.deployments[deployment] as InstanceDeployment
  const here = state.perNode[family * instance.nodes.length + node] as number
  const room = Math.min(
    maxReplicasPerNode - here,
    scalarRoom(state, deployment, node),
    deviceRoom(state, deployment, node),
    placesLeft(state, deployment, node)
  )
  return Math.max(0, room)
}

/** The same over all nodes. */
export function roomEverywhere(state: PackingState, deployment: number): number[] {
  return state.instance.nodes.map(({ index }) => roomOn(state, deployment, index))
}

/**
 * Whether some rule counts copies of a deployment over several nodes, so that one more here may be one less there: anti-affinity in a
 * domain of several nodes, spread, affinity. Conflicts do not: what is on their other side does not change.
 */
export function bindsAcrossNodes({ counters, finalRules, problem }: Instance, deployment: number): boolean {
  const counts = counters.some(({ deployments, nodes }) => nodes.length > 1 && deployments.includes(deployment))
  return (
    counts ||
    finalRules.some(({ rule, deployments }) => {
      return problem.rules[rule]?.kind !== 'at-least' && deployments.includes(deployment)
    })
  )
}

function scalarRoom(state: PackingState, deployment: number, node: number): number {
  const { resources, isDevice, deployments, nodes } = state.instance
  const { demand } = deployments[deployment] as InstanceDeployment
  const { capacity } = nodes[node] as InstanceNode
  let room = Infinity
  for (let resource = 0; resource < resources.length; resource++) {
    const amount = demand[resource] as number
    if (amount <= 0 || isDevice[resource] === true) continue
    const used = state.used[node * resources.length + resource] as number
    // A trifle less than what the checker lets pass: sums have other last digits there.
    room = Math.min(room, Math.floor(((mostWithin(capacity[resource] as number) - used) / amount) * (1 + 1e-12)))
  }
  return room
}

function deviceRoom(state: PackingState, deployment: number, node: number): number {
  const { deviceResources, deployments } = state.instance
  const { demand } = deployments[deployment] as InstanceDeployment
  let room = Infinity
  for (const [position, resource] of deviceResources.entries()) {
    const amount = demand[resource] as number
    if (amount <= 0) continue
    const load = state.deviceLoad(node, position)
    if (amount < 1 - TOLERANCE) {
      let copies = 0
      for (const level of load) copies += Math.max(0, Math.floor((1 + TOLERANCE * 0.5 - level) / amount))
      room = Math.min(room, copies)
    } else {
      room = Math.min(room, Math.floor(load.filter((level) => level <= TOLERANCE).length / Math.round(amount)))
    }
  }
  return room
}

/** What anti-affinity rules whose domain is this node alone leave. */
function placesLeft({ instance, perNode }: PackingState, deployment: number, node: number): number {
  let least = Infinity
  for (const { deployments, nodes, limit } of instance.counters) {
    if (nodes.length !== 1 || nodes[0] !== node || !deployments.includes(deployment)) continue
    const families = new Set(deployments.map((member) => (instance.deployments[member] as InstanceDeployment).family))
    let here = 0
    for (const family of families) here += perNode[family * instance.nodes.length + node] as number
    least = Math.min(least, limit - here)
  }
  return least
}
