import { packDevices } from '../devices/device-packing.js'
import type { InstanceCopy, InstanceDeployment, InstanceNode } from './instance.js'

/**
 * Gives devices to the copies for which the Problem names none: one assignment beside the stated ones, held from then on.
 * Where none fits, the node is overfull already; the copies then share devices from the first on.
 */
export function assumeDevices(
  copies: readonly InstanceCopy[],
  nodes: readonly InstanceNode[],
  deployments: readonly InstanceDeployment[],
  deviceResources: readonly number[]
): InstanceCopy[] {
  const completed = [...copies]
  for (const node of nodes) {
    const unknown = node.copies.filter((index) => (copies[index] as InstanceCopy).devicesAssumed)
    if (unknown.length === 0) continue
    const amountOf = (index: number, resource: number) =>
      (deployments[(copies[index] as InstanceCopy).deployment] as InstanceDeployment).demand[resource] as number
    for (const [position, resource] of deviceResources.entries()) {
      const load = new Float64Array(node.capacity[resource] as number)
      for (const index of node.copies) {
        const held = (copies[index] as InstanceCopy).devices[position] as readonly number[]
        for (const device of held) load[device] = (load[device] as number) + Math.min(1, amountOf(index, resource))
      }
      const demands = unknown.map((index) => amountOf(index, resource))
      const packed = packDevices(load, demands) ?? demands.map((amount) => firstDevices(amount, load.length))
      for (const [order, index] of unknown.entries()) {
        const devices = [...(completed[index] as InstanceCopy).devices]
        devices[position] = packed[order] as number[]
        completed[index] = { ...(completed[index] as InstanceCopy), devices }
      }
    }
  }
  // Copies that hold no device at all have nothing to assume.
  return completed.map((copy) =>
    copy.devicesAssumed && copy.devices.every((held) => held.length === 0) ? { ...copy, devicesAssumed: false } : copy
  )
}

function firstDevices(amount: number, devices: number): number[] {
  return Array.from({ length: Math.min(devices, Math.ceil(amount)) }, (_, device) => device)
}
