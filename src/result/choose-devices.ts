import { packDevices } from '../../models/devices/device-packing.js'
import type { Instance, InstanceDeployment } from '../../models/instance/instance.js'
import type { Place, Target } from '../../models/instance/packing.js'

/** Someone of a target who holds a device, and the way to give it others. */
interface Holder {
  readonly deployment: number
  readonly devices: Place['devices']
  readonly seat: (devices: Place['devices']) => void
}

/** Devices for those that hold some and name none, beside those that are named. Where none fit, they are left empty. */
export function chooseDevices(instance: Instance, target: Target): Target {
  const copies = [...target.copies]
  const newcomers = [...target.newcomers]
  const headroom = [...target.headroom]
  for (const [position, resource] of instance.deviceResources.entries()) {
    const amountOf = (deployment: number) =>
      (instance.deployments[deployment] as InstanceDeployment).demand[resource] as number
    const byNode = instance.nodes.map(() => [] as Holder[])
    const enter = (deployment: number, { node, devices }: Place, seat: Holder['seat']) => {
      if (amountOf(deployment) > 0) byNode[node]?.push({ deployment, devices, seat })
    }
    for (const [index, place] of copies.entries()) {
      const deployment = instance.copies[index]?.deployment as number
      if (place !== null) enter(deployment, place, (devices) => copies.splice(index, 1, { ...place, devices }))
    }
    for (const [index, one] of newcomers.entries())
      enter(one.deployment, one, (devices) => newcomers.splice(index, 1, { ...one, devices }))
    for (const [index, one] of headroom.entries())
      enter(one.deployment, one, (devices) => headroom.splice(index, 1, { ...one, devices }))
    for (const [node, holders] of byNode.entries()) {
      const open = holders.filter(({ devices }) => devices[position]?.length === 0)
      if (open.length === 0) continue
      const load = new Float64Array(instance.nodes[node]?.capacity[resource] as number)
      for (const { deployment, devices } of holders) {
        const share = Math.min(1, amountOf(deployment))
        for (const device of devices[position] ?? []) load[device] = (load[device] as number) + share
      }
      const packed = packDevices(
        load,
        open.map(({ deployment }) => amountOf(deployment))
      )
      for (const [order, { devices, seat }] of open.entries())
        seat(devices.map((held, at) => (at === position ? (packed?.[order] ?? []) : held)))
    }
  }
  return { ...target, copies, newcomers, headroom }
}
