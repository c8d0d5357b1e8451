import type { Step } from '../../../models/contract/plan.js'
import type { Leg } from './legs.js'
import type { Change, StepChanges } from './step-changes.js'

/** The beginning or the end of a step, in the order in which a plan is played. */
export interface PlayedEvent {
  readonly step: number
  readonly seconds: number
  readonly changes: readonly Change[]
  readonly isEnd: boolean
  /** How many legs are in flight and done after it, against before. */
  readonly flights: number
  readonly landings: number
}

type Place = readonly [step: number, isEnd: boolean]

/** Each step begins and ends before the next. */
export function listOrder(steps: readonly Step[]): Place[] {
  return steps.flatMap((_, index): Place[] => [
    [index, false],
    [index, true]
  ])
}

/**
 * By schedule. At the same time first what ends then, then what begins and ends at once, in the order of the list, then what begins:
 * what is given back is there for those that take.
 */
export function timeOrder(steps: readonly Step[]): Place[] {
  const rank = ([index, isEnd]: Place) => {
    const { startSeconds, endSeconds } = steps[index] as Step
    return startSeconds === endSeconds ? 1 : isEnd ? 0 : 2
  }
  const timeOf = ([index, isEnd]: Place) => secondsOf(steps, index, isEnd)
  // The sort is stable.
  return listOrder(steps).sort((one, other) => timeOf(one) - timeOf(other) || rank(one) - rank(other))
}

function secondsOf(steps: readonly Step[], index: number, isEnd: boolean): number {
  const { startSeconds, endSeconds } = steps[index] as Step
  return isEnd ? endSeconds : startSeconds
}

/** A leg is in flight from the first of its steps until the last has ended. */
export function withFlights(
  order: readonly Place[],
  legs: readonly Leg[],
  changes: readonly StepChanges[],
  steps: readonly Step[]
): PlayedEvent[] {
  const legOf = new Map(legs.flatMap((leg, index) => leg.map((step) => [step, index] as const)))
  const left = legs.map((leg) => 2 * leg.length)
  return order.map(([step, isEnd]) => {
    const leg = legOf.get(step)
    const isTakeOff = leg !== undefined && left[leg] === 2 * (legs[leg]?.length ?? 0)
    if (leg !== undefined) left[leg] = (left[leg] ?? 0) - 1
    const isLanding = leg !== undefined && left[leg] === 0
    return {
      step,
      isEnd,
      seconds: secondsOf(steps, step, isEnd),
      changes: (isEnd ? changes[step]?.end : changes[step]?.begin) ?? [],
      flights: Number(isTakeOff) - Number(isLanding),
      landings: Number(isLanding)
    }
  })
}

/** How many events there are until then, found by halving. */
export function countUntil(events: readonly PlayedEvent[], seconds: number): number {
  let [least, most] = [0, events.length]
  while (least < most) {
    const middle = (least + most) >> 1
    if ((events[middle] as PlayedEvent).seconds <= seconds) least = middle + 1
    else most = middle
  }
  return least
}
