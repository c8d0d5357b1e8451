import type { Instance } from '../../models/instance/instance.js'
import type { Target } from '../../models/instance/packing.js'
import { fund } from './funding.js'
import type { Leg } from './legs.js'
import { addLifecycle } from './lifecycle.js'
import type { Limits } from './limits.js'
import { type Schedule, schedule } from './schedule.js'
import type { StepGraph, StepNode } from './step-graph.js'

/** Legs in a safe total order, and their steps. */
interface Order {
  readonly legs: readonly Leg[]
  readonly graph: StepGraph
}
interface Arrangement extends Order {
  readonly times: Schedule
}

const MOST_ROUNDS = 6
/** Steps funded anew in all rounds together: of large migrations the first order is as good as any. */
const MOST_STEPS = 40_000
/** Within this factor of the bound a schedule is good enough. */
const CLOSE = 1.002

/**
 * Schedules steps; then, as long as that may help, puts the legs into the order in which they began, lets those who begin earlier be
 * paid first, by what is there by then, and schedules anew. The shortest schedule counts, of equals the first.
 *
 * That order is safe: legs wait for each other with their first steps only, so that one leg after the other, by their first
 * steps, is an order that respects `after`.
 */
export function arrange(
  instance: Instance,
  limits: Limits,
  target: Target,
  first: Order,
  {
    worth,
    least,
    isLate
  }: {
    readonly worth: (step: StepNode) => number
    /** No schedule is shorter. */
    readonly least: number
    readonly isLate: () => boolean
  }
): Arrangement {
  const runTime = instance.problem.migration.limits
  const arrangementOf = (order: Order, byDelivery: boolean) => ({
    ...order,
    times: schedule(order.graph, runTime, worth, byDelivery)
  })
  const shorter = (left: Arrangement, right: Arrangement) =>
    right.times.makespan < left.times.makespan - 1e-9 ? right : left
  let best = arrangementOf(first, false)
  const mayImprove = () => best.times.makespan > least * CLOSE && !isLate()
  if (!mayImprove()) return best
  best = shorter(best, arrangementOf(first, true))
  let latest = best
  const rounds = Math.min(MOST_ROUNDS, Math.floor(MOST_STEPS / first.graph.steps.length))
  for (let round = 0; round < rounds && mayImprove(); round++) {
    const { legs, endsOf } = byBeginning(latest)
    const graph = fund(instance, limits, legs, endsOf)
    addLifecycle(instance, target, graph)
    latest = arrangementOf({ legs, graph }, round % 2 === 1)
    best = shorter(best, latest)
  }
  return best
}

/** Legs in the order in which they began, and when the steps of each ended. */
function byBeginning({ legs, graph, times }: Arrangement) {
  const position = new Int32Array(graph.steps.length)
  for (const [at, step] of times.order.entries()) position[step] = at
  const begun = legs.map((leg, index) => {
    const step = graph.firstOf[index] as number
    return { leg, step, at: position[step] as number }
  })
  begun.sort((left, right) => left.at - right.at)
  // Four at most; what follows the last step of a shorter leg is never asked for.
  const ends = ({ leg, step }: (typeof begun)[number]) => [leg, times.end.subarray(step, step + 4)] as const
  return { legs: begun.map(({ leg }) => leg), endsOf: new Map(begun.map(ends)) }
}
