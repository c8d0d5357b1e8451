import type { DescribedTarget } from '../../../models/instance/describe-target.js'

/** Whether everything that a Problem wants has a place. */
export type Fit = Fits | DoesNotFit | Undecided

/** There is a placement, and it has passed the checker. */
export interface Fits {
  readonly verdict: 'fits'
  readonly by: 'greedy' | 'engine'
  readonly placement: DescribedTarget
}

/** It is proven that there is none. */
export interface DoesNotFit {
  readonly verdict: 'impossible'
  /** counting: by what is wanted and what there is. engine: a solver proves that a program has no point, which every placement would be. */
  readonly by: 'counting' | 'engine'
  /** What stands in the way, for people. */
  readonly why: string
}

/** Neither was found within the limits. */
export interface Undecided {
  readonly verdict: 'undecided'
}

export const UNDECIDED: Undecided = { verdict: 'undecided' }
