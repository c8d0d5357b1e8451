import { type Call, StepError, type StepOf } from '../../../../execution/driver.js'
import { isActivePod, nodeOfPod, type SeenPod } from '../api/seen-objects.js'
import type { DriverContext } from '../context.js'
import { pollUntil } from '../polling.js'
import { claimedPod, findCopy, newPods } from '../state/copies.js'
import type { Fleet } from '../state/fleet.js'
import { holdsFor, isOfCopy, type Surge } from '../state/ledger.js'
import { expectScaled, replicasOf, type ScaledView, viewWorkload, type WorkloadView } from '../state/workload-view.js'
import { evict } from './eviction.js'
import { forgetDeparture } from './ledger-entries.js'
import { type LocatedCopy, locate } from './locate.js'
import { expectNode } from './node-health.js'
import { awaitLeaving, type Removal, takeOneLess } from './take-one-less.js'

/**
 * Lets the pod of a copy go and waits until it has ended: its grace period is the drain. What was scaled up for it is scaled down with it;
 * a pod that stops before its successor starts is evicted, and its controller makes another.
 */
export async function depart(
  context: DriverContext,
  step: StepOf<'drain'> | StepOf<'stop'>,
  call: Call
): Promise<void> {
  await letGo(context, await locate(context, step, step.node, call), call)
}

/** Takes back what was scaled up for a copy, where anything was. */
export async function takeSurgeBack(context: DriverContext, copy: LocatedCopy, call: Call): Promise<void> {
  const { ledger } = await viewWorkload(context.api, copy.workload, call.signal)
  if (ledger?.surges.some(isOfCopy(copy.key)) === true) await letGo(context, copy, call)
}

/** Lets go what is due of a copy, and waits for it. */
export async function letGo(context: DriverContext, copy: LocatedCopy, call: Call): Promise<void> {
  const { signal } = call
  const leaving = await pollUntil(context, signal, () =>
    context.locks.hold(copy.workload.id, signal, async () => {
      const view = await viewWorkload(context.api, copy.workload, signal)
      const what = whatIsDue(context, copy, view)
      switch (what.kind) {
        case 'nothing':
          return { pod: null }
        case 'wait':
          return { pod: what.pod }
        case 'leaves':
          await awaitLeaving(context, copy, what.pod, signal)
          return { pod: what.pod }
        case 'evict':
          return { pod: what.pod, isEvicted: true }
        case 'scale-down':
          // When it is done, the next look finds what is left to wait for.
          await takeOneLess(context, copy, what.removal, call)
          return undefined
      }
    })
  )
  if (leaving.pod !== null) {
    if (leaving.isEvicted === true) await evict(context, copy.workload.namespace, leaving.pod, call)
    try {
      await awaitGone(context, copy, leaving.pod, call)
    } catch (error) {
      // Nothing more can become of it.
      if (error instanceof StepError && error.fault === 'node-lost') await forgetDeparture(context, copy, signal)
      throw error
    }
  }
  await forgetDeparture(context, copy, signal)
}

type Due =
  | { readonly kind: 'nothing' }
  /** The pod is ending. */
  | { readonly kind: 'wait'; readonly pod: SeenPod }
  /** It is to end by what is asked for already. */
  | { readonly kind: 'leaves'; readonly pod: SeenPod }
  | { readonly kind: 'evict'; readonly pod: SeenPod }
  | { readonly kind: 'scale-down'; readonly removal: Removal }

function whatIsDue({ fleet }: DriverContext, copy: LocatedCopy, view: WorkloadView): Due {
  const { key } = copy
  const asked = view.ledger?.departures.find(isOfCopy(key))
  if (asked !== undefined) {
    const pod = view.pods.find(({ metadata }) => metadata.name === asked.pod)
    if (pod === undefined) return { kind: 'nothing' }
    return { kind: isActivePod(pod) ? 'leaves' : 'wait', pod }
  }
  const pod = findCopy(view, copy)
  const surges = view.ledger?.surges.filter(({ plan, replica }) => plan === key.plan && replica === key.replica) ?? []
  const own = surges.find(({ node }) => node === key.node)
  if (own !== undefined) {
    // The new copy is taken back, perhaps before anybody knew which pod it is. It was one more: no budget has a say.
    const victim = pod ?? claimedPod(view, key) ?? newPods(view, copy, fleet, own.strays ?? [])[0]
    return { kind: 'scale-down', removal: { victim: victim?.metadata.name ?? null, settles: own, budget: false } }
  }
  const [moved] = surges
  if (moved !== undefined) return { kind: 'scale-down', removal: successionOf(copy, view, fleet, pod, moved) }
  if (pod === undefined) return { kind: 'nothing' }
  if (!isActivePod(pod)) return { kind: 'wait', pod }
  if (isSurplus(view, fleet)) {
    // Where a plan of before has left a pod more, that is what goes: its owner wants no fewer.
    const settles = foreignSurge(expectScaled(view), key.plan)
    return { kind: 'scale-down', removal: { victim: pod.metadata.name, settles, budget: true } }
  }
  return { kind: 'evict', pod }
}

/** What is taken away when the new copy serves: the old one, or what its controller made in its place where somebody else ended it. */
function successionOf(
  copy: LocatedCopy,
  view: WorkloadView,
  fleet: Fleet,
  old: SeenPod | undefined,
  settles: Surge
): Removal {
  if (old !== undefined && isActivePod(old)) return { victim: old.metadata.name, settles, budget: true }
  const [unknown] = newPods(view, copy, fleet, settles.strays ?? [])
  return { victim: unknown?.metadata.name ?? null, settles, budget: false }
}

/** Whether the Problem has more replicas listed than wanted, and so many are still there. */
function isSurplus(view: WorkloadView, fleet: Fleet): boolean {
  const wanted = fleet.wantedOf(view.name)
  if (wanted === null || wanted.desired >= wanted.listed) return false
  return view.workload === null || replicasOf(view) > wanted.desired
}

/** A pod more that another plan has left; null: none, or nobody knows any more. */
function foreignSurge(view: ScaledView, plan: string): Surge | null {
  const { ledger } = view
  if (ledger === null || !holdsFor(ledger, replicasOf(view))) return null
  return ledger.surges.find((surge) => surge.plan !== plan) ?? null
}

/** Waits until nothing is left of a pod. */
async function awaitGone(context: DriverContext, copy: LocatedCopy, { metadata }: SeenPod, call: Call): Promise<void> {
  const { api, settings } = context
  const { namespace } = copy.workload
  const { name, uid } = metadata
  await pollUntil(context, call.signal, async () => {
    const pod = await api.pod(namespace, name, call.signal)
    if (pod === null || pod.metadata.uid !== uid) return true
    settings.onWait({ call: call.id, reason: `${namespace}/${name} on ${copy.node} is ending` })
    if (nodeOfPod(pod) === copy.node) await expectNode(context, copy.key.node, call.signal)
    return undefined
  })
}
