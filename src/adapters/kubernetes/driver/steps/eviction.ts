import { type Call, StepError } from '../../../../execution/driver.js'
import { type ApiFault, isFault } from '../api/api-fault.js'
import type { ClusterApi } from '../api/cluster-api.js'
import type { SeenPod } from '../api/seen-objects.js'
import type { DriverContext } from '../context.js'

/** Whether a pod's disruption budget would let it go now. Rejects with StepError `refused` where several budgets have a say. */
export async function isEvictable(
  api: ClusterApi,
  namespace: string,
  pod: SeenPod,
  signal: AbortSignal
): Promise<boolean> {
  try {
    await api.evict(namespace, pod.metadata, true, signal)
    return true
  } catch (error) {
    if (isFault(error, 404)) return true
    if (isFault(error, 409, 429)) return false
    throw isFault(error, 500) ? severalBudgets(error) : error
  }
}

/** Asks for the eviction of a pod until it is allowed. A pod that is gone is evicted already. */
export async function evict(context: DriverContext, namespace: string, pod: SeenPod, call: Call): Promise<void> {
  const { api, clock, settings } = context
  for (;;) {
    try {
      await api.evict(namespace, pod.metadata, false, call.signal)
      return
    } catch (error) {
      // A conflict: another pod bears that name by now.
      if (isFault(error, 404, 409)) return
      if (!isFault(error, 429)) throw isFault(error, 500) ? severalBudgets(error) : error
      settings.onWait({ call: call.id, reason: `${namespace}/${pod.metadata.name} may not go yet: ${error.message}` })
      await clock.sleep(error.retryAfterMs ?? settings.evictionRetryMs, call.signal)
    }
  }
}

/** The server says so with a status that means anything. */
function severalBudgets(error: ApiFault): unknown {
  return /more than one PodDisruptionBudget/i.test(error.message) ? new StepError('refused', error.message) : error
}
