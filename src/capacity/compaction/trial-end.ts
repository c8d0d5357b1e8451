import type { Fits } from '../fit/fit.js'

/** Where one order ended. */
export interface TrialEnd {
  /** Nodes, and their cost, onto which the work fits; null: it was found no place even on all. */
  readonly nodesLeft: number | null
  readonly costLeftPerHour: number | null
  /** Who placed the work on what is left. */
  readonly by: Fits['by'] | null
  /** So many nodes are needed at least in this order, as is proven; null: nothing is. */
  readonly nodesNeeded: number | null
  /** Whether that is as many as are left. */
  readonly isExact: boolean
  /** Questions that greedy repacking answered, and those that went to the engine. */
  readonly decidedByGreedy: number
  readonly askedEngine: number
}
