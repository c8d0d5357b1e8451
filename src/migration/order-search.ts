import { orderGreedily, rankOf, ranksBefore } from './greedy-order.js'
import type { Progress } from './progress.js'
import { type Achievement, isBetter, type Worth } from './worth.js'

type Choice = { readonly mover: number; readonly slot: number }

/**
 * Searches which possible move comes next, depth first, with memory of the sets of moves done from which the rest was not
 * reached; complete up to `workLimit` states. Leaves the progress in the best state found; true: everybody has arrived.
 */
export function searchOrder(
  progress: Progress,
  worth: Worth,
  slots: readonly number[],
  workLimit: number,
  isLate: () => boolean
): boolean {
  const { agenda } = progress
  const movers = [...new Set(slots.flatMap((slot) => agenda.pools[agenda.slots[slot]?.pool ?? -1]?.movers ?? []))]
  const path: Choice[] = []
  let best: Choice[] = []
  let bestAchieved: Achievement = worth.achieved(movers)
  const failed = new Set<string>()
  let work = 0

  const choices = (): Choice[] => {
    const open = slots.filter((slot) => progress.takenBy[slot] === -1 && progress.blockerOf(slot) < 0)
    const harmless = open.find((slot) => progress.isHarmless(slot))
    const candidates = (harmless === undefined ? open : [harmless]).flatMap((slot) =>
      alikeOnce(progress, agenda.pools[agenda.slots[slot]?.pool ?? -1]?.movers ?? []).map((mover) => ({
        mover,
        slot,
        rank: rankOf(progress, worth, mover, slot)
      }))
    )
    return candidates.sort(
      (left, right) => Number(ranksBefore(right.rank, left.rank)) - Number(ranksBefore(left.rank, right.rank))
    )
  }
  const explore = (): boolean => {
    if (slots.every((slot) => progress.takenBy[slot] !== -1)) return true
    const key = stateKey(progress, movers, slots)
    if (failed.has(key)) return false
    if (++work > workLimit || isLate()) return false
    const achieved = worth.achieved(movers)
    if (isBetter(achieved, bestAchieved)) {
      best = [...path]
      bestAchieved = achieved
    }
    for (const choice of choices()) {
      const mark = progress.mark()
      // Looking at the other choices may have given its devices away.
      if (progress.blockerOf(choice.slot) >= 0) continue
      progress.take(choice.mover, choice.slot)
      path.push(choice)
      if (explore()) return true
      path.pop()
      progress.undo(mark)
      if (work > workLimit) return false
    }
    failed.add(key)
    return false
  }

  if (explore()) return true
  for (const { mover, slot } of best) if (progress.blockerOf(slot) < 0) progress.take(mover, slot)
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
  let key = ''
  for (const mover of movers) key += progress.arrived[mover]
  for (const slot of slots) key += progress.takenBy[slot] === -1 ? '-' : '+'
  return key
}
