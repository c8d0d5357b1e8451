import { namespaceOf } from '../../objects/metadata.js'
import { isFault } from '../api/api-fault.js'
import type { ClusterApi } from '../api/cluster-api.js'
import { annotationOf, type SeenPod } from '../api/seen-objects.js'
import { DELETION_COST, FORMER_COST, LOWEST_COST } from '../state/annotations.js'

/** Makes a pod the first to go among those as ready as it is. */
export async function lowerCost(api: ClusterApi, pod: SeenPod, signal: AbortSignal): Promise<void> {
  const former = annotationOf(pod, DELETION_COST)
  if (former === LOWEST_COST) return
  await annotate(
    api,
    pod,
    { [DELETION_COST]: LOWEST_COST, ...(former === undefined ? {} : { [FORMER_COST]: former }) },
    signal
  )
}

/** Gives a pod its own deletion cost back. */
export function raiseCost(api: ClusterApi, pod: SeenPod, signal: AbortSignal): Promise<void> {
  const former = annotationOf(pod, FORMER_COST) ?? ownCostOf(pod)
  return annotate(api, pod, { [DELETION_COST]: former, [FORMER_COST]: null }, signal)
}

/** As it was read before it was lowered, perhaps. */
function ownCostOf(pod: SeenPod): string | null {
  const cost = annotationOf(pod, DELETION_COST)
  return cost === undefined || cost === LOWEST_COST ? null : cost
}

async function annotate(
  api: ClusterApi,
  { metadata }: SeenPod,
  annotations: Readonly<Record<string, string | null>>,
  signal: AbortSignal
): Promise<void> {
  try {
    await api.patchPod(namespaceOf(metadata), metadata.name, { metadata: { annotations } }, signal)
  } catch (error) {
    // What is gone needs no cost.
    if (!isFault(error, 404)) throw error
  }
}
