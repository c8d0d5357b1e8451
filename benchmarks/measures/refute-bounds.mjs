/** Which bounds cannot be true. */

/** @import { BenchRun } from '../bench/record.mjs' */

const TOLERANCE = 1e-6

/** Migrations that are allowed, to be compared: no budget is the widest. @type {(budgetShare: number | null) => number} */
export const widthOf = (budgetShare) => budgetShare ?? Infinity

/**
 * Bounds above a placement that holds, whoever found it, are wrong; so are those above one that moves less than it may.
 *
 * @type {(runs: readonly BenchRun[]) => BenchRun[]}
 */
export function refuteBounds(runs) {
  const least = leastCosts(runs)
  return runs.map((run) => {
    if (run.wrong !== null || run.bound === null) return run
    const best = least(run.instance, run.budgetShare)
    const isRefuted = best !== null && run.bound > best + TOLERANCE * Math.max(1, Math.abs(best))
    return isRefuted ? { ...run, wrong: `proves ${run.bound}, yet ${best} is possible` } : run
  })
}

/**
 * The least cost of a placement that holds, by instance and budget: who may move more may also move as little. null: there is none.
 *
 * @type {(runs: readonly BenchRun[]) => (instance: string, budgetShare: number | null) => number | null}
 */
export function leastCosts(runs) {
  /** @type {Map<string, { width: number, cost: number }[]>} */
  const found = new Map()
  for (const { instance, budgetShare, cost, wrong, refused } of runs) {
    if (cost === null || wrong !== null || refused !== null) continue
    const costs = found.get(instance) ?? []
    costs.push({ width: widthOf(budgetShare), cost })
    found.set(instance, costs)
  }
  return (instance, budgetShare) => {
    const costs = (found.get(instance) ?? []).filter(({ width }) => width <= widthOf(budgetShare))
    return costs.length === 0 ? null : Math.min(...costs.map(({ cost }) => cost))
  }
}

/**
 * The highest bound, by instance and budget: what holds for whoever may move more holds for whoever may move less. null: there is none.
 *
 * @type {(runs: readonly BenchRun[]) => (instance: string, budgetShare: number | null) => number | null}
 */
export function highestBounds(runs) {
  return (instance, budgetShare) => {
    const bounds = runs.flatMap((run) => {
      const holds = run.instance === instance && widthOf(run.budgetShare) >= widthOf(budgetShare)
      return holds && run.wrong === null && run.bound !== null ? [run.bound] : []
    })
    return bounds.length === 0 ? null : Math.max(...bounds)
  }
}
