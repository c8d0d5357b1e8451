/** How a level of growth was found to fit, or not to. */
export type Source = 'counting' | 'greedy' | 'engine'

/** How much more there may be of something, and how much more there can be at most. */
export interface Growth {
  /** Replicas that are wanted now. */
  readonly replicas: number
  /** The largest growth for which a placement is known, and has passed the checker; null where not even what is wanted now fits. */
  readonly fits: Extent | null
  /** The least growth that is proven impossible; null where nothing is proven as far as was looked. */
  readonly provenLimit: Limit | null
  /**
   * How far they are apart: (most − fits) / most in replicas, where `most` is the last growth that is not excluded. 0: exact. null:
   * nothing fits, or nothing is excluded.
   */
  readonly gap: number | null
}

/** So many replicas more than now. */
export interface Extent {
  readonly added: number
  /** Up to which factor on what is wanted now that is enough, every count rounded up; null where nothing is wanted now. */
  readonly factor: number | null
  /** How it was found. */
  readonly by: Source
}

export interface Limit extends Extent {
  /** Beyond this factor it is impossible; null where nothing is wanted now. */
  readonly above: number | null
  /** What stands in the way, for people. */
  readonly why: string
}
