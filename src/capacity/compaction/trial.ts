import type { Problem } from '../../../models/contract/problem.js'
import { decideFit, type FitOptions } from '../fit/decide-fit.js'
import type { Fit, Fits } from '../fit/fit.js'
import type { Evidence } from '../question/options.js'
import { withoutNodes } from '../question/scenario.js'
import type { TrialEnd } from './trial-end.js'

/** Parts of what an order has left: one greedy decision, one of the engine, and one that is to prove what fits no more. */
const GREEDY_PART = 0.1
const ENGINE_PART = 0.4
const PROOF_PART = 0.2

/**
 * Takes nodes away in an order until the work no longer fits: first by bisection with greedy alone, then from there on with the
 * engine. What fits without some nodes fits without fewer of them.
 */
export async function runTrial(
  work: Problem,
  order: readonly string[],
  options: FitOptions
): Promise<TrialEnd & { readonly evidence: Omit<Evidence, 'shows'> | null }> {
  const { budget } = options
  let most = -1
  let found: Fits | null = null
  let impossible = order.length + 1
  let [greedy, engine] = [0, 0]
  const without = (count: number) => withoutNodes(work, new Set(order.slice(0, count)))
  const decide = async (count: number, solvers: FitOptions['solvers'], part: number): Promise<Fit> => {
    const fit = await decideFit(without(count), { ...options, solvers, budget: budget.share(part) })
    if (fit.verdict === 'fits' && count > most) [most, found] = [count, fit]
    if (fit.verdict === 'impossible') impossible = Math.min(impossible, count)
    return fit
  }
  let failed = order.length + 1
  while (failed - most > 1) {
    const middle = most < 0 ? 0 : Math.floor((most + failed) / 2)
    const { verdict } = await decide(middle, null, GREEDY_PART)
    greedy++
    if (verdict !== 'fits') failed = middle
    // Nothing fits on all nodes.
    if (most < 0) break
  }
  // The next one that greedy does not manage: a step at a time, for it is seldom many.
  for (let count = most + 1; options.solvers !== null && count < impossible && count <= order.length; count++) {
    if (budget.isSpent()) break
    engine++
    const { verdict } = await decide(count, options.solvers, ENGINE_PART)
    if (verdict !== 'fits') break
  }
  // Where nothing more was found, how much further it could go at best.
  for (let unknown = most + 1; most >= 0 && impossible - unknown > 1 && !budget.isSpent(); ) {
    const middle = Math.floor((unknown + impossible) / 2)
    const { verdict } = await decide(middle, options.solvers, PROOF_PART)
    if (verdict !== 'impossible') unknown = middle
    if (options.solvers === null) greedy++
    else engine++
  }
  const left = most < 0 ? null : without(most)
  const needed = impossible <= order.length ? work.nodes.length - impossible + 1 : null
  return {
    nodesLeft: left?.nodes.length ?? null,
    costLeftPerHour: left?.nodes.reduce((sum, { costPerHour }) => sum + costPerHour, 0) ?? null,
    by: (found as Fits | null)?.by ?? null,
    nodesNeeded: needed,
    isExact: most >= 0 && (needed === left?.nodes.length || most === order.length),
    decidedByGreedy: greedy,
    askedEngine: engine,
    evidence: left === null || found === null ? null : { problem: left, placement: (found as Fits).placement }
  }
}
