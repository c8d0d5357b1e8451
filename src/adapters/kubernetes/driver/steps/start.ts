import { type Call, StepError, type StepOf } from '../../../../execution/driver.js'
import { targetOf } from '../../objects/horizontal-autoscaler.js'
import { controllerOf } from '../../objects/metadata.js'
import { SCALED_KINDS } from '../../objects/movable-kinds.js'
import { isFault, toStepError } from '../api/api-fault.js'
import { isActivePod, type SeenPod } from '../api/seen-objects.js'
import type { DriverContext } from '../context.js'
import { pollUntil } from '../polling.js'
import { CLAIM, LEDGER } from '../state/annotations.js'
import { claimOf, findCopy, findPlacement, hostsOf, newPods, writeClaim } from '../state/copies.js'
import { holdsFor, isOfCopy, type Surge, writeLedger } from '../state/ledger.js'
import {
  activePods,
  CountChangedError,
  expectNoRollout,
  expectOwnCount,
  expectScaled,
  replicasOf,
  type ScaledView,
  viewWorkload,
  type WorkloadView
} from '../state/workload-view.js'
import { takeSurgeBack } from './departure.js'
import { dropSurge } from './ledger-entries.js'
import { type LocatedCopy, locate } from './locate.js'
import { expectNode } from './node-health.js'

/**
 * Gets a pod for a copy, and resolves when it has its node. A replica that runs gets one more by scaling up; one that runs nowhere gets
 * the pod that its controller makes anyway. Rejects with StepError `changed` where the scheduler has put it elsewhere.
 */
export async function start(context: DriverContext, step: StepOf<'start'>, call: Call): Promise<void> {
  const copy = await locate(context, step, step.node, call)
  const { id } = copy.workload
  let isGranted = false
  try {
    const isDone = await context.locks.hold(id, call.signal, async () => {
      const surge = await askForPod(context, copy, step, call)
      if (surge === 'there') return true
      if (surge === 'comes') return false
      isGranted = true
      // Until the pod has its node no other start may ask for one: nobody could tell whose it is.
      await awaitSurge(context, copy, surge, call)
      return true
    })
    if (!isDone) await awaitSuccessor(context, copy, call)
  } catch (error) {
    await leaveNothing(context, copy, call, error)
    const failure = toStepError(error)
    // Who refuses has done nothing; this has.
    const isRefusal = failure instanceof StepError && failure.fault === 'refused'
    throw isGranted && isRefusal ? new Error(failure.message, { cause: error }) : failure
  }
}

/** After these faults nobody asks for anything to be taken back. */
async function leaveNothing(context: DriverContext, copy: LocatedCopy, call: Call, error: unknown): Promise<void> {
  if (error instanceof CountChangedError) await dropSurge(context, copy, call.signal)
  else if (error instanceof StepError && (error.fault === 'changed' || error.fault === 'node-lost')) {
    await takeSurgeBack(context, copy, call)
  }
}

/** Waits for the pod that a controller makes in the place of one that went. */
async function awaitSuccessor(context: DriverContext, copy: LocatedCopy, call: Call): Promise<void> {
  await pollUntil(context, call.signal, () =>
    context.locks.hold(copy.workload.id, call.signal, async () => {
      const view = await viewWorkload(context.api, copy.workload, call.signal)
      const placement = findPlacement(view, copy, context.fleet)
      if (placement.kind === 'elsewhere') throw misplaced(copy, placement.pod)
      return claimOrWait(context, copy, placement, call)
    })
  )
}

/** Scales up for a copy, once for all attempts; `comes`: nothing has to be asked for. */
function askForPod(
  context: DriverContext,
  copy: LocatedCopy,
  step: StepOf<'start'>,
  call: Call
): Promise<Surge | 'there' | 'comes'> {
  const { api, fleet } = context
  const { signal } = call
  return pollUntil(context, signal, async () => {
    const found = await viewWorkload(api, copy.workload, signal)
    const there = findCopy(found, copy)
    if (there !== undefined && isActivePod(there)) {
      // Unmarked, another start that waits for a pod of this workload would take it for its own.
      const isOurs = claimOf(there, copy.key.plan) !== null || (await claim(context, copy, there, signal)) === true
      return isOurs ? 'there' : undefined
    }
    const granted = found.ledger?.surges.find(isOfCopy(copy.key))
    if (granted !== undefined) return granted
    const hosts = hostsOf(found, copy.key.plan, copy.key.replica, copy.ownName)
    const host = step.expects === undefined ? (hosts[0] ?? null) : step.expects.host
    if (host === null) return 'comes'
    if (hosts.length === 0) throw new StepError('changed', `${copy.key.replica} no longer runs on ${host}`)
    const view = await expectScalable(context, found, signal)
    await expectMayMark(context, view, signal)
    const ledger = foreignSurgesOut(view, copy.key.plan)
    expectOwnCount({ ...view, ledger }, fleet)
    if (expectNoRollout(view) === null) return undefined
    const strays = newPods(view, copy, fleet, []).map(({ metadata }) => metadata.name)
    const surge: Surge = { ...copy.key, call: call.id, ...(strays.length === 0 ? {} : { strays }) }
    const { surges = [], departures = [], base = replicasOf(view) } = ledger ?? {}
    const next = writeLedger({ base, surges: [...surges, surge], departures })
    await api.patchWorkload(
      view.name.kind,
      view.name.namespace,
      view.name.name,
      {
        metadata: { resourceVersion: view.workload.metadata.resourceVersion, annotations: { [LEDGER]: next } },
        spec: { replicas: replicasOf(view) + 1 }
      },
      signal
    )
    return surge
  })
}

