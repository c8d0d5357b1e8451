/** Which bounds, and which claims that nothing is possible, cannot be true. */

/** @import { BenchInstance, BenchReport, BenchRun } from '../bench/record.mjs' */

/** The best known cost of instances, by name: of placements that move as much as the Problem allows. @typedef {ReadonlyMap<string, number>} KnownCosts */

const TOLERANCE = 1e-6

/** Migrations that are allowed, to be compared: no budget is the widest. @type {(budgetShare: number | null) => number} */
export const widthOf = (budgetShare) => budgetShare ?? Infinity

/**
 * Bounds above a placement that holds, whoever found it, are wrong; so are those above one that moves less than it may, or above what was
 * known before. And whoever calls infeasible what somebody places is wrong.
 *
 * @type {(runs: readonly BenchRun[], known?: KnownCosts) => BenchRun[]}
 */
export function refuteBounds(runs, known = new Map()) {
  const least = leastCosts(runs)
  return runs.map((run) => {
    if (run.wrong !== null || run.refused !== null) return run
    const possible = least(run.instance, run.budgetShare)
    const before = run.budgetShare === null ? (known.get(run.instance) ?? null) : null
    const wrong = refute(run, possible, 'possible') ?? refute(run, before, 'known')
    return wrong === null ? run : { ...run, wrong }
  })
}

/** The same of a whole record. @type {(report: Pick<BenchReport, 'runs' | 'instances'>) => BenchRun[]} */
export const refuteReport = ({ runs, instances }) => refuteBounds(runs, knownCosts(instances))

/** @type {(instances: readonly BenchInstance[]) => KnownCosts} */
const knownCosts = (instances) =>
  new Map(instances.flatMap(({ name, bestKnown }) => (bestKnown === null ? [] : [[name, bestKnown]])))

/** Why a run is wrong, if there is a placement of this cost. @type {(run: BenchRun, cost: number | null, is: 'possible' | 'known') => string | null} */
function refute({ termination, bound }, cost, is) {
  if (cost === null) return null
  if (termination === 'infeasible') return `calls it infeasible, yet a placement of cost ${cost} is ${is}`
  const isRefuted = bound !== null && bound > cost + TOLERANCE * Math.max(1, Math.abs(cost))
  return isRefuted ? `proves ${bound}, yet ${cost} is ${is}` : null
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
