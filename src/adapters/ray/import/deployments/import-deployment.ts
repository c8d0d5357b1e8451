import type { ProblemInput } from '../../../../../models/contract/problem.js'
import type { ImportNotes } from '../import-notes.js'
import type { ClusterNode, ClusterNodes } from '../nodes/cluster-nodes.js'
import type { RayOverrides } from '../overrides/overrides.js'
import { toProblemAmounts } from '../resource-names.js'
import { nodeOfPart } from './bundle-nodes.js'
import { maxReplicasOf, startupSecondsOf, wantedReplicas } from './deployment-options.js'
import type { ImportedReplica } from './import-replicas.js'
import { whyPinned } from './pinning.js'
import type { RayDeployment, ReplicaShape } from './ray-deployment.js'

type DeploymentInput = ProblemInput['deployments'][number]
type ReplicaInput = ProblemInput['replicas'][number]

/** Deployments of a Problem, their copies, and what each copy holds. */
export interface ImportedDeployment {
  readonly deployments: readonly DeploymentInput[]
  readonly replicas: readonly ReplicaInput[]
  /** In names and units of Ray. */
  readonly holdings: readonly { readonly node: ClusterNode; readonly amounts: ReadonlyMap<string, number> }[]
}

/** What decides how deployments are imported. */
export interface DeploymentSurroundings {
  readonly nodes: ClusterNodes
  readonly overrides: RayOverrides
  /** Whether it is known of every node how much of it is in use. */
  readonly isUsageKnown: boolean
}

/** Serve's own default. */
const GRACEFUL_SHUTDOWN_SECONDS = 20

/**
 * A deployment with one demand becomes one of the Problem. Of one whose bundles stand by themselves each bundle becomes a deployment:
 * `<id>@bundle-1` and so on beside the first, where the actor is; none of them moves.
 */
export function importDeployment(
  deployment: RayDeployment,
  shape: ReplicaShape,
  replicas: readonly ImportedReplica[],
  nodeSelector: DeploymentInput['nodeSelector'],
  surroundings: DeploymentSurroundings,
  notes: ImportNotes
): ImportedDeployment {
  const { id, override } = deployment
  const pin = whyPinned(deployment, shape)
  if (pin !== null) notes.pinned.push(pin)
  const copies = shape.parts.length === 1 ? replicas : replicas.filter(({ node }) => node !== null)
  const wanted = wantedReplicas(deployment, shape, replicas, pin !== null, notes)
  const { defaults } = surroundings.overrides
  const common = {
    movable: pin === null,
    moveCost: override.moveCost ?? defaults.moveCost ?? 1,
    startupSeconds: startupSecondsOf(deployment, surroundings.overrides, notes),
    drainSeconds:
      override.drainSeconds ??
      deployment.details.deployment_config?.graceful_shutdown_timeout_s ??
      GRACEFUL_SHUTDOWN_SECONDS
  }
  const most = maxReplicasOf(deployment, shape, notes)
  const limits = { nodeSelector, ...(most === null ? {} : { maxReplicasPerNode: most }) }
  const deployments: DeploymentInput[] = []
  const inputs: ReplicaInput[] = []
  const holdings: { node: ClusterNode; amounts: ReadonlyMap<string, number> }[] = []
  for (const [index, part] of shape.parts.entries()) {
    const suffix = index === 0 ? '' : `@bundle-${index}`
    let kept = 0
    let listed = 0
    for (const copy of copies) {
      const node = nodeOfPart(shape, copy, index, surroundings, notes)
      if (node === undefined) continue
      listed++
      if (copy.state !== 'draining') kept++
      if (node !== null) holdings.push({ node, amounts: part })
      inputs.push(describeReplica(copy, suffix, `${id}${suffix}`, node, index === 0 ? notes : null))
    }
    const demand = toProblemAmounts([...part].filter(([resource]) => !surroundings.nodes.isLabel(resource)))
    // How many there are of a bundle that is elsewhere follows from how many there are of the first.
    const desired = index === 0 ? wanted : kept
    if (index > 0 && listed === 0) continue
    deployments.push({ id: `${id}${suffix}`, replicas: desired, demand, ...common, ...(index === 0 ? limits : {}) })
  }
  return { deployments, replicas: inputs, holdings }
}

function describeReplica(
  { id, state, override }: ImportedReplica,
  suffix: string,
  deployment: string,
  node: ClusterNode | null,
  notes: ImportNotes | null
): ReplicaInput {
  const isOnHead = node?.isHead === true && state !== 'draining'
  if (isOnHead) {
    const reason = 'it is on the head, and only what drains with its node moves'
    notes?.pinned.push({ kind: 'Replica', id, code: 'on-head', reason })
  } else if (override.movable === false) {
    notes?.pinned.push({ kind: 'Replica', id, code: 'override', reason: 'the overrides say so' })
  }
  return {
    id: `${id}${suffix}`,
    deployment,
    node: node?.id ?? null,
    ...(node === null ? {} : { state }),
    ...(isOnHead || override.movable === false ? { movable: false } : {}),
    ...(override.moveCost === undefined ? {} : { moveCost: override.moveCost })
  }
}
