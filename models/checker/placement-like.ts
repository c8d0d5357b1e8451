import type { Result } from '../contract/result.js'

/**
 * The part of a Result that says where everything is in the end.
 * Left out: nothing is unplaced or released. A `plan` is not checked here, but its status (a partial one may leave
 * replicas unplaced and rules broken) and its starts (hops use up the budget) are taken into account.
 */
export type PlacementLike = Pick<Result, 'placement' | 'newNodes' | 'headroom' | 'assumedDevices'> &
  Partial<Pick<Result, 'unplaced' | 'releasedNodes' | 'plan'>>
