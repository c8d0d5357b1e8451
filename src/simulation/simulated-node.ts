import { type ClusterDeployment, type ClusterNode, devicesOf } from '../../models/checker/cluster.js'
import { exceeds } from '../../models/checker/tolerance.js'
import type { DeviceIndices } from '../../models/contract/quantities.js'
import { StepError } from '../execution/driver.js'
import type { Deferred } from './deferred.js'

/** A copy in the cluster. */
export interface SimulatedCopy {
  replica: string
  /** What it was called before: a plan that knows it by that name finds it by its node. */
  formerly?: string
  readonly deployment: ClusterDeployment
  readonly node: SimulatedNode
  readonly devices: DeviceIndices | undefined
  /** The step that started it; empty for one that was there from the outset. */
  readonly step: string
  /** failed: crashed before it was ready. */
  state: 'starting' | 'ready' | 'failed' | 'draining' | 'drained'
  /** Resolves when it is ready; rejects when it crashes, and is another one then, or is gone. */
  readiness: Deferred<void>
}

/** A copy that is asked for. */
export type NewCopy = Omit<SimulatedCopy, 'state' | 'readiness' | 'formerly'>

/** A node in the cluster, or one that may be got. */
export interface SimulatedNode {
  readonly listed: ClusterNode
  state: 'absent' | 'there' | 'dead' | 'released'
  /** Closed by its owner, from the outset or since. */
  isClosed: boolean
  /** Closed by the plan. */
  isCordoned: boolean
  readonly copies: Set<SimulatedCopy>
  /** What others take, by resource, and the devices that they hold. */
  readonly foreign: Set<ForeignLoad>
  /** Rejects when it dies. */
  readonly death: Deferred<never>
}

/** What somebody else runs on a node. Devices are held whole. */
export interface ForeignLoad {
  readonly amounts: Readonly<Record<string, number>>
  readonly devices: DeviceIndices
}

/** What is free on a node, by resource: what copies and others hold is off, of copies that start what they hold until ready. */
export function freeOn(node: SimulatedNode): Map<string, number> {
  const free = new Map(node.listed.capacity)
  for (const [resource, capacity] of free) {
    free.set(resource, capacity - heldOn(node, resource) - foreignOn(node, resource))
  }
  return free
}

/**
 * Throws StepError where others stand in the way of a new copy, by what they have done since the plan was made. What the plan itself
 * overfills is let in: it must come to light.
 */
export function admit({ replica, deployment, node, devices }: NewCopy): void {
  const { id, capacity } = node.listed
  if (node.isClosed && node.listed.acceptsReplicas) throw new StepError('changed', `${id} takes no newcomers any more`)
  if (node.foreign.size === 0) return
  for (const [resource, atStart] of deployment.startupDemand) {
    const most = capacity.get(resource) ?? 0
    const alone = heldOn(node, resource) + Math.max(atStart, deployment.demand.get(resource) ?? 0)
    if (!exceeds(alone, most) && exceeds(alone + foreignOn(node, resource), most)) {
      throw new StepError('changed', `${id} has no room for ${replica}: others have taken ${resource}`)
    }
  }
  for (const load of node.foreign) {
    for (const [resource, held] of Object.entries(load.devices)) {
      if (devicesOf(devices, resource)?.some((device) => held.includes(device)) !== true) continue
      throw new StepError('changed', `${id} has no room for ${replica}: others have taken devices of ${resource}`)
    }
  }
}

function heldOn(node: SimulatedNode, resource: string): number {
  let sum = 0
  for (const { deployment, state } of node.copies) {
    const isSettled = state !== 'starting' && state !== 'failed'
    sum += (isSettled ? deployment.demand : deployment.startupDemand).get(resource) ?? 0
  }
  return sum
}

function foreignOn(node: SimulatedNode, resource: string): number {
  let sum = 0
  for (const { amounts } of node.foreign) sum += Object.hasOwn(amounts, resource) ? (amounts[resource] ?? 0) : 0
  return sum
}
