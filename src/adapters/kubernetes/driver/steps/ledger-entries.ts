import type { DriverContext } from '../context.js'
import { pollUntil } from '../polling.js'
import { LEDGER } from '../state/annotations.js'
import { isOfCopy, type Ledger, readLedger, writeLedger } from '../state/ledger.js'
import type { LocatedCopy } from './locate.js'

/** Takes what was asked for off the ledger: it is done. */
export function forgetDeparture(context: DriverContext, copy: LocatedCopy, signal: AbortSignal): Promise<void> {
  const isOwn = isOfCopy(copy.key)
  return rewrite(context, copy, signal, ({ departures, ...rest }) => {
    return { ...rest, departures: departures.filter((departure) => !isOwn(departure)) }
  })
}

/** Takes a pod more off the ledger without taking it away: how many there are is somebody else's matter by now. */
export function dropSurge(context: DriverContext, copy: LocatedCopy, signal: AbortSignal): Promise<void> {
  const isOwn = isOfCopy(copy.key)
  return rewrite(context, copy, signal, ({ surges, ...rest }) => {
    return { ...rest, surges: surges.filter((surge) => !isOwn(surge)) }
  })
}

/** Writes what has become of the ledger of a workload, where it has become another. */
async function rewrite(
  context: DriverContext,
  { workload: { kind, namespace, name } }: LocatedCopy,
  signal: AbortSignal,
  change: (ledger: Ledger) => Ledger
): Promise<void> {
  const { api } = context
  if (kind === 'custom') return
  await pollUntil(context, signal, async () => {
    const workload = await api.workload(kind, namespace, name, signal)
    const ledger = readLedger(workload)
    if (ledger === null) return true
    const changed = change(ledger)
    if (changed.surges.length + changed.departures.length === ledger.surges.length + ledger.departures.length)
      return true
    const { resourceVersion } = workload.metadata
    const annotations = { [LEDGER]: writeLedger(changed) }
    await api.patchWorkload(kind, namespace, name, { metadata: { resourceVersion, annotations } }, signal)
    return true
  })
}
