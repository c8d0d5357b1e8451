import type { LinearProgram } from '../../../models/linear-program/program.js'
import type { SolverOptions, SolverOutcome } from '../../../models/linear-program/solution.js'
import { faultOf } from '../check-outcome.js'
import { Clock } from '../clock.js'
import { unscaledOutcome } from '../cost-scale.js'
import { scaleProgram } from '../scale-program.js'
import { optimalGap, outcomeWithoutPoint, type Solver, SolverCrashedError } from '../solver.js'
import { elasticProgram } from './elastic-program.js'
import { type GlpkAnswer, runGlpk } from './run.js'
import { loadGlpk } from './runtime.js'

/** Branches that could be better by no more than this are not followed, relative to 1 + |objective|. */
const objectiveTolerance = 1e-7

/** A gap up to which none is asked for: it takes no longer, and only then GLPK itself calls a point optimal. */
const askedForNone = 1e-3

/** Sum of broken rows, each scaled to coefficients of about 1, beyond which a program is infeasible. */
const infeasibleFrom = 1e-6

/** GLPK compiled to WebAssembly: synchronous, on one thread, silent until it is done. */
export async function loadGlpkSolver(): Promise<Solver> {
  await loadGlpk()
  return {
    name: 'glpk',
    capabilities: {
      integers: true,
      freeIntegers: true,
      largest: { columns: Number.POSITIVE_INFINITY, rows: Number.POSITIVE_INFINITY },
      startingPoint: 'none',
      proves: true,
      bound: false,
      progress: false,
      interrupt: false,
      gapLimit: true,
      timeLimit: true,
      iterationLimit: false,
      seed: false
    },
    solve
  }
}

async function solve(program: LinearProgram, options: SolverOptions): Promise<SolverOutcome> {
  const clock = new Clock(options.timeLimitMs)
  const { program: scaled, costScale } = scaleProgram(program, options.relaxation)
  const outcome = scaled.integer.includes(1)
    ? await solveWhole(scaled, clock, options.relativeGap ?? optimalGap)
    : await solveContinuous(scaled, clock)
  const solution = outcome.solution?.slice(0, program.columns) ?? null
  return { ...unscaledOutcome(outcome, costScale), solution }
}

/** Its presolver does not say why it gives up and forgives broken rows, but scales; without it a status is a proof. */
async function solveContinuous(program: LinearProgram, clock: Clock): Promise<SolverOutcome> {
  let answer = await runGlpk(program, clock, { presolve: true, relativeGap: 0 })
  const isSound = answer.status === 'optimal' && faultOf(program, answer.point) === null
  if (!isSound && !clock.expired) {
    answer = await runGlpk(program, clock, { presolve: false, relativeGap: 0 })
  }
  const { status, objective } = answer
  if (status === 'optimal') return found('optimal', answer, objective, clock)
  if (status === 'infeasible' || status === 'unbounded') return outcomeWithoutPoint(status, clock.seconds)
  throwIfAborted(answer)
  if (!clock.expired) return outcomeWithoutPoint('failed', clock.seconds, `GLPK calls the solution ${status}`)
  if (status === 'feasible') return found('time-limit', answer, Number.NEGATIVE_INFINITY, clock)
  return outcomeWithoutPoint('time-limit', clock.seconds)
}

/**
 * `feasible` is all that is left of why GLPK stopped: time, the gap, or something else. Time is seen by the clock, and the
 * gap is its word for lack of another; but no bound is known.
 */
async function solveWhole(program: LinearProgram, clock: Clock, relativeGap: number): Promise<SolverOutcome> {
  const gap = relativeGap > askedForNone ? relativeGap : 0
  const answer = await runGlpk(program, clock, { presolve: true, relativeGap: gap })
  const { objective } = answer
  const hasPoint = answer.status === 'optimal' || answer.status === 'feasible'
  // Presolving has called a whole number optimal where a row has no whole number between its ends.
  const status = hasPoint && faultOf(program, answer.point) !== null ? 'undefined' : answer.status
  if (status === 'optimal') {
    return found('optimal', answer, objective - objectiveTolerance * (1 + Math.abs(objective)), clock)
  }
  if (status === 'infeasible') return outcomeWithoutPoint('infeasible', clock.seconds)
  if (status === 'feasible') {
    if (clock.expired) return found('time-limit', answer, Number.NEGATIVE_INFINITY, clock)
    if (gap > 0) return found('gap-limit', answer, Number.NEGATIVE_INFINITY, clock)
    const stopped = found('failed', answer, Number.NEGATIVE_INFINITY, clock)
    return { ...stopped, message: 'GLPK stopped at a point and gave no reason' }
  }
  if (clock.expired) return outcomeWithoutPoint('time-limit', clock.seconds)
  return await explain(program, clock, answer)
}

/**
 * Why is there no point? Presolving whole programs ends without a word when they are infeasible or unbounded, and when the
 * simplex method breaks down; and on some that are infeasible one of its assertions fails. What comes out here is proven
 * without it.
 */
async function explain(program: LinearProgram, clock: Clock, unexplained: GlpkAnswer): Promise<SolverOutcome> {
  const relaxed = await solveContinuous({ ...program, integer: new Uint8Array(program.columns) }, clock)
  const { termination } = relaxed
  if (termination === 'infeasible' || termination === 'failed') return relaxed
  const elastic = await runGlpk(elasticProgram(program), clock, { presolve: true, relativeGap: 0 })
  if (elastic.status === 'optimal' && elastic.objective > infeasibleFrom) {
    return outcomeWithoutPoint('infeasible', clock.seconds)
  }
  if (clock.expired) return outcomeWithoutPoint('time-limit', clock.seconds)
  if (termination === 'unbounded' && elastic.status === 'optimal') {
    return outcomeWithoutPoint('unbounded', clock.seconds)
  }
  throwIfAborted(unexplained)
  throwIfAborted(elastic)
  return outcomeWithoutPoint('failed', clock.seconds, 'GLPK found no point and gave no reason')
}

function throwIfAborted({ status, error }: GlpkAnswer): void {
  if (status !== 'aborted') return
  const reason = error instanceof Error ? error.message : error
  throw new SolverCrashedError(`glpk.js broke down: ${reason}`, { cause: error })
}

function found(
  termination: SolverOutcome['termination'],
  { point, objective }: GlpkAnswer,
  bound: number,
  { seconds }: Clock
): SolverOutcome {
  return { termination, solution: point, objective, bound, seconds }
}
