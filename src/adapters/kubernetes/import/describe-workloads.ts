import type { ProblemInput } from '../../../../models/contract/problem.js'
import type { Findings } from './findings.js'
import { readGpuIndex } from './gpu-share.js'
import type { PodEntry } from './pod-entries.js'
import { isStarting } from './pod-pins.js'
import { GPU } from './resource-units.js'
import { adaptGroup } from './scene.js'
import { measureDrain, measureStartup } from './timing.js'
import type { WorkloadGroup } from './workload-groups.js'

type DeploymentInput = ProblemInput['deployments'][number]
type ReplicaInput = ProblemInput['replicas'][number]

/** The contract's largest priority; those of the system itself are above it. */
const HIGHEST_PRIORITY = 1e9

/** A workload as a deployment of the Problem. */
export function describeDeployment(findings: Findings, group: WorkloadGroup, desired: number): DeploymentInput {
  const { demands, scene } = findings
  const startupSeconds = measureStartup(group)
  const stated = group.spec.priority ?? 0
  const priority = Math.max(-HIGHEST_PRIORITY, Math.min(HIGHEST_PRIORITY, stated))
  if (priority !== stated) {
    adaptGroup(
      scene,
      group,
      'priority-limit',
      `its priority ${stated} counts as ${priority}, as all of the system's own`
    )
  }
  return {
    id: group.id,
    replicas: desired,
    demand: Object.fromEntries(demands.get(group) ?? []),
    nodeSelector: group.conditions.toSelector(),
    ...(priority === 0 ? {} : { priority }),
    ...(group.isAloneOnNode ? { maxReplicasPerNode: 1 } : {}),
    ...(group.pins.length > 0 ? { movable: false } : {}),
    ...(startupSeconds === undefined ? {} : { startupSeconds }),
    drainSeconds: measureDrain(group),
    ...availability(findings, group)
  }
}

/** Where the old pod stops first, as many may be gone at a time as budgets let go when there is none more. */
function availability({ budgets }: Findings, { handover, live }: WorkloadGroup): Partial<DeploymentInput> {
  if (handover.kind !== 'stop-first') return {}
  return { maxSurge: 0, maxUnavailable: budgets.unavailableOf(live) }
}

/** A pod as a replica of the Problem. */
export function describeReplica(findings: Findings, group: WorkloadGroup, entry: PodEntry): ReplicaInput {
  const state = entry.isTerminating ? 'draining' : entry.node !== null && isStarting(entry) ? 'starting' : 'running'
  const devices = heldDevices(findings, group, entry)
  return {
    id: entry.id,
    deployment: group.id,
    node: entry.node?.name ?? null,
    ...(devices === null ? {} : { devices: { [GPU]: devices } }),
    ...(group.pins.length === 0 && entry.pins.length > 0 ? { movable: false } : {}),
    ...(state === 'running' ? {} : { state })
  }
}

/** The devices that an annotation names, where they are as many as the pod holds and the node has them. */
function heldDevices({ demands, rooms, scene }: Findings, group: WorkloadGroup, entry: PodEntry): number[] | null {
  const { node, pod, share } = entry
  const index = readGpuIndex(pod.metadata.annotations)
  if (node === null || share === null || index === null) return null
  const held = Math.ceil(demands.get(group)?.get(GPU) ?? 0)
  const there = rooms.get(node)?.amounts.get(GPU) ?? 0
  if (index.length === held && new Set(index).size === held && index.every((device) => device < there))
    return [...index]
  const reason = `its gpu-index ${index.join('-')} does not name ${held} different GPUs of the ${there} of its node, and is not heeded`
  scene.remarks.adapt({ kind: 'Pod', id: entry.id, code: 'gpu-index', reason })
  return null
}

/** Wishes that bind nobody are not kept: it says which. */
export function sayPreferences({ scene }: Findings): void {
  for (const group of scene.groups) {
    const { affinity, topologySpreadConstraints } = group.spec
    const wishes = [
      ...(['nodeAffinity', 'podAffinity', 'podAntiAffinity'] as const).filter(
        (kind) => (affinity?.[kind]?.preferredDuringSchedulingIgnoredDuringExecution ?? []).length > 0
      ),
      ...((topologySpreadConstraints ?? []).some(({ whenUnsatisfiable }) => whenUnsatisfiable === 'ScheduleAnyway')
        ? ['topologySpreadConstraints']
        : [])
    ]
    if (wishes.length === 0) continue
    adaptGroup(scene, group, 'preferences', `what it only prefers (${wishes.join(', ')}) is not heeded`)
  }
}
