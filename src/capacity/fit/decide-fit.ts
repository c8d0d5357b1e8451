import type { Problem } from '../../../models/contract/problem.js'
import { compileInstance } from '../../../models/instance/compile.js'
import { describeTarget } from '../../../models/instance/describe-target.js'
import type { Instance } from '../../../models/instance/instance.js'
import { Budget } from '../../budget.js'
import { explainInfeasible } from '../../result/explain-infeasible.js'
import { Incumbents } from '../../search/incumbents.js'
import { searchPacking } from '../../search/portfolio.js'
import { costSearches } from '../../search/search-record.js'
import type { SolverTeam } from '../../search/solver-team.js'
import { boundByType } from '../../search/type-bound.js'
import { startStopwatch } from '../../stopwatch.js'
import { breathe } from '../../turns.js'
import { type DoesNotFit, type Fit, type Fits, UNDECIDED } from './fit.js'
import { fitGreedily } from './greedy-fit.js'

export interface FitOptions {
  /** null: greedy alone, and proofs by counting. */
  readonly solvers: SolverTeam | null
  readonly budget: Budget
  readonly signal: AbortSignal
  readonly seed: number
  readonly threads: number
}

/** Parts of the budget that greedy, and the program by type, may take where solvers go on after them. */
const GREEDY_SHARE = 0.25
const TYPE_SHARE = 0.4
/** Nothing stops the search for a place but a place: any cost will do. */
const ANY_GAP = 1e-4

/**
 * Whether everything that a Problem of `roomProblem` wants has a place: first by counting, then greedily, then with the whole engine,
 * which is stopped by the first placement that the checker passes, or by a proof that there is none. The placement has all that is
 * wanted and breaks nothing. Throws the signal's reason on an abort.
 */
export async function decideFit(problem: Problem, options: FitOptions): Promise<Fit> {
  const instance = compileInstance(problem)
  const search = new FitSearch(instance, options.signal)
  const contradiction = await findContradiction(instance, options)
  if (contradiction !== null) return contradiction
  const { solvers, budget, signal } = options
  const forGreedy = solvers === null ? budget : budget.share(GREEDY_SHARE)
  for (const state of fitGreedily(instance, forGreedy)) {
    if (state !== null) search.incumbents.offer(state, 'greedy')
    if (search.found !== null) break
    await breathe()
    signal.throwIfAborted()
  }
  if (search.found !== null) return fitBy('greedy', instance, search)
  if (solvers === null) return UNDECIDED
  if (!budget.countsWork) return (await searchWithSolvers(instance, search, { ...options, solvers })) ?? UNDECIDED
  // What a search that was stopped has done by then depends on the clock: as work it counts as all that it might do.
  const { workLimit, timeLimitMs } = budget.grant
  const own = Budget.ofWork(workLimit, startStopwatch(timeLimitMs))
  const fit = await searchWithSolvers(instance, search, { ...options, solvers, budget: own })
  budget.charge(workLimit)
  return fit ?? UNDECIDED
}

async function findContradiction(instance: Instance, { budget, signal }: FitOptions): Promise<DoesNotFit | null> {
  const { parts } = await explainInfeasible(instance, { budget, signal, solvers: null })
  const proof = parts.find(({ isProof }) => isProof)
  return proof === undefined ? null : { verdict: 'impossible', by: 'counting', why: `${proof.path}: ${proof.message}` }
}

async function searchWithSolvers(
  instance: Instance,
  search: FitSearch,
  { solvers, budget, signal, seed, threads }: FitOptions & { readonly solvers: SolverTeam }
): Promise<Fit | null> {
  const { incumbents } = search
  const limits = { relativeGap: ANY_GAP, signal: search.signal }
  const impossible: DoesNotFit = {
    verdict: 'impossible',
    by: 'engine',
    why: 'a relaxation of the whole program has no solution'
  }
  if (await boundByType(incumbents, solvers, { ...limits, budget: budget.share(TYPE_SHARE) })) return impossible
  signal.throwIfAborted()
  const isInfeasible = await searchPacking(incumbents, {
    ...limits,
    solvers,
    budget,
    seed,
    threads,
    // The program by type has had its time.
    searches: costSearches.filter((name) => name !== 'bound-by-type')
  })
  signal.throwIfAborted()
  if (search.found !== null) return fitBy('engine', instance, search)
  return isInfeasible ? { ...impossible, why: 'a solver proves that the whole program has no solution' } : null
}

function fitBy(by: Fits['by'], instance: Instance, { found }: FitSearch): Fits {
  if (found === null) throw new RangeError('fitBy without a placement')
  return { verdict: 'fits', by, placement: describeTarget(instance, found.target) }
}

/** A search that is over with the first placement that has everything and breaks nothing. */
class FitSearch {
  readonly incumbents: Incumbents
  /** Aborted by the caller, or as something is found. */
  readonly signal: AbortSignal
  found: Incumbents['best'] = null

  constructor(instance: Instance, outer: AbortSignal) {
    const stop = new AbortController()
    this.signal = AbortSignal.any([outer, stop.signal])
    this.incumbents = new Incumbents(instance, startStopwatch(Infinity), {
      onChange: () => {
        const { best } = this.incumbents
        if (this.found !== null || best === null || best.worth.missing > 0 || best.worth.broken > 0) return
        this.found = best
        stop.abort()
      }
    })
  }
}
