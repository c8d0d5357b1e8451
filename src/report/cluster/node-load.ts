import { type ClusterDeployment, type ClusterNode, devicesOf } from '../../../models/checker/cluster.js'
import type { DeviceIndices } from '../../../models/contract/quantities.js'

/** starting: holds what it needs until it is ready. room: kept free for one more replica, as headroom. */
export type Phase = 'starting' | 'ready' | 'draining' | 'room'

/** Something that takes room on a node. */
export interface HeldCopy {
  /** null for room that is kept free. */
  readonly replica: string | null
  /** Id. */
  readonly deployment: string
  readonly devices: DeviceIndices | undefined
  readonly phase: Phase
}

/** A copy with what its deployment demands. */
export interface CountedCopy extends Omit<HeldCopy, 'deployment'> {
  readonly deployment: ClusterDeployment
}

/** How full a node is. */
export interface NodeLoad {
  /** Devices first, then the others, each in the order of the node's capacity. */
  readonly resources: readonly ResourceLoad[]
  readonly copies: readonly HeldCopy[]
}

export interface ResourceLoad {
  readonly resource: string
  readonly used: number
  readonly capacity: number
  /** used / capacity; 0 where both are 0, and infinite where something is used of nothing. */
  readonly share: number
  /** Only of resources counted in devices: each device of the node, in order. */
  readonly devices?: readonly DeviceLoad[]
  /** Only of resources counted in devices: what is held of them without a word on which. */
  readonly unassigned?: readonly Holding[]
}

export interface DeviceLoad {
  readonly index: number
  /** 1: entirely held. */
  readonly used: number
  readonly holdings: readonly Holding[]
}

/** What a copy holds of one device; of unassigned ones, how much of them all. */
export interface Holding {
  readonly copy: HeldCopy
  readonly share: number
}

/** What the copies on a node use of each of its resources, and of each of its devices. */
export function loadNode(
  node: ClusterNode,
  counted: readonly CountedCopy[],
  isDevice: (resource: string) => boolean
): NodeLoad {
  const copies = counted.map(({ replica, deployment, devices, phase }): OwnedCopy => {
    return { held: { replica, deployment: deployment.id, devices, phase }, deployment }
  })
  const resources = new Set(node.capacity.keys())
  for (const { deployment } of copies) for (const resource of deployment.demand.keys()) resources.add(resource)
  const loads = [...resources].map((resource): ResourceLoad => {
    const capacity = node.capacity.get(resource) ?? 0
    let used = 0
    for (const copy of copies) used += amountOf(copy, resource)
    const share = used === 0 ? 0 : used / capacity
    const load = { resource, used, capacity, share }
    return isDevice(resource) ? { ...load, ...loadDevices(capacity, copies, resource) } : load
  })
  const known = loads.filter(({ capacity, used }) => capacity > 0 || used > 0)
  return {
    resources: [
      ...known.filter(({ devices }) => devices !== undefined),
      ...known.filter(({ devices }) => devices === undefined)
    ],
    copies: copies.map(({ held }) => held)
  }
}

/** A copy as it is told, and what its deployment demands. */
interface OwnedCopy {
  readonly held: HeldCopy
  readonly deployment: ClusterDeployment
}

function amountOf({ held, deployment }: OwnedCopy, resource: string): number {
  return (held.phase === 'starting' ? deployment.startupDemand : deployment.demand).get(resource) ?? 0
}

function loadDevices(capacity: number, copies: readonly OwnedCopy[], resource: string) {
  const held = new Map<number, Holding[]>()
  for (let index = 0; index < capacity; index++) held.set(index, [])
  const unassigned: Holding[] = []
  for (const copy of copies) {
    const amount = amountOf(copy, resource)
    if (amount === 0) continue
    const { held: told } = copy
    const stated = devicesOf(told.devices, resource)
    if (stated === undefined) unassigned.push({ copy: told, share: amount })
    // A hostile Result may name devices that its node does not have: they are shown, too.
    for (const index of stated ?? []) {
      const holdings = held.get(index) ?? []
      held.set(index, holdings)
      holdings.push({ copy: told, share: Math.min(1, amount) })
    }
  }
  const devices = [...held].map(([index, holdings]): DeviceLoad => {
    return { index, used: holdings.reduce((sum, { share }) => sum + share, 0), holdings }
  })
  return { devices, unassigned }
}
