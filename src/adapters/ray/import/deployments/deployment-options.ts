import { formatPath } from '../../../../../models/contract/describe-input.js'
import type { ImportNotes } from '../import-notes.js'
import type { RayOverrides } from '../overrides/overrides.js'
import type { ImportedReplica } from './import-replicas.js'
import { placeOf, type RayDeployment, type ReplicaShape } from './ray-deployment.js'

const STARTUP_SECONDS = 60

/** How many are wanted: what Serve aims at, but not less than what stays anyway, nor more than can be said. */
export function wantedReplicas(
  deployment: RayDeployment,
  { parts }: ReplicaShape,
  replicas: readonly ImportedReplica[],
  isPinned: boolean,
  notes: ImportNotes
): number {
  const { application, details, id } = deployment
  const staying = replicas.filter(({ state }) => state !== 'draining')
  const stated = details.deployment_config?.num_replicas
  const target =
    application.status === 'DELETING'
      ? 0
      : (details.target_num_replicas ?? (typeof stated === 'number' ? stated : staying.length))
  const isStuck = ({ node, override }: ImportedReplica) =>
    node !== null && (isPinned || node.isHead || override.movable === false)
  const stuck = staying.filter(isStuck).length
  if (parts.length > 1) {
    const there = staying.filter(({ node }) => node !== null).length
    if (target > there) {
      const reason = `${target - there} more of it are wanted, and no demand says what their bundles need`
      notes.leftOut.push({
        kind: 'Deployment',
        id,
        code: 'bundles-to-come',
        reason,
        remedy: 'import again when they run'
      })
    }
    return there
  }
  if (stuck > target) {
    const reason = `Serve wants ${target} of it; the ${stuck} that stay where they are count as wanted`
    notes.adapted.push({ kind: 'Deployment', id, code: 'surplus', reason })
  }
  return Math.max(target, stuck)
}

/** Seconds from the start of a replica until it is ready, as far as anybody says. */
export function startupSecondsOf(
  { id, override }: RayDeployment,
  { defaults }: RayOverrides,
  notes: ImportNotes
): number {
  const said = override.startupSeconds ?? defaults.startupSeconds
  if (said !== undefined) return said
  const reason = `how long a replica takes to start is not shown: ${STARTUP_SECONDS} s are assumed`
  notes.adapted.push({ kind: 'Deployment', id, code: 'startup-seconds', reason, remedy: 'overrides: startupSeconds' })
  return STARTUP_SECONDS
}

/** max_replicas_per_node; null: no limit. */
export function maxReplicasOf(deployment: RayDeployment, { group }: ReplicaShape, notes: ImportNotes): number | null {
  const { override, config, id } = deployment
  const said =
    override.maxReplicasPerNode ?? (override.maxReplicasPerNode === null ? null : config?.max_replicas_per_node)
  if (said != null && group !== null && override.placementGroup !== undefined) {
    const path = `overrides ${formatPath(['deployments', id])}`
    const hint = placeOf(deployment)
    const found = `a placement group beside max_replicas_per_node ${said}`
    notes.issues.push({ path, found, expected: 'one of both: Ray allows no other', hint })
  }
  if (said === undefined && group === null) {
    const reason = 'max_replicas_per_node is not shown: no limit is assumed'
    notes.adapted.push({ kind: 'Deployment', id, code: 'no-limit', reason, remedy: 'overrides: maxReplicasPerNode' })
  }
  return said ?? null
}
