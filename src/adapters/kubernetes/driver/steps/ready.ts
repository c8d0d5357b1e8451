import { type Call, StepError, type StepOf } from '../../../../execution/driver.js'
import { conditionOf, isPodReady } from '../../objects/pod.js'
import { isActivePod, type SeenPod } from '../api/seen-objects.js'
import type { DriverContext } from '../context.js'
import { pollUntil } from '../polling.js'
import { findCopy } from '../state/copies.js'
import { expectOwnCount, viewWorkload } from '../state/workload-view.js'
import { takeSurgeBack } from './departure.js'
import { type LocatedCopy, locate } from './locate.js'
import { expectNode } from './node-health.js'

/** Why containers wait that will not run by being waited for. */
const HOPELESS = new Set([
  'ImagePullBackOff',
  'InvalidImageName',
  'ErrImageNeverPull',
  'CreateContainerConfigError',
  'CreateContainerError',
  'CrashLoopBackOff'
])

/** Waits until the pod of a copy is ready, and has been for as long as its workload asks for. */
export async function ready(context: DriverContext, step: StepOf<'start'>, call: Call): Promise<void> {
  const copy = await locate(context, step, step.node, call)
  try {
    await awaitReady(context, copy, call)
  } catch (error) {
    // Of what is on a node that is gone nobody asks for anything to be taken back.
    if (error instanceof StepError && error.fault === 'node-lost') await takeSurgeBack(context, copy, call)
    throw error
  }
}

/**
 * Requests follow readiness: a Service sends them to a pod as soon as it is ready, and to the old one until that one ends. So only what
 * they shall go to is looked at.
 */
export async function shift(context: DriverContext, step: StepOf<'shift'>, call: Call): Promise<void> {
  await awaitReady(context, await locate(context, step, step.to, call), call)
}

async function awaitReady(context: DriverContext, copy: LocatedCopy, { id, signal }: Call): Promise<void> {
  const { api, clock, settings } = context
  const { key, node, workload } = copy
  const view = await viewWorkload(api, workload, signal)
  const first = findCopy(view, copy)
  if (first === undefined) throw new StepError('failed', `there is no pod of ${key.replica} on ${node}`)
  const { name, uid } = first.metadata
  const least = (view.workload?.spec.minReadySeconds ?? 0) * 1000
  let seenAt: number | null = null
  await pollUntil(context, signal, async () => {
    const pod = await api.pod(workload.namespace, name, signal)
    if (pod === null || pod.metadata.uid !== uid || !isActivePod(pod)) {
      await expectNode(context, key.node, signal)
      const now = await viewWorkload(api, workload, signal)
      if (now.workload !== null) expectOwnCount(now, context.fleet)
      throw new StepError('failed', `the pod ${workload.namespace}/${name} on ${node} has ended`)
    }
    if (isPodReady(pod)) {
      const since = Date.parse(conditionOf(pod, 'Ready')?.lastTransitionTime ?? '')
      seenAt ??= clock.now()
      if (clock.now() - Math.min(seenAt, Number.isNaN(since) ? seenAt : since) >= least) return true
    } else {
      seenAt = null
      const hopeless = hopelessReason(pod)
      if (hopeless !== null) throw new StepError('failed', `${workload.namespace}/${name} on ${node}: ${hopeless}`)
    }
    settings.onWait({ call: id, reason: `${workload.namespace}/${name} on ${node} is not ready yet` })
    await expectNode(context, key.node, signal)
    return undefined
  })
}

/** Why waiting for a pod is in vain; null: it is not. */
function hopelessReason({ status }: SeenPod): string | null {
  const containers = [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])]
  for (const { name, state } of containers) {
    const reason = state?.waiting?.reason
    if (reason !== undefined && reason !== null && HOPELESS.has(reason)) return `container ${name ?? ''}: ${reason}`
  }
  return null
}
