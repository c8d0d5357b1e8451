import type { PodSpec } from '../objects/pod.js'
import type { GpuShare } from './gpu-share.js'
import type { Parts } from './quantity-reader.js'

/** What of a pod decides where it may start: two pods with the same text are alike to the scheduler. */
export function describeShape(spec: PodSpec, request: Parts, share: GpuShare | null): string {
  const { affinity, tolerations, topologySpreadConstraints, nodeSelector } = spec
  return JSON.stringify([
    sorted(request),
    share,
    sorted(Object.entries(nodeSelector ?? {})),
    affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? null,
    affinity?.podAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? null,
    affinity?.podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? null,
    tolerations ?? [],
    (topologySpreadConstraints ?? []).filter(({ whenUnsatisfiable }) => whenUnsatisfiable !== 'ScheduleAnyway'),
    hostPorts(spec),
    spec.schedulerName ?? null
  ])
}

/** A port of the node that a pod takes for itself. */
export interface HostPort {
  readonly protocol: string
  readonly port: number
  /** The address it is taken on; empty for every address. */
  readonly address: string
}

/** The ports of its node that a pod takes: with hostNetwork all that its containers name. */
export function hostPorts({ containers, initContainers, hostNetwork }: PodSpec): HostPort[] {
  const lasting = [...containers, ...(initContainers ?? []).filter(({ restartPolicy }) => restartPolicy === 'Always')]
  const ports = new Map<string, HostPort>()
  for (const { hostPort, containerPort, hostIP, protocol } of lasting.flatMap(({ ports }) => ports ?? [])) {
    // 0 is Go's word for nothing.
    const port = hostPort || (hostNetwork === true ? containerPort : 0) || 0
    if (port <= 0) continue
    const taken = { protocol: protocol ?? 'TCP', port, address: hostIP === '0.0.0.0' ? '' : (hostIP ?? '') }
    ports.set(JSON.stringify(taken), taken)
  }
  return [...ports.values()]
}

function sorted<Value>(entries: Iterable<readonly [string, Value]>): (readonly [string, Value])[] {
  return [...entries].sort(([left], [right]) => (left < right ? -1 : left > right ? 1 : 0))
}
