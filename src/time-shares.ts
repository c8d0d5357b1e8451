/** Until when, in milliseconds from the start of the call, each phase may go on. */
export interface TimeShares {
  readonly greedyMs: number
  readonly placementMs: number
  readonly movesMs: number
  readonly sequenceMs: number
}

/**
 * Shares a time limit out. Sequencing and checks come last and must not be late: about what they take for so many copies is kept
 * for them. Where the limit is too short for even that, every phase does its least and an answer still comes.
 */
export function shareOut(limitMs: number, copies: number): TimeShares {
  const closing = Math.min(limitMs * 0.8, 300 + copies * 0.7)
  const open = limitMs - closing
  return { greedyMs: open / 2, placementMs: open * 0.8, movesMs: open, sequenceMs: open + closing * 0.6 }
}

/** Fewer moves are worth about as much waiting again as the placement took. */
export function movesUntil({ movesMs }: TimeShares, elapsedMs: number): number {
  return Math.min(movesMs, 3_000 + 2 * elapsedMs)
}
