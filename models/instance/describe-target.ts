import type { Assignment, AssumedDevices, HeadroomAssignment, NewNode, UnplacedReplica } from '../contract/placement.js'
import type { DeviceIndices } from '../contract/quantities.js'
import type { Instance, InstanceDeployment, InstanceNode } from './instance.js'
import type { Place, Target } from './packing.js'

/** The part of a Result that says where everything is in the end. */
export interface DescribedTarget {
  readonly placement: Assignment[]
  readonly assumedDevices: AssumedDevices[]
  readonly headroom: HeadroomAssignment[]
  readonly unplaced: UnplacedReplica[]
  readonly newNodes: NewNode[]
  readonly releasedNodes: string[]
}

/** Writes a target in the words of the contract. `releasedNodes` are the nodes that are not active in the end. */
export function describeTarget(instance: Instance, target: Target): DescribedTarget {
  const idOf = (deployment: number) => (instance.deployments[deployment] as InstanceDeployment).id
  const nodeOf = (node: number) => (instance.nodes[node] as InstanceNode).id
  const listed = new Set(instance.problem.replicas.map((replica) => replica.id))
  const placement: Assignment[] = []
  for (const [index, place] of target.copies.entries()) {
    const copy = instance.copies[index]
    if (place === null || copy === undefined) continue
    placement.push({ replica: copy.id, node: nodeOf(place.node), ...describeDevices(instance, place) })
  }
  for (const { id, deployment, ...place } of target.newcomers) {
    const named = listed.has(id) ? {} : { deployment: idOf(deployment) }
    placement.push({ replica: id, ...named, node: nodeOf(place.node), ...describeDevices(instance, place) })
  }
  const hosts = hostsOf(target)
  return {
    placement,
    assumedDevices: instance.copies
      .filter((copy) => copy.devicesAssumed && copy.state !== 'draining')
      .map((copy) => ({ replica: copy.id, devices: describeDevices(instance, copy).devices ?? {} })),
    headroom: target.headroom.map(({ deployment, ...place }) => ({
      deployment: idOf(deployment),
      node: nodeOf(place.node),
      ...describeDevices(instance, place)
    })),
    unplaced: target.unplaced.map(({ id, deployment }) => ({ replica: id, deployment: idOf(deployment) })),
    newNodes: instance.nodes
      .filter(({ index, purchase }) => purchase >= 0 && hosts.has(index))
      .map(({ id, purchase }) => ({ id, type: instance.problem.nodeTypes[purchase]?.type ?? '' })),
    releasedNodes: instance.nodes
      .filter(({ index, purchase, releasable }) => purchase < 0 && releasable && !hosts.has(index))
      .map(({ id }) => id)
  }
}

/** Nodes that host a replica or headroom in the end. */
export function hostsOf({ copies, newcomers, headroom }: Target): Set<number> {
  const hosts = new Set<number>()
  for (const place of copies) if (place !== null) hosts.add(place.node)
  for (const { node } of [...newcomers, ...headroom]) hosts.add(node)
  return hosts
}

function describeDevices(instance: Instance, { devices }: Pick<Place, 'devices'>): { devices?: DeviceIndices } {
  const held: [string, number[]][] = []
  for (const [position, resource] of instance.deviceResources.entries()) {
    const indices = devices[position] ?? []
    if (indices.length > 0) held.push([instance.resources[resource] as string, [...indices].sort((a, b) => a - b)])
  }
  return held.length === 0 ? {} : { devices: Object.fromEntries(held) }
}
