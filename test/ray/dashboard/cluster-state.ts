import type { NodeSpec } from '../payloads.js'

/** A node of the double, and who holds its devices. */
export interface ClusterNode extends NodeSpec {
  isAlive: boolean
  /** null: not draining; a moment of the cluster's time; Infinity: without a deadline. */
  drainDeadline: number | null
  /** When something ran there last; the proxy of Serve goes half a minute later. */
  busyAt: number
  /** Actors that are not Serve's. */
  otherActors: number
}

export type ReplicaState = 'STARTING' | 'RUNNING' | 'PENDING_MIGRATION' | 'STOPPING'

export interface ClusterReplica {
  readonly id: string
  readonly deployment: ClusterDeployment
  /** The order in which they came. */
  readonly serial: number
  state: ReplicaState
  /** Where its actor is; null while it waits. */
  node: ClusterNode | null
  /** The node that Serve has chosen; the actor may hang there. */
  aim: ClusterNode | null
  /** Shares by device, of each bundle: index of the device and amount. */
  devices: readonly { readonly index: number; readonly amount: number }[]
  /** When its state began. */
  since: number
}

export interface ClusterDeployment {
  readonly app: string
  readonly name: string
  target: number
  /** What the actor holds. */
  readonly actor: Readonly<Record<string, number>>
  /** Bundles of its STRICT_PACK group, or the actor alone. */
  readonly bundles: readonly Readonly<Record<string, number>>[]
  readonly maxReplicasPerNode: number | null
  readonly config: Readonly<Record<string, unknown>>
  readonly startupMs: number
  readonly shutdownMs: number
  status: string
}

/** What one replica takes of a node, by resource; with the implicit resource that limits replicas per node. */
export function requiredOf({ app, name, bundles, maxReplicasPerNode }: ClusterDeployment): Map<string, number> {
  const sums = new Map<string, number>()
  for (const bundle of bundles) {
    for (const [resource, amount] of Object.entries(bundle)) sums.set(resource, (sums.get(resource) ?? 0) + amount)
  }
  if (maxReplicasPerNode !== null) sums.set(implicitOf(app, name), 1 / maxReplicasPerNode)
  return sums
}

const IMPLICIT = 'implicit:'

function implicitOf(app: string, name: string): string {
  return `${IMPLICIT}${app}:${name}`
}

/** What a node has of a resource; of every implicit one it has 1. */
export function totalOf({ resources }: ClusterNode, resource: string): number {
  return resource.startsWith(IMPLICIT) ? 1 : (resources[resource] ?? 0)
}
