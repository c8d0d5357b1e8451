import { appendTo } from '../../models/grouping.js'
import { Heap } from './heap.js'
import type { Holding } from './limits.js'
import type { Progress } from './progress.js'
import type { Worth } from './worth.js'

/** How a possible next move ranks: what hinders nobody first, then what somebody waits for, then the rest. */
export interface Rank {
  readonly grade: 0 | 1 | 2
  readonly unblocks: number
  readonly worth: number
  /** How long it takes: what takes long had better begin early. */
  readonly seconds: number
  /** Seconds after which it may begin, by estimate. */
  readonly from: number
}

/** Of two possible moves, whether the left one goes first. */
export function ranksBefore(left: Rank, right: Rank): boolean {
  if (left.grade !== right.grade) return left.grade < right.grade
  const leftDuty = left.worth === Infinity
  if (leftDuty !== (right.worth === Infinity)) return leftDuty
  if (left.from !== right.from) return left.from < right.from
  if (left.unblocks !== right.unblocks) return left.unblocks > right.unblocks
  if (left.seconds !== right.seconds) return left.seconds > right.seconds
  return left.worth > right.worth
}

/** How many wait for something that a mover gives back when it leaves where it is. */
export function unblocks(progress: Progress, mover: number): number {
  const { ledger, limits } = progress
  const counters = progress.holdingOfMover(mover)?.counters ?? []
  let most = 0
  for (const counter of counters) {
    if (limits.isDevice(counter) || limits.isSurge(counter) || !ledger.isContended(counter)) continue
    most = Math.max(most, ledger.claimants[counter] as number)
  }
  const node = progress.placeOf(mover)?.node ?? -1
  return most === 0 && node >= 0 && progress.isDeviceTight(node) ? 1 : most
}

/** From the start of the new copy to the stop of the old one. */
function secondsOf({ agenda, instance }: Progress, mover: number): number {
  const deployment = instance.deployments[agenda.movers[mover]?.deployment ?? -1]
  return deployment === undefined ? 0 : deployment.startupSeconds + deployment.drainSeconds
}

export function rankOf(progress: Progress, worth: Worth, mover: number, slot: number, from = 0): Rank {
  const released = unblocks(progress, mover)
  const grade = progress.isHarmless(slot) ? 0 : released > 0 ? 1 : 2
  return { grade, unblocks: released, worth: worth.perMove(mover), seconds: secondsOf(progress, mover), from }
}

/**
 * Takes slots, best rank first, until none of those given can be taken. A blocked slot waits for the limit that blocks it.
 * `patient`: those who are away let others go first for whom somebody waits.
 */
export function orderGreedily(progress: Progress, worth: Worth, slots: readonly number[], patient = false): void {
  const { agenda } = progress
  type Entry = { readonly slot: number; readonly rank: Rank }
  const ready = new Heap<Entry>((left, right) => ranksBefore(left.rank, right.rank))
  const waiting = new Map<number, number[]>()
  const poolOf = (slot: number) => agenda.slots[slot]?.pool ?? -1
  const consider = (slot: number, from: number) => {
    if (progress.takenBy[slot] !== -1) return
    const blocker = progress.blockerOf(slot)
    if (blocker >= 0) {
      appendTo(waiting, blocker, slot)
      return
    }
    const mover = worth.departures.best(poolOf(slot), slot, patient)
    if (mover >= 0) ready.push({ slot, rank: rankOf(progress, worth, mover, slot, from) })
  }
  const wake = (freed: Holding, from: number) => {
    for (const counter of freed.counters) {
      const slotsWaiting = waiting.get(counter)
      if (slotsWaiting === undefined) continue
      waiting.delete(counter)
      for (const slot of slotsWaiting) consider(slot, from)
    }
  }
  for (const slot of slots) consider(slot, 0)
  for (let next = ready.pop(); next !== undefined; next = ready.pop()) {
    const { slot, rank } = next
    if (progress.takenBy[slot] !== -1) continue
    const mover = worth.departures.best(poolOf(slot), slot, patient)
    if (progress.blockerOf(slot) >= 0) {
      consider(slot, rank.from)
      continue
    }
    if (mover < 0) continue
    const now = rankOf(progress, worth, mover, slot, rank.from)
    // Its rank may have fallen since it was queued; ranks change only when somebody goes, so this ends.
    if (ready.size > 0 && ranksBefore(rank, now)) {
      ready.push({ slot, rank: now })
      continue
    }
    for (const freed of progress.take(mover, slot)) wake(freed, rank.from + now.seconds)
  }
}
