import type { Decisions } from '../../../models/contract/decisions.js'
import { parseProblem } from '../../../models/contract/parse.js'
import type { Problem, ProblemInput } from '../../../models/contract/problem.js'
import type { Result } from '../../../models/contract/result.js'
import type { Unchecked } from '../../../models/contract/unchecked.js'
import { compileInstance } from '../../../models/instance/compile.js'
import { movesWhatMayMove } from '../../../models/instance/instance.js'
import { Budget } from '../../budget.js'
import { describeSolvers, findMissingSolver, noteTrouble, withSolvers } from '../../chosen-solvers.js'
import { isSignal, type Progress } from '../../options.js'
import { adoptPlacement } from '../../result/adopt-placement.js'
import { assembleNothing } from '../../result/assemble-nothing.js'
import { readPlaced } from '../../result/read-result.js'
import { coveringBound } from '../../search/covering-bound.js'
import { gapBetween, Incumbents } from '../../search/incumbents.js'
import type { SolverTeam } from '../../search/solver-team.js'
import { totalOf } from '../../search/worth.js'
import { startStopwatch } from '../../stopwatch.js'
import { type AnswerHead, headOf } from '../answer-head.js'
import { differenceBetween } from '../compare/compare-results.js'
import type { ResultDifference } from '../compare/result-difference.js'
import { plannedReplicas } from '../planned-moves.js'
import { refuseRestricted } from '../refuse-restricted.js'
import { explainConflict } from './explain-conflict.js'
import { nameRevised } from './name-revised.js'
import { limitsFor, type ResolvedReviseOptions, type ReviseOptions, resolveReviseOptions } from './options.js'
import { reachRevision } from './reach-revision.js'
import { readDecisions, type Verdicts } from './read-decisions.js'
import { restrict } from './restricted.js'
import { searchRevision } from './search-revision.js'
import { type BoundSource, knownBounds } from './trusted-bound.js'

/** A plan that was revised. */
export interface Revision extends AnswerHead<'revision'> {
  /** A Result of the Problem that obeys the decisions, and carries them in `explanation.decisions`; or why none does. */
  readonly result: Result
  /** All that was decided, earlier decisions included. */
  readonly decisions: Decisions
  /** Where the bound of the Result comes from, which holds whatever is decided. */
  readonly boundSource: BoundSource
  /** What is proven of placements that obey the decisions; null where there is no such placement. */
  readonly underDecisions: { readonly total: number; readonly gap: number } | null
  /** How the Result differs from the one that was revised; null where it has no placement. */
  readonly difference: ResultDifference | null
}

/**
 * Decides on single moves of a plan, and solves again from there: what nobody decided on stays as it is unless it pays to change it.
 *
 * `result` is a Result of the Problem; decisions that it carries already hold on. The revised Result passes the independent checker for the
 * Problem, and its bound is one for all placements, not only those that obey. Decisions that cannot hold together give a Result without a
 * placement that names them. Rejects with InputError for what is no Problem, no Result of it, or no decision on it, and for a Result
 * that is restricted to what can be executed (`solve.executableOn`); with the signal's reason on an abort.
 */
export async function revise(
  problem: Unchecked<ProblemInput>,
  result: Unchecked<Result>,
  verdicts: Verdicts,
  options: ReviseOptions = {}
): Promise<Revision> {
  const resolved = resolveReviseOptions(options)
  const watch = startStopwatch(resolved.timeLimitMs)
  if (isSignal(options?.signal)) options.signal.throwIfAborted()
  const parsed = parseProblem(problem)
  const { result: previous, fingerprint: hash } = readPlaced(parsed, result)
  refuseRestricted(previous)
  const call = { problem: parsed, result: previous, verdicts, hash, watch }
  return await withSolvers(resolved, (solvers) => solveAgain(call, { ...resolved, solvers }))
}

interface Call {
  readonly problem: Problem
  readonly result: Result
  readonly verdicts: Verdicts
  readonly hash: string
  readonly watch: ReturnType<typeof startStopwatch>
}

