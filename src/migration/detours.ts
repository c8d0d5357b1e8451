import type { Mover } from './agenda.js'
import { orderGreedily, unblocks } from './greedy-order.js'
import { type Detours, inTurn } from './ladder.js'
import type { Progress } from './progress.js'
import type { Worth } from './worth.js'

/** Most detours nested in each other. */
const DEPTH = 3
/** Nodes tried for one stop-over. */
const BREADTH = 12

/**
 * Frees blocked moves by letting some replicas stop over elsewhere, or stop first. A detour is kept only if everybody who made
 * one gets home and more slots are taken than before. Fewest detours first; `workLimit` bounds the trials.
 *
 * @returns whether every slot given is taken
 */
export function detour(
  progress: Progress,
  worth: Worth,
  slots: readonly number[],
  { nodes, stopFirst }: Detours,
  workLimit: number,
  isLate: () => boolean
): boolean {
  const { agenda, lenders } = progress
  let work = 0
  const isSpent = () => work > workLimit || isLate()
  const open = () => slots.filter((slot) => progress.takenBy[slot] === -1)
  const tryDetour = (depth: number, before: number): boolean => {
    const helps = (set: () => void, isShared: boolean): boolean => {
      work++
      const mark = progress.mark()
      set()
      // The room that it leaves may serve many of its pool, one after the other; else it comes home as soon as it can.
      if (isShared) {
        const away = progress.mark()
        orderGreedily(progress, worth, open(), true)
        if (progress.away.size === 0 && progress.remaining < before) return true
        progress.undo(away)
      }
      orderGreedily(progress, worth, open())
      if (progress.away.size === 0 && progress.remaining < before) return true
      if (depth > 1 && tryDetour(depth - 1, before)) return true
      progress.undo(mark)
      return false
    }
    const pools = [...new Set(open().map((slot) => agenda.slots[slot]?.pool ?? -1))]
    const waiting = pools.flatMap((pool) => agenda.pools[pool]?.movers ?? [])
    const movers = [...new Set([...waiting, ...lenders])]
      .filter(
        (mover) => (progress.arrived[mover] === 0 || agenda.movers[mover]?.lends === true) && !progress.away.has(mover)
      )
      .map((mover) => ({ mover, unblocks: unblocks(progress, mover) }))
      .filter((candidate) => candidate.unblocks > 0)
      .sort((left, right) => right.unblocks - left.unblocks || left.mover - right.mover)
    for (const { mover } of movers) {
      if (isSpent()) return false
      let tried = 0
      const isShared = (agenda.pools[agenda.movers[mover]?.pool ?? -1]?.movers.length ?? 0) > 1
      for (const node of progress.waysAround.mayHop(mover) ? inOrder(progress, nodes, mover) : []) {
        if (isSpent()) return false
        const place = progress.waysAround.stopOver(mover, node)
        if (place === null) continue
        if (++tried > BREADTH) break
        if (helps(() => progress.waysAround.hop(mover, place), isShared)) return true
      }
      if (isSpent()) return false
      if (stopFirst && progress.waysAround.mayLeave(mover) && helps(() => progress.waysAround.leave(mover), isShared))
        return true
    }
    return false
  }
  for (let depth = 1; depth <= DEPTH && open().length > 0; depth++) {
    while (open().length > 0 && tryDetour(depth, progress.remaining)) depth = 1
  }
  return open().length === 0
}

/** Of the nodes with room, those where the stop-over leaves room for all who still want to come, before those where it does not. */
function inOrder(progress: Progress, nodes: Detours['nodes'], mover: number): number[] {
  const here = progress.placeOf(mover)?.node
  const { from, deployment } = progress.agenda.movers[mover] as Mover
  const unclaimed = (node: number) =>
    (progress.slotsAt[node] as number[]).every((slot) => progress.takenBy[slot] !== -1)
  const others = [...inTurn(nodes, progress.waysAround.lastStopOver)].filter(
    (node) => node !== here && node !== from && progress.waysAround.hasAmounts(deployment, node)
  )
  return [...others.filter(unclaimed), ...others.filter((node) => !unclaimed(node))]
}
