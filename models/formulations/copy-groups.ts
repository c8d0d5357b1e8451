import type { Hold, Instance, InstanceCopy } from '../instance/instance.js'

/** Copies on one node that the program cannot tell apart: how many of them stay is one column. */
export interface CopyGroup {
  readonly deployment: number
  readonly node: number
  readonly moveCost: number
  readonly hold: Hold
  readonly neverSurplus: boolean
  /** Members; the first ones are those that stay. */
  readonly copies: readonly number[]
  /** For each device resource the devices that a share is held of, as the members agree on them; empty for whole ones. */
  readonly sharedDevices: readonly (readonly number[])[]
}

/** Groups the copies that are not draining, node after node. */
export function groupCopies(instance: Instance, nodes: readonly number[]): CopyGroup[] {
  const groups: CopyGroup[] = []
  for (const node of nodes) {
    const byKey = new Map<string, number[]>()
    for (const index of instance.nodes[node]?.copies ?? []) {
      const copy = instance.copies[index] as InstanceCopy
      if (copy.state === 'draining') continue
      const { deployment, moveCost, hold, neverSurplus } = copy
      const key = [deployment, moveCost, hold, neverSurplus, JSON.stringify(sharedDevicesOf(instance, copy))].join('|')
      const members = byKey.get(key)
      if (members === undefined) byKey.set(key, [index])
      else members.push(index)
    }
    for (const copies of byKey.values()) {
      const copy = instance.copies[copies[0] as number] as InstanceCopy
      const { deployment, moveCost, hold, neverSurplus } = copy
      groups.push({
        deployment,
        node,
        moveCost,
        hold,
        neverSurplus,
        copies: byReplacement(instance, copies),
        sharedDevices: sharedDevicesOf(instance, copy)
      })
    }
  }
  return groups
}

/** Copies that are being replaced go last: they are the ones to leave. */
function byReplacement(instance: Instance, copies: readonly number[]): number[] {
  const replaced = new Set(instance.copies.flatMap(({ replaces }) => replaces ?? []))
  const isReplaced = (copy: number) => Number(replaced.has((instance.copies[copy] as InstanceCopy).id))
  return [...copies].sort((left, right) => isReplaced(left) - isReplaced(right) || left - right)
}

function sharedDevicesOf(instance: Instance, copy: InstanceCopy): (readonly number[])[] {
  const demand = instance.deployments[copy.deployment]?.demand
  return instance.deviceResources.map((resource, position) => {
    const amount = demand?.[resource] ?? 0
    return amount > 0 && amount < 1 ? (copy.devices[position] as readonly number[]) : []
  })
}
