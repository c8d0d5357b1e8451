import { StepError } from '../../../../execution/driver.js'
import { controllerOf } from '../../objects/metadata.js'
import { isFault } from '../api/api-fault.js'
import type { ClusterApi } from '../api/cluster-api.js'
import { isActivePod, type SeenPod, type SeenWorkload } from '../api/seen-objects.js'
import type { Fleet, WorkloadName } from './fleet.js'
import { holdsFor, type Ledger, readLedger } from './ledger.js'

/** A workload and its pods at one moment. */
export interface WorkloadView {
  readonly name: WorkloadName
  readonly workload: SeenWorkload
  /** Those that it controls, ending ones included. */
  readonly pods: readonly SeenPod[]
  readonly ledger: Ledger | null
}

/** Looks at a workload. Rejects with StepError `changed` where it is gone. */
export async function viewWorkload(api: ClusterApi, name: WorkloadName, signal: AbortSignal): Promise<WorkloadView> {
  const { kind, namespace } = name
  const workload = await api.workload(kind, namespace, name.name, signal).catch((error: unknown) => {
    throw isFault(error, 404) ? new StepError('changed', `${name.id} is gone`) : error
  })
  const { selector } = workload.spec
  const [pods, sets] = await Promise.all([
    api.podsOf(namespace, selector, signal),
    kind === 'deployment' ? api.replicaSetsOf(namespace, selector, signal) : []
  ])
  const owners = new Set([
    workload.metadata.uid,
    ...sets
      .filter(({ metadata }) => controllerOf(metadata)?.uid === workload.metadata.uid)
      .map(({ metadata }) => metadata.uid)
  ])
  const own = pods.filter(({ metadata }) => owners.has(controllerOf(metadata)?.uid ?? ''))
  return { name, workload, pods: own, ledger: readLedger(workload) }
}

/** The pods that are wanted by now: its owner's and those of plans. */
export function replicasOf({ workload }: WorkloadView): number {
  return workload.spec.replicas ?? 1
}

export function activePods({ pods }: WorkloadView): SeenPod[] {
  return pods.filter(isActivePod)
}

/** Somebody else has changed how many pods there are. */
export class CountChangedError extends StepError {
  constructor(message: string) {
    super('changed', message)
  }
}

/** Throws CountChangedError where the number of pods is not what the plan was made for, or has left there: somebody else scales. */
export function expectOwnCount(view: WorkloadView, fleet: Fleet): void {
  const { name, ledger } = view
  const found = replicasOf(view)
  if (ledger !== null && ledger.surges.length > 0) {
    if (holdsFor(ledger, found)) return
    throw new CountChangedError(
      `${name.id} has ${found} replicas, expected ${ledger.base + ledger.surges.length}, ${ledger.base} of its owner and ${ledger.surges.length} of plans: somebody else scales it`
    )
  }
  const wanted = fleet.wantedOf(name)
  if (wanted === null) return
  const { desired, listed } = wanted
  if (found >= Math.min(desired, listed) && found <= Math.max(desired, listed)) return
  throw new CountChangedError(`${name.id} has ${found} replicas, and the plan was made for ${desired}`)
}

/**
 * Whether a Deployment has settled on one revision. null: its controller has not seen the last change yet. Throws StepError
 * `changed` while a rollout is under way: nobody can say which revision a pod more or less would be of.
 */
export function expectNoRollout({ name, workload }: WorkloadView): true | null {
  if (name.kind !== 'deployment') return true
  const { observedGeneration, replicas, updatedReplicas } = workload.status ?? {}
  if ((observedGeneration ?? 0) < (workload.metadata.generation ?? 0)) return null
  if ((updatedReplicas ?? 0) === (replicas ?? 0)) return true
  throw new StepError(
    'changed',
    `${name.id} is being rolled out: ${updatedReplicas ?? 0} of ${replicas ?? 0} pods are new`
  )
}
