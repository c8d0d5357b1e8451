/** What costs are held against. */
import { leastCosts } from './refute-bounds.mjs'

/** @import { BenchInstance, BenchRun } from '../bench/record.mjs' */

/**
 * The cheapest cost that is known of an instance with a budget: of all placements that hold and, where no budget is set, of what was
 * known beside these runs. A placement counts here even where its finder's bound is refuted. null: nobody knows any.
 *
 * @type {(runs: readonly BenchRun[]) => (instance: BenchInstance, budgetShare: number | null) => number | null}
 */
export function referenceCosts(runs) {
  const least = leastCosts(runs)
  return ({ name, bestKnown }, budgetShare) => {
    const costs = [least(name, budgetShare), budgetShare === null ? bestKnown : null]
    const known = costs.flatMap((cost) => (cost === null ? [] : [cost]))
    return known.length === 0 ? null : Math.min(...known)
  }
}
