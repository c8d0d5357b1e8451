/** Until when, in milliseconds from the start of the call, each phase may go on. */
export interface TimeShares {
  readonly greedyMs: number
  readonly placementMs: number
  readonly movesMs: number
  readonly sequenceMs: number
}

/** Time that greedy may have to itself: less is of no use to a solver. */
const SHORT_MS = 400

/**
 * Shares a time limit out. Sequencing and checks come last and must not be late: about what they take for so many copies is kept
 * for them. Where the limit is too short for even that, every phase does its least and an answer still comes.
 */
export function shareOut(limitMs: number, copies: number): TimeShares {
  const closing = Math.min(limitMs * 0.6, 300 + copies * 0.7)
  const open = limitMs - closing
  return {
    greedyMs: Math.max(open / 2, Math.min(open, SHORT_MS)),
    placementMs: open * 0.8,
    movesMs: open,
    sequenceMs: open + closing * 0.6
  }
}

/** Fewer moves are worth about as much waiting again as the placement took. */
export function movesUntil({ movesMs }: TimeShares, elapsedMs: number): number {
  return Math.min(movesMs, 3_000 + 2 * elapsedMs)
}
