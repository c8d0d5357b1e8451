import { describeValue } from '../../../../../models/contract/describe-input.js'
import type { ImportNotes } from '../import-notes.js'
import type { ClusterNode, ClusterNodes } from '../nodes/cluster-nodes.js'
import type { RayOverrides, ReplicaOverride } from '../overrides/overrides.js'
import { lookUp } from '../payloads/mappings.js'
import type { ReplicaDetails } from '../payloads/serve-payload.js'
import { placeOf, type RayDeployment } from './ray-deployment.js'

type State = 'running' | 'starting' | 'draining'

/** A replica as a Problem knows it. */
export interface ImportedReplica {
  /** `<application>#<deployment>#<id>`. */
  readonly id: string
  /** null: it waits for a node. */
  readonly node: ClusterNode | null
  readonly state: State
  readonly override: ReplicaOverride
}

/** What a state of Serve means for a plan. PENDING_MIGRATION serves still, but Serve replaces it already and will stop it. */
const STATES: Readonly<Record<ReplicaDetails['state'], State>> = {
  RUNNING: 'running',
  STARTING: 'starting',
  UPDATING: 'starting',
  RECOVERING: 'starting',
  STOPPING: 'draining',
  PENDING_MIGRATION: 'draining'
}

/** The replicas of a deployment; those that cannot be are reported. */
export function readReplicas(
  deployment: RayDeployment,
  nodes: ClusterNodes,
  overrides: RayOverrides,
  notes: ImportNotes
): ImportedReplica[] {
  const { details, application } = deployment
  const isDeleted = application.status === 'DELETING'
  const seen = new Set<string>()
  return details.replicas.flatMap((replica, index) => {
    const id = replicaIdOf(deployment, replica.replica_id)
    if (seen.size === seen.add(id).size) {
      const path = placeOf(deployment, 'replicas', index, 'replica_id')
      notes.issues.push({ path, found: describeValue(replica.replica_id), expected: 'an id of its own' })
      return []
    }
    const node = findNode(deployment, replica, index, nodes, notes)
    if (node === undefined) return []
    const state = isDeleted ? 'draining' : STATES[replica.state]
    const override = lookUp(overrides.replicas, id) ?? {}
    if (node !== null || state !== 'draining') return [{ id, node, state, override }]
    notes.leftOut.push({ kind: 'Replica', id, code: 'gone', reason: 'it is leaving, and on no node any more' })
    return []
  })
}

/** Older versions of Ray name a replica in full, newer ones only its last part. */
export function replicaIdOf({ app, name }: Pick<RayDeployment, 'app' | 'name'>, id: string): string {
  if (id.startsWith(`${app}#${name}#`)) return id
  return id.startsWith(`${name}#`) ? `${app}#${id}` : `${app}#${name}#${id}`
}

/** The node of a replica; null: none, or one that is dead; undefined: it cannot be told, which is reported. */
function findNode(
  deployment: RayDeployment,
  { node_id: nodeId, state, replica_id }: ReplicaDetails,
  index: number,
  nodes: ClusterNodes,
  notes: ImportNotes
): ClusterNode | null | undefined {
  // Of a hundred thousand replicas nobody asks.
  const path = () => placeOf(deployment, 'replicas', index, 'node_id')
  if (nodeId == null) {
    if (state === 'STARTING' || state === 'STOPPING') return null
    const hint = 'the controller of Serve does not know it yet: read again a little later'
    notes.issues.push({ path: path(), found: 'nothing', expected: `the node of a replica that is ${state}`, hint })
    return undefined
  }
  const node = nodes.byNodeId.get(nodeId)
  if (node !== undefined) return node
  if (nodes.deadIds.has(nodeId)) {
    const id = replicaIdOf(deployment, replica_id)
    const reason = 'its node is dead: it waits for another one'
    notes.adapted.push({ kind: 'Replica', id, code: 'dead-node', reason })
    return null
  }
  const hint = 'read applications and nodes one right after the other, the nodes with limit=10000'
  notes.issues.push({
    path: path(),
    found: describeValue(nodeId),
    expected: 'the id of a node of the other payload',
    hint
  })
  return undefined
}
