import { parseProblem } from '../models/contract/parse.js'
import type { ProblemInput } from '../models/contract/problem.js'
import type { Result } from '../models/contract/result.js'
import type { Unchecked } from '../models/contract/unchecked.js'
import { compileInstance } from '../models/instance/compile.js'
import { Budget, type Counted } from './budget.js'
import { describeSolvers, findMissingSolver, listSearchers, noteTrouble, withSolvers } from './chosen-solvers.js'
import { CompactRun, type RunContext } from './compact-run.js'
import { type CompactOptions, isSignal, type ResolvedOptions, resolveOptions } from './options.js'
import { planDrains } from './plan-drains.js'
import { Profile } from './profile.js'
import { reachAnswer } from './reach-answer.js'
import { assembleNothing } from './result/assemble-nothing.js'
import { withCertificate, withoutFunding } from './result/certificate.js'
import { explainInfeasible } from './result/explain-infeasible.js'
import { fingerprint } from './result/fingerprint.js'
import { offerStart, readStart } from './result/read-start.js'
import { coveringBound } from './search/covering-bound.js'
import { searchGreedily } from './search/greedy/greedy-search.js'
import { Incumbents } from './search/incumbents.js'
import { minimiseMoves } from './search/minimise-moves.js'
import { searchPacking } from './search/portfolio.js'
import type { SolverTeam } from './search/solver-team.js'
import type { Branch } from './solvers/patterns/branching.js'
import { startStopwatch } from './stopwatch.js'
import { greedyUntil, movesUntil, type Shares, shareOut } from './time-shares.js'

/**
 * Plans a cluster onto the cheapest nodes: the placement, a proven bound on its cost, and the safe migration to it.
 *
 * `problem` is a Problem as in the contract; it is validated. Await the run for the Result, or iterate it for placements as they
 * come. Placement and plan are checked whoever made them; of a bound, and of a claim that there is no placement, only what a known
 * placement contradicts can be refuted. It rejects with InputError for what is no Problem, and with the signal's reason on an abort; a deadline never rejects.
 */
export function compact(problem: Unchecked<ProblemInput>, options: CompactOptions = {}): CompactRun {
  const signal: unknown = options?.signal
  return new CompactRun(
    async (run) => {
      const resolved = resolveOptions(options)
      const profile = new Profile()
      const result = await withSolvers(resolved, (solvers) =>
        profile.time('total', () => plan(problem, { ...resolved, solvers }, run, profile))
      )
      return resolved.profile ? { ...result, solve: { ...result.solve, profile: profile.describe() } } : result
    },
    isSignal(signal) ? signal : undefined
  )
}

async function plan(
  input: unknown,
  options: ResolvedOptions & { readonly solvers: SolverTeam | null },
  run: RunContext,
  profile: Profile
): Promise<Result> {
  const { solvers } = options
  const { workLimit } = options
  const watch = startStopwatch(options.timeLimitMs)
  const budget = workLimit === Infinity ? Budget.ofTime(watch) : Budget.ofWork(workLimit, watch)
  const problem = profile.time('parse', () => parseProblem(input))
  const compiled = profile.time('compile', () => compileInstance(problem, options))
  if (options.executableOn !== undefined) return await planDrains(compiled, { options, watch, budget, run, profile })
  const sharesOf = (limit: number, counts: Counted) => shareOut(limit, counts, compiled.copies.length)
  const shareFor = (phase: Exclude<keyof Shares, 'greedy'>) =>
    budget.until((limit, _, counts) => sharesOf(limit, counts)[phase])
  const forGreedy = () => budget.until((limit, spent, counts) => greedyUntil(sharesOf(limit, counts), spent))
  const forStart = forGreedy()
  const start =
    options.start === undefined
      ? null
      : profile.time('start', () => readStart(compiled, options.start, () => forStart.isLate()))
  const instance = start?.instance ?? compiled
  const incumbents = new Incumbents(instance, watch, { onChange: () => run.report(incumbents), profile })
  const search = { ...options, signal: run.signal }
  const forPlacement = shareFor('placement')
  const missing = findMissingSolver(options.solver, solvers, forPlacement, run.signal)

  await incumbents.measure('covering-bound', (own) =>
    own.raiseCostBound(own.time('bound', () => coveringBound(instance)))
  )
  run.enter('greedy', incumbents, options)
  const startNotes = start === null ? [] : await offerStart(incumbents, start)
  const greedily = { budget: forGreedy(), signal: run.signal }
  await incumbents.measure('greedy', (own) => searchGreedily(own, greedily))

  const fault = await missing
  if (fault !== null) throw fault

  run.enter('placement', incumbents, options)
  let branches: readonly Branch[] | null = null
  const isInfeasible = await searchPacking(incumbents, {
    ...search,
    budget: forPlacement,
    ...(options.certificate && {
      onBranches: (proof: readonly Branch[]) => {
        branches = proof
      }
    })
  })

  run.enter('moves', incumbents, options)
  const moveBound = await minimiseMoves(incumbents, {
    ...search,
    budget: budget.until((limit, spent, counts) => movesUntil(sharesOf(limit, counts), spent))
  })
  run.throwIfAborted()

  const about = {
    fingerprint: profile.time('fingerprint', () => fingerprint(problem)),
    seed: options.seed,
    solver: describeSolvers(solvers),
    notes: [...startNotes, ...noteTrouble(solvers)],
    relativeGap: options.relativeGap,
    interrupted: run.interrupted,
    moveBound,
    budget,
    limits: options
  }
  const reached = await reachAnswer(incumbents, run, {
    ...search,
    budget: shareFor('sequence'),
    about,
    timer: profile
  })
  const certify = (result: Result) =>
    options.certificate ? withCertificate(instance, branches, result) : withoutFunding(result)
  if (reached !== null && !reached.isLastResort) return certify(reached.result)
  // A solver that finds a contradiction where a placement is known errs.
  const asked = reached === null && !incumbents.hasAnswer ? solvers : null
  const explained = await profile.time('explain', () =>
    explainInfeasible(instance, { ...search, solvers: asked, budget })
  )
  run.throwIfAborted()
  if (reached !== null && !explained.parts.some(({ isProof }) => isProof)) return certify(reached.result)
  // Whoever explained it may have answered only now.
  const nothing = {
    ...about,
    solver: listSearchers(solvers),
    notes: [...startNotes, ...noteTrouble(solvers, 'nothing')]
  }
  return assembleNothing(incumbents, explained, isInfeasible, nothing)
}