async function solveAgain(
  { problem, result, verdicts, hash, watch }: Call,
  options: ResolvedReviseOptions & { readonly solvers: SolverTeam | null }
): Promise<Revision> {
  const { solvers, workLimit, seed, relativeGap, trustBound, interrupt } = options
  const signal = options.signal ?? new AbortController().signal
  /** Ends searches, which keep what they have; only the caller's own abort ends the call. */
  const stop = AbortSignal.any([signal, interrupt])
  const budget = workLimit === Infinity ? Budget.ofTime(watch) : Budget.ofWork(workLimit, watch)
  const limits = limitsFor(options, result)
  const instance = adoptPlacement(compileInstance(problem, limits), result)
  const planned = plannedReplicas(instance, result)
  const decisions = readDecisions(instance, planned, result, verdicts)
  const restricted = restrict(instance, planned, decisions)
  /** What accepted moves add to the primary objective of the restricted instance. */
  const offset = totalOf(problem.objective, 0, restricted.acceptedMoveCost)
  const bounds = knownBounds(instance, result, trustBound)
  const found = new Incumbents(restricted.instance, watch, {
    onChange: () => report(),
    meaning: { instance, of: (target) => nameRevised(restricted, planned, target) }
  })
  let phase: Progress['phase'] = 'greedy'
  const report = () => {
    const { best, totalBound, gap } = found
    const answer: unknown = options.onProgress?.({
      elapsedMs: watch.elapsedMs(),
      phase,
      costPerHour: best?.worth.costPerHour ?? Infinity,
      bound: totalBound + offset,
      gap,
      migrations: (best?.worth.migrations ?? 0) + restricted.acceptedMigrations
    })
    if (answer instanceof Promise) answer.catch(() => {})
  }
  const enter = (next: Progress['phase']) => {
    signal.throwIfAborted()
    phase = next
    report()
  }
  found.raiseCostBound(coveringBound(restricted.instance))
  for (const { costPerHour, total } of bounds) {
    found.raiseCostBound(costPerHour)
    found.raiseTotalBound(total - offset)
  }
  const forSearch = budget.until((limit, spent, counts) => searchUntil(limit, spent, counts, instance.copies.length))
  const missing = findMissingSolver(options.solver, solvers, forSearch, stop)
  const search = { ...options, signal: stop, budget: forSearch, enter }
  const isInfeasible = await searchRevision(restricted, found, { planned, result }, search)
  const fault = await missing
  if (fault !== null) throw fault
  signal.throwIfAborted()

  const about = {
    fingerprint: hash,
    seed,
    solver: describeSolvers(solvers),
    notes: noteTrouble(solvers),
    relativeGap,
    interrupted: interrupt.aborted,
    moveBound: 0,
    budget,
    limits
  }
  const head = headOf('revision', problem, hash)
  const reached = await reachRevision(restricted, planned, found, { ...about, decisions, bounds, enter })
  signal.throwIfAborted()
  if (reached.result === null) {
    const explained = await explainConflict(instance, decisions, { planned, result }, { ...search, budget })
    signal.throwIfAborted()
    const notes = [...about.notes, ...reached.reasons]
    const isProven = (isInfeasible || explained.isInfeasible) && movesWhatMayMove(instance)
    const nothing = assembleNothing(found, explained, isProven, { ...about, notes })
    return {
      ...head,
      result: { ...nothing, explanation: { ...nothing.explanation, decisions } },
      decisions,
      boundSource: 'computed',
      underDecisions: null,
      difference: null
    }
  }
  const total = reached.result.objective?.total ?? 0
  const proven = Math.min(total, Math.max(found.totalBound + offset, reached.result.bound?.total ?? 0))
  return {
    ...head,
    result: reached.result,
    decisions,
    boundSource: reached.source,
    underDecisions: { total: proven, gap: gapBetween(total, proven) },
    difference: differenceBetween(problem, result, reached.result)
  }
}

/** Ordering moves and checking them come last, and take about so long. */
const CLOSING_MS = 60
const CLOSING_MS_PER_COPY = 0.25
/** Or so many times as long as it took to read everything, on a machine that is slow or has much else to do. */
const CLOSING_PER_OPENING = 2.5
const MOST_FOR_CLOSING = 0.6

function searchUntil(limit: number, spent: number, counts: 'time' | 'work', copies: number): number {
  if (counts === 'work') return limit
  const closing = Math.max(CLOSING_MS + CLOSING_MS_PER_COPY * copies, CLOSING_PER_OPENING * spent)
  return limit - Math.min(limit * MOST_FOR_CLOSING, closing)
}
