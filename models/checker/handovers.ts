import { groupBy } from '../grouping.js'
import type { Cluster } from './cluster.js'
import type { PlannedCopy } from './planned-copies.js'
import type { PlannedSteps, StepOf } from './planned-steps.js'
import type { Precedence } from './precedence.js'
import type { Report } from './violations.js'

/** One copy of a replica taking over from another: from its start to the stop of the other. */
export interface Handover {
  readonly from: PlannedCopy
  readonly to: PlannedCopy
}

/**
 * The handovers of a plan. Each must be start, shift, drain, stop, surely one after the other; a copy that leaves before
 * its successor has started is `stop-first`, a rung that must be allowed.
 */
export function checkHandovers(
  cluster: Cluster,
  planned: PlannedSteps,
  copies: readonly PlannedCopy[],
  report: Report
): Handover[] {
  const { steps, precedence } = planned
  // Latest first: what a copy hands over to began just before it left.
  const positionOf = (step: number | undefined) => (step === undefined ? -1 : (precedence.position[step] as number))
  const latestFirst = [...copies].sort((a, b) => positionOf(b.start) - positionOf(a.start))
  const byReplica = groupBy(latestFirst, (copy) => copy.replica)
  const byPlace = groupBy(latestFirst, (copy) => placeKey(copy.replica, copy.node.id))
  const shifts = steps.flatMap((step, index) => (step.action === 'shift' ? [{ index, step }] : []))
  shifts.sort((a, b) => positionOf(b.index) - positionOf(a.index))
  const shiftsFrom = groupBy(shifts, ({ step }) => placeKey(step.replica, step.from))
  for (const { index, step } of shifts) {
    const copiesOn = (node: string) => byPlace.get(placeKey(step.replica, node)) ?? []
    checkShift(planned, index, step, copiesOn(step.from), copiesOn(step.to), report)
  }

  const handovers: Handover[] = []
  for (const copy of copies) {
    const { drain, replica, node } = copy
    if (drain === undefined || copy.stop === undefined) continue
    const others = (byReplica.get(replica) ?? []).filter((other) => other !== copy && other.start !== undefined)
    const successor = others.find((other) => servesAt(precedence, other, drain))
    const id = steps[drain]?.id ?? ''
    if (successor === undefined) {
      if (others.some(({ start }) => start !== undefined && !precedence.isBefore(start, drain))) {
        checkStopFirst(cluster, copy, id, report)
      }
      continue
    }
    handovers.push({ from: copy, to: successor })
    const shifted = shiftsFrom.get(placeKey(replica, node.id))?.some(({ index, step }) => {
      if (!precedence.isBefore(index, drain)) return false
      return byPlace
        .get(placeKey(replica, step.to))
        ?.some(
          (other) =>
            other.start !== undefined && precedence.isBefore(other.start, index) && servesAt(precedence, other, drain)
        )
    })
    if (!shifted) report('order', id, `${id}: ${replica} is drained without a shift away from ${node.id} before`)
  }
  return handovers
}

/** Whether a copy that the plan starts is surely there, started and not yet stopped, when a step begins. */
function servesAt(precedence: Precedence, { start, stop }: PlannedCopy, step: number): boolean {
  if (start === undefined || !precedence.isBefore(start, step)) return false
  return stop === undefined || !precedence.isBefore(stop, step)
}

function checkStopFirst(cluster: Cluster, { replica, node, listed }: PlannedCopy, id: string, report: Report): void {
  if (listed === undefined || listed.node === null) return
  const { rungs, level } = cluster.problem.migration
  if (rungs.includes('stop-first') || level === 'final') return
  const message = `${id}: ${replica} leaves ${node.id} before its successor has surely started: stop-first is not allowed`
  report('rung', id, message)
}

function checkShift(
  { steps, precedence }: PlannedSteps,
  index: number,
  { id, replica, from, to }: StepOf<'shift'>,
  sources: readonly PlannedCopy[],
  targets: readonly PlannedCopy[],
  report: Report
): void {
  const ready = targets.some((copy) => {
    const since = copy.start ?? copy.wait
    return copy.readyAtOutset || (since !== undefined && precedence.isBefore(since, index))
  })
  if (!ready) report('order', id, `${id}: the copy of ${replica} on ${to} is not surely ready`)
  if (sources.length === 0) report('order', id, `${id}: there is no copy of ${replica} on ${from}`)
  for (const copy of sources) {
    for (const leave of [copy.drain, copy.stop]) {
      if (leave === undefined || precedence.isBefore(index, leave) || precedence.isBefore(leave, index)) continue
      report('order', id, `${steps[leave]?.id} may begin before ${id}`)
    }
  }
}

function placeKey(replica: string, node: string): string {
  return JSON.stringify([replica, node])
}
