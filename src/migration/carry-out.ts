import type { Instance } from '../../models/instance/instance.js'
import type { Target } from '../../models/instance/packing.js'
import { type Agenda, type Mover, makeAgenda, type Slot } from './agenda.js'
import type { HopBudget } from './detour-budget.js'
import { climbableRungs, type DetourRung, type Detours, rungOf } from './ladder.js'
import type { Limits } from './limits.js'
import { PartOrder } from './part-order.js'
import { Progress } from './progress.js'
import { isBetter, Worth } from './worth.js'

/** How far an agenda can be carried out. */
export interface Attempt {
  readonly progress: Progress
  readonly agenda: Agenda
  readonly worth: Worth
  /** Movers that stay where they are for lack of a safe order, and the slots they would have taken. */
  readonly blocked: readonly Mover[]
  readonly blockedSlots: readonly Slot[]
  /** Surplus copies that stay in the place of newcomers that are blocked. */
  readonly kept: readonly number[]
  /** A search found an order where the greedy one was stuck. */
  readonly isReordered: boolean
  readonly detours: readonly Detour[]
}

/** A way around that a mover took: a stop-over, which is one more migration, or a time without a copy. */
export interface Detour {
  readonly rung: DetourRung
  readonly mover: Mover
  /** The node of the stop-over; −1 for who stops first. */
  readonly node: number
}

/** Finds a safe total order of everything that a target asks for: greedily, then by search, then with detours; the rest is blocked. */
export function carryOut(
  instance: Instance,
  limits: Limits,
  target: Target,
  hopBudget: HopBudget,
  isLate: () => boolean,
  /** Copies that stay in the end, and may step aside for a while. */
  lenders: readonly number[] = [],
  /** Ids of replicas that go where the target says, and nowhere else that another of their deployment goes. */
  named?: ReadonlySet<string>
): Attempt {
  const rungs = new Set(instance.problem.migration.rungs)
  const agenda = makeAgenda(instance, target, rungs.has('relabel'), lenders, named)
  const progress = new Progress(instance, limits, agenda, target, hopBudget)
  const worth = new Worth(progress, target)
  let waits = agenda.waits
  const wait = () => {
    waits = waits.filter((copy) => {
      if (!progress.standings.mayWait(copy)) return true
      progress.standings.wait(copy)
      return false
    })
  }
  wait()
  for (const copy of agenda.stops) if (instance.copies[copy]?.state !== 'running') progress.standings.stop(copy)
  for (const copy of agenda.stops) if (instance.copies[copy]?.state === 'running') progress.stopInTime(copy)
  const { isReordered } = climb(progress, worth, climbableRungs(instance, target), rungs.has('reorder'), isLate)
  wait()
  const kept = progress.endStops()
  wait()
  return {
    progress,
    agenda,
    worth,
    blocked: agenda.movers.filter(({ index }) => progress.arrived[index] === 0),
    blockedSlots: agenda.slots.filter(({ index }) => progress.takenBy[index] === -1),
    kept,
    isReordered,
    detours: detoursTaken(progress, rungOf(instance, target))
  }
}

function detoursTaken(progress: Progress, rung: (node: number) => Detour['rung']): Detour[] {
  return progress.legs.flatMap((leg): Detour[] => {
    if (leg.kind === 'leave') return [{ rung: 'stop-first', mover: leg.mover, node: -1 }]
    if (leg.kind !== 'move' || progress.placeOf(leg.mover.index) === leg.to) return []
    return [{ rung: rung(leg.to.node), mover: leg.mover, node: leg.to.node }]
  })
}

/**
 * Carries out what can be: without detours, and where parts stay blocked with those of the ladder, rung by rung until nothing is
 * blocked. Where the last rung leaves something blocked, the rung counts that achieved most.
 */
function climb(
  progress: Progress,
  worth: Worth,
  ladder: readonly Detours[],
  mayReorder: boolean,
  isLate: () => boolean
): { readonly isReordered: boolean } {
  const start = progress.mark()
  const everybody = progress.agenda.movers.map(({ index }) => index)
  const parts = new PartOrder(progress, worth, mayReorder, isLate)
  const blocked = parts.orderAll()
  if (blocked.length === 0) return parts
  let achieved = worth.achieved(everybody)
  let best: Detours | null = null
  for (const detours of ladder) {
    if (isLate()) break
    progress.undo(start)
    parts.orderWith(detours, blocked)
    if (progress.remaining === 0) return parts
    const now = worth.achieved(everybody)
    if (!isBetter(now, achieved)) continue
    achieved = now
    best = detours
  }
  if (best === ladder.at(-1) && best !== null) return parts
  progress.undo(start)
  if (best === null) parts.orderAll()
  else parts.orderWith(best, blocked)
  return parts
}
