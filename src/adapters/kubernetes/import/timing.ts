import { conditionOf, isPodReady } from '../objects/pod.js'
import type { PodEntry } from './pod-entries.js'
import type { WorkloadGroup } from './workload-groups.js'

/** What Kubernetes gives a pod to end, unless it says otherwise. */
const GRACE_SECONDS = 30

/** After so long without progress a Deployment counts as failed: what took longer was no start but something else. */
const PROGRESS_SECONDS = 600

/** Seconds that pods of a workload took from being scheduled until they were ready, in the middle of all that tell; undefined where none does. */
export function measureStartup({ live, object }: WorkloadGroup): number | undefined {
  const longest = object?.spec.progressDeadlineSeconds ?? PROGRESS_SECONDS
  const samples = live
    .flatMap((entry) => startupOf(entry) ?? [])
    .filter((seconds) => seconds >= 0 && seconds <= longest)
    .sort((left, right) => left - right)
  const middle = samples[Math.floor((samples.length - 1) / 2)]
  return middle === undefined ? undefined : Math.max(1, middle)
}

function startupOf({ pod }: PodEntry): number | null {
  const restarts = (pod.status?.containerStatuses ?? []).some(({ restartCount }) => (restartCount ?? 0) > 0)
  if (!isPodReady(pod) || restarts) return null
  const ready = Date.parse(conditionOf(pod, 'Ready')?.lastTransitionTime ?? '')
  const scheduled = Date.parse(conditionOf(pod, 'PodScheduled')?.lastTransitionTime ?? pod.status?.startTime ?? '')
  const seconds = (ready - scheduled) / 1000
  return Number.isFinite(seconds) ? seconds : null
}

/** When pods were started, in ISO 8601, by their ids in the Problem; those that do not say it are left out. */
export function listStarts(groups: readonly WorkloadGroup[]): Map<string, string> {
  const starts = new Map<string, string>()
  for (const { id, pod } of groups.flatMap(({ live, draining }) => [...live, ...draining])) {
    const at = pod.status?.startTime ?? ''
    if (Number.isFinite(Date.parse(at))) starts.set(id, at)
  }
  return starts
}

/** Seconds that a pod of a workload may take to end. */
export function measureDrain({ spec, live }: WorkloadGroup): number {
  const stated = [spec, ...live.map(({ pod }) => pod.spec)].map(({ terminationGracePeriodSeconds }) =>
    Math.max(0, terminationGracePeriodSeconds ?? GRACE_SECONDS)
  )
  return stated.reduce((longest, seconds) => Math.max(longest, seconds), 0)
}
