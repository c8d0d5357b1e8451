import type { Counted } from './budget.js'

/** Up to what, in units of the call's budget, each phase may go on; greedy: for how long. */
export interface Shares {
  readonly greedy: number
  readonly placement: number
  readonly moves: number
  readonly sequence: number
}

/** What greedy may have to itself: less is of no use to a solver. */
const SHORT = 400
/** Part of all that greedy may take beyond that: what comes after it proves something and finds better. */
const GREEDY_SHARE = 0.1

/**
 * Shares a limit out, of milliseconds or of units of work that are worth as much. Sequencing and checks come last and must not be late: about what they take for so many copies is kept
 * for them. As work they are not counted, but for programs that a blocked migration may need. Where the limit is too short for even that, every phase does its least and an answer still comes.
 */
export function shareOut(limit: number, counts: Counted, copies: number): Shares {
  const closing = counts === 'work' ? limit * 0.05 : Math.min(limit * 0.6, 300 + copies * 0.7)
  const open = limit - closing
  return {
    greedy: Math.min(open, SHORT + open * GREEDY_SHARE),
    placement: open * 0.8,
    moves: open,
    sequence: open + closing * 0.6
  }
}

/** Greedy has its time from when it begins: large Problems take as long to be read. */
export function greedyUntil({ greedy, moves }: Shares, spent: number): number {
  return Math.min(moves, spent + greedy)
}

/** Fewer moves are worth about as much waiting again as the placement took. */
export function movesUntil({ moves }: Shares, spent: number): number {
  return Math.min(moves, 3_000 + 2 * spent)
}
