import { packDevices } from '../../models/devices/device-packing.js'
import type { Instance } from '../../models/instance/instance.js'
import type { Devices } from './agenda.js'
import type { Limits } from './limits.js'

/** The load of a node's devices at some level of all limits: one array for each device resource. */
export function deviceLoads(instance: Instance, limits: Limits, level: Float64Array, node: number): Float64Array[] {
  return instance.deviceResources.map((resource, position) => {
    const first = limits.firstDevice(node, position)
    return level.slice(first, first + Math.floor(instance.nodes[node]?.capacity[resource] ?? 0))
  })
}

/** Devices for copies of these deployments beside a load, or null. The i-th answer belongs to the i-th deployment. */
export function packOnto(
  instance: Instance,
  loads: readonly Float64Array[],
  deployments: readonly number[]
): Devices[] | null {
  const packed: (readonly number[])[][] = deployments.map(() => [])
  for (const [position, resource] of instance.deviceResources.entries()) {
    const demands = deployments.map((deployment) => instance.deployments[deployment]?.demand[resource] ?? 0)
    const devices = packDevices(loads[position] as Float64Array, demands)
    if (devices === null) return null
    for (const [index, held] of devices.entries()) packed[index]?.push(held)
  }
  return packed
}

/** Adds what a copy of a deployment takes of the devices it is given. */
export function addToLoads(
  instance: Instance,
  loads: readonly Float64Array[],
  deployment: number,
  devices: Devices
): void {
  for (const [position, held] of devices.entries()) {
    const resource = instance.deviceResources[position] as number
    const amount = Math.min(1, instance.deployments[deployment]?.demand[resource] ?? 0)
    const load = loads[position] as Float64Array
    for (const device of held) load[device] = (load[device] as number) + amount
  }
}
