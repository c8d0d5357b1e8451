import type { Assignment, Placement } from '../../models/contract/placement.js'
import type { DeviceIndices } from '../../models/contract/quantities.js'
import { assumeDevices } from '../../models/instance/assume-devices.js'
import type { Instance, InstanceNode } from '../../models/instance/instance.js'

/**
 * An instance in the words of a placement that somebody else made: nodes to buy have the ids that it gives them, and running
 * copies whose devices the Problem leaves out hold the ones that it assumes. What the Problem cannot sell is left out.
 */
export function adoptPlacement(instance: Instance, placement: Placement): Instance {
  return adoptDevices(adoptNewNodes(instance, placement), placement)
}

function adoptNewNodes(instance: Instance, { newNodes, placement, headroom }: Placement): Instance {
  const used = new Set([...placement, ...headroom].map(({ node }) => node))
  const names = new Map<number, string>()
  const types = new Map(instance.problem.nodeTypes.map(({ type }, index) => [type, index]))
  const unused = instance.problem.nodeTypes.map((_, type) => instance.nodes.filter(({ purchase }) => purchase === type))
  for (const { id, type } of newNodes) {
    if (!used.has(id)) continue
    const node = unused[types.get(type) ?? -1]?.shift()
    if (node !== undefined) names.set(node.index, id)
  }
  const taken = new Set([...names.values(), ...instance.nodes.slice(0, instance.listedNodes).map(({ id }) => id)])
  const nameOf = ({ index, id, purchase }: InstanceNode) => {
    const given = names.get(index)
    if (given !== undefined || purchase < 0) return given ?? id
    let free = id
    while (taken.has(free)) free += "'"
    taken.add(free)
    return free
  }
  return { ...instance, nodes: instance.nodes.map((node) => ({ ...node, id: nameOf(node) })) }
}

function adoptDevices(instance: Instance, { placement, assumedDevices }: Placement): Instance {
  const { nodes, deployments, deviceResources } = instance
  const homes = new Map(instance.copies.map(({ id, node }) => [id, nodes[node]?.id]))
  const stays = ({ replica, node, devices }: Assignment) => devices !== undefined && homes.get(replica) === node
  const assumed = new Map(
    [...placement.filter(stays), ...assumedDevices].map(({ replica, devices }) => [replica, devices])
  )
  const copies = instance.copies.map((copy) => {
    if (!copy.devicesAssumed) return copy
    const devices = readDevices(instance, assumed.get(copy.id))
    const isNamed = assumed.has(copy.id)
    return { ...copy, devices, devicesAssumed: !isNamed }
  })
  const completed = assumeDevices(copies, nodes, deployments, deviceResources)
  return {
    ...instance,
    copies: completed.map((copy, index) => ({
      ...copy,
      devicesAssumed: instance.copies[index]?.devicesAssumed === true
    }))
  }
}

/** Devices by resource name as lists by position; those that are not named are empty. */
export function readDevices({ deviceResources, resources }: Instance, devices: DeviceIndices | undefined): number[][] {
  return deviceResources.map((resource) => {
    const name = resources[resource] as string
    return devices !== undefined && Object.hasOwn(devices, name) ? (devices[name] as number[]) : []
  })
}
