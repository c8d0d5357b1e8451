import type { Place } from '../../models/instance/packing.js'
import { orderGreedily, rankOf, ranksBefore, unblocks } from './greedy-order.js'
import { type Detours, inTurn } from './ladder.js'
import type { Progress } from './progress.js'
import { type Achievement, isBetter, type Worth } from './worth.js'

/** A mover takes a slot, stops over at a place that is not its own, or goes before its successor starts. */
type Choice =
  | { readonly mover: number; readonly slot: number }
  | { readonly mover: number; readonly stopOver: Place }
  | { readonly mover: number; readonly leaves: true }

export interface SearchEffort {
  /** Most detours, and of which kind. */
  readonly most: number
  readonly detours: Detours
  /** States looked at. */
  readonly workLimit: number
  readonly isLate: () => boolean
}

/**
 * Searches which possible move comes next, depth first, with memory of the sets of moves done from which the rest was not
 * reached; complete up to the effort's limits. Leaves the progress in the best state found without detours; true: everybody has
 * arrived.
 */
export function searchOrder(
  progress: Progress,
  worth: Worth,
  slots: readonly number[],
  { most, detours, workLimit, isLate }: SearchEffort
): boolean {
  const { agenda } = progress
  const poolOf = (slot: number) => agenda.pools[agenda.slots[slot]?.pool ?? -1]?.movers ?? []
  const movers = [...new Set(slots.flatMap(poolOf))]
  const path: Choice[] = []
  let best: Choice[] = []
  let bestAchieved: Achievement = worth.achieved(movers)
  const failed = new Set<string>()
  let work = 0

  const takes = (isFree: boolean): Choice[] => {
    const open = slots.filter((slot) => progress.takenBy[slot] === -1 && progress.blockerOf(slot) < 0)
    // What hinders no other slot needs no alternative, unless a stop-over could want the room.
    const harmless = isFree ? undefined : open.find((slot) => progress.isHarmless(slot))
    return (harmless === undefined ? open : [harmless])
      .flatMap((slot) =>
        alikeOnce(progress, poolOf(slot))
          .filter((mover) => progress.suits(mover, slot))
          .map((mover) => ({ mover, slot, rank: rankOf(progress, worth, mover, slot) }))
      )
      .sort((left, right) => Number(ranksBefore(right.rank, left.rank)) - Number(ranksBefore(left.rank, right.rank)))
  }
  /** One after the other, as each state is left as it was found: most often the first will do. */
  function* waysAround(): Generator<Choice> {
    const candidates = movers
      .filter((mover) => progress.arrived[mover] === 0 || agenda.movers[mover]?.lends === true)
      .map((mover) => ({ mover, gain: unblocks(progress, mover) }))
      .sort((left, right) => right.gain - left.gain)
    for (const { mover } of candidates) {
      for (const node of progress.waysAround.mayHop(mover)
        ? inTurn(detours.nodes, progress.waysAround.lastStopOver)
        : []) {
        const stopOver = node === progress.placeOf(mover)?.node ? null : progress.waysAround.stopOver(mover, node)
        if (stopOver !== null) yield { mover, stopOver }
      }
      if (detours.stopFirst && progress.waysAround.mayLeave(mover)) yield { mover, leaves: true }
    }
  }
  const explore = (left: number): boolean => {
    if (slots.every((slot) => progress.takenBy[slot] !== -1)) return true
    const key = `${left}${stateKey(progress, movers, slots)}`
    if (failed.has(key)) return false
    if (++work > workLimit || isLate()) return false
    if (progress.away.size === 0) {
      const achieved = worth.achieved(movers)
      if (left === most && isBetter(achieved, bestAchieved)) {
        best = [...path]
        bestAchieved = achieved
      }
    }
    const attempt = (choice: Choice): boolean => {
      const mark = progress.mark()
      if ('slot' in choice) progress.take(choice.mover, choice.slot)
      else if ('leaves' in choice) progress.waysAround.leave(choice.mover)
      else progress.waysAround.hop(choice.mover, choice.stopOver)
      path.push(choice)
      if (explore('slot' in choice ? left : left - 1)) return true
      path.pop()
      progress.undo(mark)
      return false
    }
    for (const choice of takes(left > 0)) {
      // Looking at the other choices may have given its devices away.
      if ('slot' in choice && progress.blockerOf(choice.slot) >= 0) continue
      if (attempt(choice)) return true
      if (work > workLimit) return false
    }
    for (const choice of left > 0 ? waysAround() : []) {
      if (attempt(choice)) return true
      if (work > workLimit) return false
    }
    failed.add(key)
    return false
  }

  if (explore(most)) return true
  for (const choice of best) {
    if ('slot' in choice && progress.blockerOf(choice.slot) < 0) progress.take(choice.mover, choice.slot)
  }
  orderGreedily(progress, worth, slots)
  return false
}

/** Movers of a pool that have not arrived, one for each node and set of devices that they would leave. */
function alikeOnce(progress: Progress, movers: readonly number[]): number[] {
  const seen = new Set<string>()
  return movers.filter((mover) => {
    if (progress.arrived[mover] === 1) return false
    const place = progress.placeOf(mover)
    const key = place === undefined ? '' : `${place.node}:${JSON.stringify(place.devices)}`
    return !seen.has(key) && seen.add(key)
  })
}

function stateKey(progress: Progress, movers: readonly number[], slots: readonly number[]): string {
  let key = progress.away.size === 0 ? '' : progress.waysAround.spent
  for (const mover of movers) {
    if (!progress.away.has(mover)) key += progress.arrived[mover]
    else {
      const { node = -1, devices = [] } = progress.placeOf(mover) ?? {}
      key += `@${node}:${devices.join('/')};`
    }
  }
  for (const slot of slots) key += progress.takenBy[slot] === -1 ? '-' : '+'
  return key
}
