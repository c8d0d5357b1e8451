import { type Call, StepError } from '../../../../execution/driver.js'
import { isFault } from '../api/api-fault.js'
import { isActivePod, type SeenPod } from '../api/seen-objects.js'
import type { DriverContext } from '../context.js'
import { pollUntil } from '../polling.js'
import { LEDGER, LOWEST_COST } from '../state/annotations.js'
import { isOfCopy, type Surge, writeLedger } from '../state/ledger.js'
import { bearersOf, whoGoesBefore } from '../state/victims.js'
import {
  activePods,
  expectNoRollout,
  expectOwnCount,
  expectScaled,
  replicasOf,
  type ScaledView,
  viewWorkload
} from '../state/workload-view.js'
import { lowerCost, raiseCost } from './deletion-cost.js'
import { isEvictable } from './eviction.js'
import type { LocatedCopy } from './locate.js'

/** How one pod less is asked for. */
export interface Removal {
  /** The pod that is to go; null: whichever its controller takes. */
  readonly victim: string | null
  /** The pod more that is settled by it; null: its owner wants one less. */
  readonly settles: Surge | null
  /** Whether the disruption budget of the pod must allow it. */
  readonly budget: boolean
}

/**
 * Scales down by one so that exactly the victim goes. To be called again and again while it resolves to undefined, by who holds the lock
 * of the workload: meanwhile something is in the way. Rejects with StepError `changed` where another pod went.
 *
 * A ReplicaSet goes by the deletion cost only among pods that are equally ready, so all others have to be ready by then; and it sees pods
 * through a cache, so that the cost is written a moment before the number.
 */
export async function takeOneLess(
  context: DriverContext,
  copy: LocatedCopy,
  removal: Removal,
  call: Call
): Promise<true | undefined> {
  const { api, clock, settings, locks } = context
  const { signal } = call
  const first = await look(context, copy, removal, call)
  if (first === undefined) return undefined
  const { victim } = first
  if (victim === undefined) return write(context, copy, first.view, removal, signal)
  for (const other of bearersOf(LOWEST_COST, victim, activePods(first.view))) await raiseCost(api, other, signal)
  await lowerCost(api, victim, signal)
  await clock.sleep(settings.pollMs, signal)
  let isAsked = false
  try {
    // What the budgets of a namespace allow is asked and used by one at a time.
    return await locks.hold(`budgets of ${copy.workload.namespace}`, signal, async () => {
      const second = await look(context, copy, removal, call)
      if (second === undefined) return undefined
      isAsked = true
      if ((await write(context, copy, second.view, removal, signal)) === undefined) {
        isAsked = false
        return undefined
      }
      if (second.victim !== undefined) await awaitLeaving(context, copy, second.victim, signal)
      return true
    })
  } finally {
    // Once it is asked for, or may be, the cost has to stay: it says who goes.
    if (!isAsked && !signal.aborted) await raiseCost(api, victim, signal)
  }
}

/** What is there, where the victim would be the next to go; undefined: it would not be, or may not yet. */
async function look(
  context: DriverContext,
  copy: LocatedCopy,
  { victim: name, budget }: Removal,
  { id, signal }: Call
): Promise<{ readonly view: ScaledView; readonly victim: SeenPod | undefined } | undefined> {
  const { api, fleet, settings } = context
  const wait = (reason: string) => settings.onWait({ call: id, reason })
  const view = expectScaled(await viewWorkload(api, copy.workload, signal))
  expectOwnCount(view, fleet)
  if (expectNoRollout(view) === null) return undefined
  const victim = activePods(view).find(({ metadata }) => metadata.name === name)
  if (victim === undefined) return { view, victim }
  const [before] = whoGoesBefore(victim, activePods(view))
  if (before !== undefined) {
    wait(`${before.metadata.name} is not ready, and would go in the place of ${victim.metadata.name}`)
    return undefined
  }
  if (budget && !(await isEvictable(api, copy.workload.namespace, victim, signal))) {
    wait(`the disruption budget of ${victim.metadata.name} does not let it go yet`)
    return undefined
  }
  return { view, victim }
}

/** Writes the number and what it means, both or neither; undefined: the workload has changed meanwhile. */
async function write(
  { api }: DriverContext,
  { key }: LocatedCopy,
  view: ScaledView,
  { victim, settles }: Removal,
  signal: AbortSignal
): Promise<true | undefined> {
  const { base = replicasOf(view), surges = [], departures = [] } = view.ledger ?? {}
  const isSettled = settles === null ? () => false : isOfCopy(settles)
  const next = {
    base: settles === null ? base - 1 : base,
    surges: surges.filter((surge) => !isSettled(surge)),
    departures: victim === null ? departures : [...departures, { ...key, pod: victim }]
  }
  if (settles !== null && next.surges.length === surges.length) return true
  const { resourceVersion } = view.workload.metadata
  const patch = {
    metadata: { resourceVersion, annotations: { [LEDGER]: writeLedger(next) } },
    spec: { replicas: replicasOf(view) - 1 }
  }
  try {
    const { kind, namespace, name } = view.name
    await api.patchWorkload(kind, namespace, name, patch, signal)
    return true
  } catch (error) {
    if (isFault(error, 409)) return undefined
    throw error
  }
}

/** Waits until a pod is ending. Rejects with StepError `changed` where its controller has taken another one. */
export async function awaitLeaving(
  context: DriverContext,
  copy: LocatedCopy,
  victim: SeenPod,
  signal: AbortSignal
): Promise<void> {
  const { api } = context
  let settled = 0
  await pollUntil(context, signal, async () => {
    const view = expectScaled(await viewWorkload(api, copy.workload, signal))
    const there = view.pods.find(({ metadata }) => metadata.uid === victim.metadata.uid)
    if (there === undefined || !isActivePod(there)) return true
    const { metadata, status } = view.workload
    const isSeen = (status?.observedGeneration ?? 0) >= (metadata.generation ?? 0)
    const isSettled = isSeen && activePods(view).length <= replicasOf(view)
    settled = isSettled ? settled + 1 : 0
    if (settled < 3) return undefined
    await raiseCost(api, there, signal)
    throw new StepError('changed', `${copy.workload.id} let another pod go than ${victim.metadata.name}`)
  })
}
