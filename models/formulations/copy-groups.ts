import type { Hold, Instance, InstanceCopy } from '../instance/instance.js'
import { TOLERANCE } from '../instance/instance.js'

/** Copies on one node that the program cannot tell apart: how many of them stay is one column. */
export interface CopyGroup {
  readonly deployment: number
  readonly node: number
  readonly moveCost: number
  readonly hold: Hold
  readonly neverSurplus: boolean
  /** Members; the first ones are those that stay. */
  readonly copies: readonly number[]
  /**
   * For each device resource the devices that tie its members, as all of them hold them: one of which each holds a share, or
   * several that are overloaded. Empty for whole devices: the others' do not care which ones they are.
   */
  readonly tiedDevices: readonly (readonly number[])[]
}

/** A device that copies hold more of than there is, now. */
export interface OverloadedDevice {
  readonly resource: number
  readonly device: number
  readonly excess: number
}

/** Groups the copies that are not draining, node after node; with `apart`, every copy is a group of its own. */
export function groupCopies(instance: Instance, nodes: readonly number[], apart = false): CopyGroup[] {
  const groups: CopyGroup[] = []
  const replaced = new Set(instance.copies.flatMap(({ replaces }) => replaces ?? []))
  for (const node of nodes) {
    const overloaded = overloadedDevices(instance, node)
    const byKey = new Map<string, { copies: number[]; tiedDevices: CopyGroup['tiedDevices'] }>()
    for (const index of instance.nodes[node]?.copies ?? []) {
      const copy = instance.copies[index] as InstanceCopy
      if (copy.state === 'draining') continue
      const { deployment, moveCost, hold, neverSurplus } = copy
      const tiedDevices = tiedDevicesOf(instance, copy, overloaded)
      const traits = [deployment, moveCost, hold, neverSurplus, tiedDevices]
      const key = JSON.stringify(apart ? index : traits)
      const known = byKey.get(key)
      if (known === undefined) byKey.set(key, { copies: [index], tiedDevices })
      else known.copies.push(index)
    }
    for (const { copies, tiedDevices } of byKey.values()) {
      const { deployment, moveCost, hold, neverSurplus } = instance.copies[copies[0] as number] as InstanceCopy
      const members = byReplacement(instance, replaced, copies)
      groups.push({ deployment, node, moveCost, hold, neverSurplus, copies: members, tiedDevices })
    }
  }
  return groups
}

/** Whether a copy, or a group, must stay as it is: it is not moved, and not stopped as surplus. */
export function mustStay(
  { deployments }: Instance,
  { hold, neverSurplus, deployment }: Pick<CopyGroup, 'hold' | 'neverSurplus' | 'deployment'>
): boolean {
  return hold !== 'none' && (neverSurplus || deployments[deployment]?.surplus === 0)
}

/** The devices of a node that the copies there, draining ones apart, overload. */
export function overloadedDevices(instance: Instance, node: number): OverloadedDevice[] {
  return instance.deviceResources.flatMap((resource, position) => {
    const load = new Map<number, number>()
    for (const index of instance.nodes[node]?.copies ?? []) {
      const { state, deployment, devices } = instance.copies[index] as InstanceCopy
      if (state === 'draining') continue
      const share = Math.min(1, instance.deployments[deployment]?.demand[resource] ?? 0)
      for (const device of devices[position] ?? []) load.set(device, (load.get(device) ?? 0) + share)
    }
    return [...load].flatMap(([device, level]) =>
      level > 1 + TOLERANCE ? [{ resource, device, excess: level - 1 }] : []
    )
  })
}

/** Copies that are being replaced go last: they are the ones to leave. */
function byReplacement(instance: Instance, replaced: ReadonlySet<string>, copies: readonly number[]): number[] {
  const isReplaced = (copy: number) => Number(replaced.has((instance.copies[copy] as InstanceCopy).id))
  return [...copies].sort((left, right) => isReplaced(left) - isReplaced(right) || left - right)
}

function tiedDevicesOf(
  instance: Instance,
  copy: InstanceCopy,
  overloaded: readonly OverloadedDevice[]
): (readonly number[])[] {
  const demand = instance.deployments[copy.deployment]?.demand
  return instance.deviceResources.map((resource, position) => {
    const held = copy.devices[position] as readonly number[]
    const amount = demand?.[resource] ?? 0
    if (amount < 1) return held
    return held.filter((device) => overloaded.some((of) => of.resource === resource && of.device === device))
  })
}