/** The ledger without what other plans have left there that somebody has scaled away since; what holds still is not for this plan. */
function foreignSurgesOut(view: ScaledView, plan: string): ScaledView['ledger'] {
  const { ledger, name } = view
  const foreign = ledger?.surges.find((surge) => surge.plan !== plan)
  if (ledger === null || foreign === undefined) return ledger
  if (holdsFor(ledger, replicasOf(view))) {
    throw new StepError(
      'changed',
      `${name.id} has a pod more than wanted since the plan ${foreign.plan}: go on with that one and its journal, or call tidy() of the driver`
    )
  }
  const surges = ledger.surges.filter((surge) => surge.plan === plan)
  return { ...ledger, base: replicasOf(view) - surges.length, surges }
}

/** Throws StepError `refused` for workloads that do not keep a pod more. */
async function expectScalable({ api }: DriverContext, view: WorkloadView, signal: AbortSignal): Promise<ScaledView> {
  const { id, kind, namespace } = view.name
  const advice =
    'allow the rung stop-first and give it a maxUnavailable of at least 1, so that pods go before they come'
  if (kind === 'statefulset') {
    throw new StepError('refused', `${id}: the pods of a StatefulSet have names, and none can run twice; ${advice}`)
  }
  if (view.workload === null) {
    throw new StepError('refused', `${id}: nobody but its controller asks for a pod of it; ${advice}`)
  }
  const above = controllerOf(view.workload.metadata)
  if (kind !== 'deployment' && above !== undefined) {
    throw new StepError(
      'refused',
      `${id} belongs to the ${above.kind} ${above.name}, which would take a pod more away again: read the cluster again with the objects of ${SCALED_KINDS[view.name.kind].plural}, and plan for the ${above.kind}`
    )
  }
  const scalers = await api.autoscalers(namespace, signal)
  const scaler = scalers.find((each) => targetOf(each) === id)
  if (scaler === undefined) return view
  throw new StepError(
    'refused',
    `${id} is scaled by the HorizontalPodAutoscaler ${scaler.metadata.name}, which would take a pod more away again; ${advice}`
  )
}

/** Pods are marked once there is one more: it would be late to find out that this is not allowed. */
async function expectMayMark({ api }: DriverContext, view: WorkloadView, signal: AbortSignal): Promise<void> {
  const [pod] = activePods(view)
  if (pod === undefined) return
  await api.patchPod(view.name.namespace, pod.metadata.name, { metadata: {} }, signal, { isDryRun: true })
}

/** Waits until the pod more has its node. One that is elsewhere is marked, so that it is known which is to be taken back. */
async function awaitSurge(context: DriverContext, copy: LocatedCopy, surge: Surge, call: Call): Promise<void> {
  const { api, fleet } = context
  const { signal } = call
  await pollUntil(context, signal, async () => {
    const view = await viewWorkload(api, copy.workload, signal)
    expectOwnCount(expectScaled(view), fleet)
    const placement = findPlacement(view, copy, fleet, surge.strays)
    if (placement.kind !== 'elsewhere') return claimOrWait(context, copy, placement, call)
    await claim(context, copy, placement.pod, signal)
    throw misplaced(copy, placement.pod)
  })
}

function misplaced({ key, node }: LocatedCopy, { spec }: SeenPod): StepError {
  return new StepError(
    'changed',
    `the scheduler put the new pod of ${key.replica} on ${spec.nodeName}, expected ${node}`
  )
}

/** Makes a pod that is where it should be stand for the replica; else says what is waited for. */
async function claimOrWait(
  context: DriverContext,
  copy: LocatedCopy,
  placement: Exclude<ReturnType<typeof findPlacement>, { kind: 'elsewhere' }>,
  call: Call
): Promise<true | undefined> {
  if (placement.kind === 'waiting') {
    context.settings.onWait({ call: call.id, reason: placement.reason })
    await expectNode(context, copy.key.node, call.signal)
    return undefined
  }
  return claim(context, copy, placement.pod, call.signal)
}

/** undefined: the pod is gone already. */
async function claim(
  { api }: DriverContext,
  { key, workload }: LocatedCopy,
  { metadata }: SeenPod,
  signal: AbortSignal
): Promise<true | undefined> {
  try {
    await api.patchPod(
      workload.namespace,
      metadata.name,
      { metadata: { annotations: { [CLAIM]: writeClaim(key) } } },
      signal
    )
    return true
  } catch (error) {
    if (isFault(error, 404)) return undefined
    throw error
  }
}
