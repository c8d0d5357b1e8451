import { isWait } from '../../../models/checker/starts.js'
import type { Step } from '../../../models/contract/plan.js'
import type { Fleet } from './fleet.js'

/** A migration, or one leg of a hop: the steps, by index, that take a running replica from one node to another. */
export type Leg = readonly number[]

/** The legs of a plan. Starts of what ran nowhere, and stops of what goes for good, belong to none. */
export function readLegs({ cluster, result }: Fleet): Leg[] {
  const legs: number[][] = []
  const byReplica = new Map<string, { started: number[][]; stopped: number[][] }>()
  for (const [index, step] of result.plan.steps.entries()) {
    if (!('replica' in step) || !isRunning(step.replica)) continue
    const own = byReplica.get(step.replica) ?? { started: [], stopped: [] }
    byReplica.set(step.replica, own)
    // The n-th start of a replica and the n-th time that it goes are one leg, whichever comes first.
    if (step.action === 'start' && isWait(cluster, step)) continue
    const list = step.action === 'start' || step.action === 'shift' ? own.started : own.stopped
    const isFirst = step.action === 'start' || step.action === 'drain' || (step.action === 'stop' && isDone(list))
    if (isFirst) list.push([index])
    else list.at(-1)?.push(index)
  }
  function isRunning(replica: string): boolean {
    const listed = cluster.replicas.get(replica)
    return listed !== undefined && listed.node !== null && listed.state !== 'draining'
  }
  /** Whether the last departure has ended, or there is none. */
  function isDone(departures: readonly (readonly number[])[]): boolean {
    const last = departures.at(-1)?.at(-1)
    return last === undefined || (result.plan.steps[last] as Step).action === 'stop'
  }
  for (const { started, stopped } of byReplica.values()) {
    for (const [order, steps] of started.entries()) legs.push([...steps, ...(stopped[order] ?? [])])
  }
  return legs
}
