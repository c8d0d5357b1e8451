import type { Instance } from '../../models/instance/instance.js'
import type { Target } from '../../models/instance/packing.js'
import type { Rung } from '../../models/contract/migration-options.js'
import { type Agenda, makeAgenda, type Mover, type Slot } from './agenda.js'
import { independentParts } from './components.js'
import { orderGreedily } from './greedy-order.js'
import { hopThrough } from './hops.js'
import type { Limits } from './limits.js'
import { searchOrder } from './order-search.js'
import { type HopBudget, Progress } from './progress.js'
import { emptyNodes, Worth } from './worth.js'

/** Parts of more slots than this are ordered greedily only. */
const SEARCHABLE = 48
/** States searched for one part, and hops tried for it. */
const SEARCH_WORK = 20_000
const HOP_WORK = 2_000

/** How far an agenda can be carried out. */
export interface Attempt {
  readonly progress: Progress
  readonly agenda: Agenda
  /** Movers that stay where they are for lack of a safe order, and the slots they would have taken. */
  readonly blocked: readonly Mover[]
  readonly blockedSlots: readonly Slot[]
  /** Moves of the parts that reordering alone has unblocked. */
  readonly reordered: number
  readonly hops: number
  readonly hopCost: number
}

/** Finds a safe total order of everything that a target asks for: greedily, then by search, then with hops; the rest is blocked. */
export function carryOut(
  instance: Instance,
  limits: Limits,
  target: Target,
  rungs: ReadonlySet<Rung>,
  hopBudget: HopBudget,
  isLate: () => boolean
): Attempt {
  const agenda = makeAgenda(instance, target, rungs.has('relabel'))
  const progress = new Progress(instance, limits, agenda, target, hopBudget)
  const worth = new Worth(progress, target)
  for (const copy of agenda.waits) progress.wait(copy)
  for (const copy of agenda.stops) if (instance.copies[copy]?.state !== 'running') progress.stop(copy)
  const stops = agenda.stops.filter((copy) => instance.copies[copy]?.state === 'running')
  const later = stops.filter((copy) => {
    if (!progress.mayStop(copy)) return true
    progress.stop(copy)
    return false
  })
  const passable = nodesInPassing(instance, target, rungs)
  let reordered = 0
  for (const part of independentParts(progress)) {
    const mark = progress.mark()
    orderGreedily(progress, worth, part)
    const isDone = () => part.every((slot) => progress.takenBy[slot] !== -1)
    if (isDone()) continue
    if (rungs.has('reorder') && part.length <= SEARCHABLE) {
      progress.undo(mark)
      if (searchOrder(progress, worth, part, SEARCH_WORK, isLate)) {
        reordered += part.length
        continue
      }
    }
    if (rungs.has('hop')) hopThrough(progress, worth, part, passable, HOP_WORK, isLate)
  }
  for (const copy of later) progress.stop(copy)
  const hops = progress.legs.filter((leg) => leg.kind === 'move' && isStopOver(progress, leg.mover, leg.to.node))
  return {
    progress,
    agenda,
    blocked: agenda.movers.filter(({ index }) => progress.arrived[index] === 0),
    blockedSlots: agenda.slots.filter(({ index }) => progress.takenBy[index] === -1),
    reordered,
    hops: hops.length,
    hopCost: hops.reduce((sum, leg) => sum + (leg.kind === 'move' ? leg.mover.moveCost : 0), 0)
  }
}

function isStopOver(progress: Progress, mover: Mover, node: number): boolean {
  return progress.placeOf(mover.index)?.node !== node
}

/** Open nodes that replicas may stop over on: those that are free to be used in passing first, bought ones only when the target has them. */
function nodesInPassing(instance: Instance, target: Target, rungs: ReadonlySet<Rung>): number[] {
  const empty = emptyNodes(instance, target)
  const listed = instance.nodes.filter(({ purchase, index, open }) => open && (purchase < 0 || empty[index] === 0))
  const isFree = (index: number) => empty[index] === 1
  const inPassing = rungs.has('delay-release') ? listed.filter(({ index }) => isFree(index)) : []
  return [...inPassing, ...listed.filter(({ index, releasable }) => !isFree(index) || !releasable)]
    .map(({ index }) => index)
    .filter((index, position, all) => all.indexOf(index) === position)
}
