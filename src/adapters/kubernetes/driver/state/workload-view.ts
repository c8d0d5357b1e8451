import { StepError } from '../../../../execution/driver.js'
import { controllerOf } from '../../objects/metadata.js'
import { isFault } from '../api/api-fault.js'
import type { ClusterApi } from '../api/cluster-api.js'
import { isActivePod, type SeenPod, type SeenWorkload } from '../api/seen-objects.js'
import type { CustomName, Fleet, ScaledName, WorkloadName } from './fleet.js'
import { holdsFor, type Ledger, readLedger } from './ledger.js'

interface PodsView {
  /** Those that it controls, ending ones included. */
  readonly pods: readonly SeenPod[]
}

/** A workload and its pods at one moment. */
export interface ScaledView extends PodsView {
  readonly name: ScaledName
  readonly workload: SeenWorkload
  readonly ledger: Ledger | null
}

/** The pods of a workload of another kind, which is not read itself: no driver knows its form. */
interface CustomView extends PodsView {
  readonly name: CustomName
  readonly workload: null
  readonly ledger: null
}

export type WorkloadView = ScaledView | CustomView

/** Looks at a workload. Rejects with StepError `changed` where it is gone. */
export function viewWorkload(api: ClusterApi, name: WorkloadName, signal: AbortSignal): Promise<WorkloadView> {
  return name.kind === 'custom' ? viewCustom(api, name, signal) : viewScaled(api, name, signal)
}

async function viewScaled(api: ClusterApi, name: ScaledName, signal: AbortSignal): Promise<ScaledView> {
  const { kind, namespace } = name
  const workload = await api.workload(kind, namespace, name.name, signal).catch((error: unknown) => {
    throw isFault(error, 404) ? new StepError('changed', `${name.id} is gone`) : error
  })
  const { selector } = workload.spec
  const [pods, sets] = await Promise.all([
    api.podsOf(namespace, selector, signal),
    kind === 'deployment' ? api.workloads('replicaset', namespace, selector, signal) : []
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

/** Of what it has made, and of the ReplicaSets and ReplicationControllers that it has made: its labels are not known, so of all in the namespace. */
async function viewCustom(api: ClusterApi, name: CustomName, signal: AbortSignal): Promise<CustomView> {
  const { namespace } = name
  const [pods, ...sets] = await Promise.all([
    api.podsOf(namespace, {}, signal),
    api.workloads('replicaset', namespace, {}, signal),
    api.workloads('replicationcontroller', namespace, {}, signal)
  ])
  const isOwn = ({ metadata }: SeenPod | SeenWorkload) => {
    const controller = controllerOf(metadata)
    return controller?.kind.toLowerCase() === name.ownerKind && controller.name === name.name
  }
  const owners = new Set(sets.flat().flatMap((set) => (isOwn(set) ? [set.metadata.uid] : [])))
  const own = pods.filter((pod) => isOwn(pod) || owners.has(controllerOf(pod.metadata)?.uid ?? ''))
  return { name, workload: null, pods: own, ledger: null }
}

/** A workload that may be scaled. Throws StepError `refused` for others: how many pods they have is nobody's to change but their owner's. */
export function expectScaled(view: WorkloadView): ScaledView {
  if (view.workload !== null) return view
  const { id, ownerKind } = view.name
  throw new StepError('refused', `${id}: how many pods a ${ownerKind} has is not for a plan to change`)
}

/** The pods that are wanted by now: its owner's and those of plans. */
export function replicasOf({ workload }: ScaledView): number {
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
export function expectOwnCount(view: ScaledView, fleet: Fleet): void {
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
export function expectNoRollout({ name, workload }: ScaledView): true | null {
  if (name.kind !== 'deployment') return true
  const { observedGeneration, replicas, updatedReplicas } = workload.status ?? {}
  if ((observedGeneration ?? 0) < (workload.metadata.generation ?? 0)) return null
  if ((updatedReplicas ?? 0) === (replicas ?? 0)) return true
  throw new StepError(
    'changed',
    `${name.id} is being rolled out: ${updatedReplicas ?? 0} of ${replicas ?? 0} pods are new`
  )
}
