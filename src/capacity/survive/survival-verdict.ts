/** What nothing but the lost replicas, or everything that the Problem lets move, may do about a loss. */
export type Recovery = 'none' | 'repack'

/** Whether all replicas still have a place after a loss. */
export interface Survival {
  /** fails: it is proven that they do not. */
  readonly verdict: 'survives' | 'fails' | 'undecided'
  /** Replicas that were found no place, where there are any and something is known. */
  readonly unplaced: Unplaced | null
}

/** Replicas without a place, by priority. */
export interface Unplaced {
  /** The highest priority first; only priorities of which some have no place. */
  readonly byPriority: readonly { readonly priority: number; readonly replicas: number }[]
  readonly replicas: number
  /** Whether it is proven that no placement leaves less without a place, by priority. */
  readonly isProven: boolean
}
