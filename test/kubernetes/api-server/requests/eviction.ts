import { BUDGETS, deletePod, PODS, type World } from '../control/world.js'
import { type DisruptionBudget, isReady, type Pod } from '../objects/objects.js'
import { matchesSelector } from '../objects/selectors.js'
import { ApiError } from '../objects/status.js'

export interface EvictionBody {
  readonly metadata?: { readonly name?: string }
  readonly deleteOptions?: {
    readonly dryRun?: readonly string[]
    readonly gracePeriodSeconds?: number
    readonly preconditions?: { readonly uid?: string; readonly resourceVersion?: string }
  }
}

/** Ends a pod where its budget allows it: 429 where it does not, 500 where there are several. */
export function evict(world: World, namespace: string, name: string, body: EvictionBody, isDryRun: boolean): object {
  const { store } = world
  const pod = store.get<Pod>(PODS, namespace, name)
  if (body.metadata?.name !== name) throw ApiError.badRequest('the name of the eviction is not that of the pod')
  const { preconditions, gracePeriodSeconds, dryRun } = body.deleteOptions ?? {}
  if (preconditions?.uid !== undefined && preconditions.uid !== pod.metadata.uid) throw ApiError.conflict(PODS, name)
  const isDry = isDryRun || dryRun?.includes('All') === true
  const isFree = ['Succeeded', 'Failed', 'Pending'].includes(pod.status.phase)
  if (!isFree && pod.metadata.deletionTimestamp === undefined) spend(world, pod, isDry)
  if (!isDry) deletePod(world, pod, gracePeriodSeconds)
  return { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', code: 201 }
}

function spend({ store, clock }: World, pod: Pod, isDry: boolean): void {
  const budgets = store
    .list<DisruptionBudget>(BUDGETS, pod.metadata.namespace)
    .filter(({ spec }) => matchesSelector(spec.selector, pod.metadata.labels))
  if (budgets.length > 1) {
    throw new ApiError(500, { reason: 'InternalError', message: 'the pod has more than one PodDisruptionBudget' })
  }
  const [budget] = budgets
  if (budget === undefined) return
  const { status, spec, metadata } = budget
  if (!isReady(pod)) {
    const isMet = status.currentHealthy >= status.desiredHealthy && status.desiredHealthy > 0
    if (spec.unhealthyPodEvictionPolicy === 'AlwaysAllow' || isMet) return
  }
  if ((status.observedGeneration ?? 0) < (metadata.generation ?? 1)) throw refusal('is not yet observed', 10)
  if (status.disruptionsAllowed < 1) {
    const { desiredHealthy, currentHealthy } = status
    throw refusal(`${metadata.name} wants ${desiredHealthy} healthy pods, there are ${currentHealthy}`)
  }
  if (isDry) return
  store.change<DisruptionBudget>(BUDGETS, budget, (draft) => {
    draft.status.disruptionsAllowed--
    draft.status.disruptedPods = {
      ...draft.status.disruptedPods,
      [pod.metadata.name]: new Date(clock.now()).toISOString()
    }
  })
}

function refusal(message: string, retryAfterSeconds?: number): ApiError {
  const details = {
    causes: [{ reason: 'DisruptionBudget', message: `the budget ${message}` }],
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds })
  }
  return new ApiError(
    429,
    { reason: 'TooManyRequests', message: 'the disruption budget of the pod does not allow it', details },
    retryAfterSeconds === undefined ? {} : { 'Retry-After': String(retryAfterSeconds) }
  )
}
