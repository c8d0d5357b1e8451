import { replicaIdOf } from '../import/deployments/import-replicas.js'
import type { RayNode } from '../import/payloads/node-payload.js'
import type { ApplicationDetails, ReplicaDetails } from '../import/payloads/serve-payload.js'

/** A replica as Serve shows it at a moment. */
export interface SeenReplica {
  /** `<application>#<deployment>#<id>`, as the importer names it. */
  readonly id: string
  readonly state: ReplicaDetails['state']
  /** Hexadecimal; null: it has none yet. */
  readonly nodeId: string | null
}

/** The cluster at a moment. */
export interface ClusterView {
  /** By `<application>/<deployment>`. */
  readonly replicas: ReadonlyMap<string, readonly SeenReplica[]>
  /** By hexadecimal id; a node that the dashboard has forgotten is missing. */
  readonly nodes: ReadonlyMap<string, RayNode>
  /** Deployments that are not HEALTHY, and applications that are not RUNNING, in words. */
  readonly unsettled: readonly string[]
}

/** A view of what the dashboard answers. */
export function viewOf(
  applications: Readonly<Record<string, ApplicationDetails>>,
  nodes: readonly RayNode[]
): ClusterView {
  const replicas = new Map<string, SeenReplica[]>()
  const unsettled: string[] = []
  for (const [app, { status, deployments }] of Object.entries(applications)) {
    if (status !== 'RUNNING') unsettled.push(`${app} is ${status}`)
    for (const [name, details] of Object.entries(deployments)) {
      if (details.status !== 'HEALTHY') unsettled.push(`${app}/${name} is ${details.status}`)
      const seen = details.replicas.map(({ replica_id, state, node_id }) => ({
        id: replicaIdOf({ app, name }, replica_id),
        state,
        nodeId: node_id ?? null
      }))
      replicas.set(`${app}/${name}`, seen)
    }
  }
  return { replicas, nodes: new Map(nodes.map((node) => [node.nodeId, node])), unsettled }
}

/** Whether a node is there. */
export function isAlive({ nodes }: ClusterView, nodeId: string): boolean {
  return nodes.get(nodeId)?.isAlive === true
}

/** The replicas on a node, with their deployments. */
export function replicasOn(view: ClusterView, nodeId: string): (SeenReplica & { readonly deployment: string })[] {
  return [...view.replicas].flatMap(([deployment, replicas]) =>
    replicas.filter((replica) => replica.nodeId === nodeId).map((replica) => ({ ...replica, deployment }))
  )
}
