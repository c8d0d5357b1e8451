import { isFault } from '../api/api-fault.js'
import { isActivePod } from '../api/seen-objects.js'
import type { DriverContext } from '../context.js'
import type { TidiedSurge } from '../notices.js'
import { claimOf } from '../state/copies.js'
import type { ScaledName, WorkloadName } from '../state/fleet.js'
import type { CopyKey, Surge } from '../state/ledger.js'
import { CountChangedError, viewWorkload, type WorkloadView } from '../state/workload-view.js'
import { letGo } from './departure.js'
import { dropSurge, forgetDeparture } from './ledger-entries.js'
import type { LocatedCopy } from './locate.js'

/** Brings every workload of the Problem back to as many pods as its owner wants, whatever plans have left there. */
export async function tidy(context: DriverContext, signal: AbortSignal): Promise<TidiedSurge[]> {
  const tidied: TidiedSurge[] = []
  for (const name of context.fleet.workloads()) {
    const view = await lookAt(context, name, signal)
    for (const surge of view?.ledger?.surges ?? []) {
      const outcome = await settle(context, view as WorkloadView, surge, signal)
      const { plan, replica, node } = surge
      tidied.push({ deployment: name.id, plan, replica, node, outcome })
    }
    for (const departure of view?.ledger?.departures ?? []) {
      await forgetDeparture(context, located(context, name, departure), signal)
    }
  }
  return tidied
}

/** null: the workload is gone, and nothing is left to be tidied. */
async function lookAt({ api }: DriverContext, name: ScaledName, signal: AbortSignal): Promise<WorkloadView | null> {
  try {
    await api.workload(name.kind, name.namespace, name.name, signal)
  } catch (error) {
    if (isFault(error, 404)) return null
    throw error
  }
  return viewWorkload(api, name, signal)
}

async function settle(
  context: DriverContext,
  { name, pods }: WorkloadView,
  surge: Surge,
  signal: AbortSignal
): Promise<TidiedSurge['outcome']> {
  const ownName = context.fleet.podNameOf(surge.replica)
  const isOld = ({ metadata }: { readonly metadata: { readonly name: string } }) => metadata.name === ownName
  const serves = pods.some((pod) => {
    const claimed = claimOf(pod, surge.plan)
    return (
      isActivePod(pod) &&
      (claimed === null ? isOld(pod) : claimed === surge.replica && pod.spec.nodeName !== surge.node)
    )
  })
  const copy = located(context, name, surge)
  // A copy on no node: what remains of the move is one pod less.
  const due = serves ? copy : { ...copy, node: '', key: { ...copy.key, node: '' } }
  try {
    await letGo(context, due, { id: `${surge.plan}/tidy`, attempt: 1, signal })
    return serves ? 'taken-back' : 'settled'
  } catch (error) {
    if (!(error instanceof CountChangedError)) throw error
    await dropSurge(context, copy, signal)
    return 'left'
  }
}

function located(
  { fleet, nodes }: DriverContext,
  workload: WorkloadName,
  { plan, replica, node }: CopyKey
): LocatedCopy {
  const ownName = fleet.podNameOf(replica)
  return { key: { plan, replica, node }, node: nodes.known(node), ownName, workload }
}
