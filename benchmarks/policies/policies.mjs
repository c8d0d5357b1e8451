/** Who is compared with this engine on a simulated cluster: the policies of peers, each until it finds nothing more to do. */
import { clusterAutoscaler } from './cluster-autoscaler.mjs'
import { descheduler } from './descheduler.mjs'
import { karpenter, karpenterBalanced } from './karpenter/karpenter.mjs'
import { rayCompaction } from './ray/ray-compaction.mjs'
import { bestFitDecreasing, firstFitDecreasing } from './repacking/repacking.mjs'

/** @import { Instance } from '../../dist/models/instance/instance.js' */
/** @import { PackingState } from '../../dist/src/search/packing-state.js' */

/**
 * maxMoves: copies of running replicas that it may start in all; one that is moved twice counts twice. An action that needs more than
 * what is left of them is not taken. isLate: it stops at the next round once this says so.
 *
 * @typedef {{ maxMoves: number, isLate: () => boolean }} Limits
 */

/**
 * starts: copies that it started, without those that hung. rounds: actions, passes or attempts, whatever the policy does one after
 * the other. hangs: rounds that came to nothing because a copy that was started found no devices. isFixedPoint: it ended by itself,
 * not because it was late.
 *
 * @typedef {{ starts: number, rounds: number, hangs: number, isFixedPoint: boolean }} Account
 */

/**
 * @typedef {object} Policy
 * @property {string} name
 * @property {string} description One sentence for readers.
 * @property {(instance: Instance) => string | null} refuses Why it cannot take an instance, in words; null: it can.
 * @property {(state: PackingState, limits: Limits) => Account} run Changes the state. It costs no more in the end, but for replicas that had no place before.
 */

/** @type {readonly Policy[]} */
export const policies = [
  rayCompaction,
  karpenter,
  karpenterBalanced,
  clusterAutoscaler,
  descheduler,
  firstFitDecreasing,
  bestFitDecreasing
]
