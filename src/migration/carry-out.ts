import type { Rung } from '../../models/contract/migration-options.js'
import type { Instance } from '../../models/instance/instance.js'
import type { Target } from '../../models/instance/packing.js'
import { type Agenda, type Mover, makeAgenda, type Slot } from './agenda.js'
import { independentParts } from './components.js'
import { orderGreedily } from './greedy-order.js'
import { hopThrough } from './hops.js'
import type { Limits } from './limits.js'
import { searchOrder } from './order-search.js'
import { type HopBudget, Progress } from './progress.js'
import { emptyNodes, isBetter, Worth } from './worth.js'

/** Parts of more slots than this are ordered greedily only. */
const SEARCHABLE = 48
/** Parts of more slots than this are not searched for hops, but tried one by one. */
const HOP_SEARCHABLE = 10
const MOST_HOPS = 4
/** States searched for one part, and hops tried for it. */
const SEARCH_WORK = 10_000
const HOP_WORK = 3_000

/** How far an agenda can be carried out. */
export interface Attempt {
  readonly progress: Progress
  readonly agenda: Agenda
  readonly worth: Worth
  /** Movers that stay where they are for lack of a safe order, and the slots they would have taken. */
  readonly blocked: readonly Mover[]
  readonly blockedSlots: readonly Slot[]
  /** A search found an order where the greedy one was stuck. */
  readonly isReordered: boolean
  /** The stop-overs; in passing: on a node that hosts nothing in the end. */
  readonly hops: readonly { readonly moveCost: number; readonly isInPassing: boolean }[]
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
  let waits = agenda.waits
  const wait = () => {
    waits = waits.filter((copy) => {
      if (!progress.mayWait(copy)) return true
      progress.wait(copy)
      return false
    })
  }
  wait()
  for (const copy of agenda.stops) if (instance.copies[copy]?.state !== 'running') progress.stop(copy)
  const stops = agenda.stops.filter((copy) => instance.copies[copy]?.state === 'running')
  const later = stops.filter((copy) => {
    if (!progress.mayStop(copy)) return true
    progress.stop(copy)
    return false
  })
  const { isReordered } = climb(progress, worth, rungs, nodesInPassing(instance, target, rungs), isLate)
  wait()
  for (const copy of later) progress.stop(copy)
  wait()
  const empty = emptyNodes(instance, target)
  const isInPassing = (node: number) => empty[node] === 1 && instance.nodes[node]?.releasable === true
  const hops = progress.legs.flatMap((leg) => {
    if (leg.kind !== 'move' || progress.placeOf(leg.mover.index) === leg.to) return []
    return [{ moveCost: leg.mover.moveCost, isInPassing: isInPassing(leg.to.node) }]
  })
  return {
    progress,
    agenda,
    worth,
    blocked: agenda.movers.filter(({ index }) => progress.arrived[index] === 0),
    blockedSlots: agenda.slots.filter(({ index }) => progress.takenBy[index] === -1),
    isReordered,
    hops
  }
}

/**
 * Carries out what can be, part by part: in greedy order, else in one that a search finds. Where parts stay blocked, stop-overs:
 * searched for in everything at once when that is small, else part by part, after the others and then before them.
 */
function climb(
  progress: Progress,
  worth: Worth,
  rungs: ReadonlySet<Rung>,
  nodes: readonly number[],
  isLate: () => boolean
): { readonly isReordered: boolean } {
  const { agenda } = progress
  const start = progress.mark()
  const parts = independentParts(progress)
  let isReordered = false
  const isDone = (part: readonly number[]) => part.every((slot) => progress.takenBy[slot] !== -1)
  const search = (part: readonly number[], hops: number) =>
    searchOrder(progress, worth, part, { hops, nodes, workLimit: hops > 0 ? HOP_WORK : SEARCH_WORK, isLate })
  const order = (part: readonly number[]): boolean => {
    const mark = progress.mark()
    orderGreedily(progress, worth, part)
    if (isDone(part)) return true
    if (!rungs.has('reorder') || part.length > SEARCHABLE) return false
    progress.undo(mark)
    const isFound = search(part, 0)
    isReordered ||= isFound
    return isFound
  }
  /** Fewest stop-overs first. Leaves nothing done where it fails. */
  const searchHops = (part: readonly number[]): boolean => {
    const mark = progress.mark()
    for (let hops = 1; hops <= MOST_HOPS && part.length <= HOP_SEARCHABLE; hops++) {
      if (search(part, hops)) return true
      progress.undo(mark)
    }
    return false
  }
  const blocked: number[][] = []
  for (const part of parts) {
    const mark = progress.mark()
    if (order(part)) continue
    if (rungs.has('hop')) progress.undo(mark)
    blocked.push(part)
  }
  if (blocked.length === 0 || !rungs.has('hop')) return { isReordered }
  // What the others take may be what a stop-over needs: all together where that is small, else after them and before them.
  const isSmall = agenda.slots.length <= HOP_SEARCHABLE
  if (isSmall) {
    progress.undo(start)
    if (searchHops(parts.flat())) return { isReordered }
    progress.undo(start)
    for (const part of parts) if (!blocked.includes(part)) order(part)
  }
  const orderWithHops = (part: readonly number[]) => {
    if (!isSmall && searchHops(part)) return
    if (!order(part)) hopThrough(progress, worth, part, nodes, HOP_WORK, isLate)
  }
  const others = parts.filter((part) => !blocked.includes(part))
  const everybody = agenda.movers.map(({ index }) => index)
  for (const part of blocked) orderWithHops(part)
  if (progress.remaining === 0 || others.length === 0) return { isReordered }
  const achieved = worth.achieved(everybody)
  progress.undo(start)
  for (const part of [...blocked, ...others]) (blocked.includes(part) ? orderWithHops : order)(part)
  if (progress.remaining === 0 || isBetter(worth.achieved(everybody), achieved)) return { isReordered }
  progress.undo(start)
  for (const part of others) order(part)
  for (const part of blocked) orderWithHops(part)
  return { isReordered }
}

/** Open nodes that replicas may stop over on: those that are free to be used in passing first, bought ones only when the target has them. */
function nodesInPassing(instance: Instance, target: Target, rungs: ReadonlySet<Rung>): number[] {
  const empty = emptyNodes(instance, target)
  const usable = instance.nodes.filter(({ purchase, index, open }) => open && (purchase < 0 || empty[index] === 0))
  const inPassing = usable.filter(({ index, releasable }) => empty[index] === 1 && releasable)
  const others = usable.filter((node) => !inPassing.includes(node))
  return [...(rungs.has('delay-release') ? inPassing : []), ...others].map(({ index }) => index)
}
