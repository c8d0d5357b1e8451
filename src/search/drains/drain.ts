import type { Place } from '../../../models/instance/packing.js'

/** One replica of a drained node: where it runs, and where Ray Serve starts its replacement. */
export interface DrainMove {
  /** Index of the copy in the instance, whichever node it is on by now. */
  readonly copy: number
  readonly from: Place
  readonly to: Place
}

/** A node drained as a whole. Its moves in the order in which Serve chooses nodes for them. */
export interface Drain {
  readonly node: number
  readonly moves: readonly DrainMove[]
}

/**
 * Why a node cannot be drained now. held: a replica on it is pinned, in a gang, starting, or has only just
 * been started or stopped. kept: the Problem
 * does not let it go, or nothing runs there. surge: replacements of one deployment start all at once, more than allowed. budget: too many
 * starts. hop: a replica would move a second time, and must not. no-room: Serve finds no node that hosts something and has room, by
 * its sums. refused: Serve would choose a node that cannot take the replica, or must not. start-up: all at once, starting takes more
 * than the node has.
 */
export type RefusalCode = 'held' | 'kept' | 'surge' | 'budget' | 'hop' | 'no-room' | 'refused' | 'start-up'

export interface Refusal {
  readonly code: RefusalCode
  /** Indices of the copies concerned. */
  readonly copies: readonly number[]
  /** Index of the deployment concerned; −1: none. */
  readonly deployment: number
  /** The node that Serve would choose; −1: none. */
  readonly target: number
  /** Whether no drain of others before it can change that. */
  readonly isFinal: boolean
}
