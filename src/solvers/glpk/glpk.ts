import type { LinearProgram } from '../../../models/linear-program/program.js'
import type { SolverOptions, SolverOutcome } from '../../../models/linear-program/solution.js'
import { Clock } from '../clock.js'
import { scaleProgram } from '../scale-program.js'
import { optimalGap, outcomeWithoutPoint, type Solver, SolverCrashedError } from '../solver.js'
import { elasticProgram } from './elastic-program.js'
import { type GlpkAnswer, runGlpk } from './run.js'
import { forgetGlpk, type Glpk, loadGlpk } from './runtime.js'

/** Branches that could be better by no more than this are not followed, relative to 1 + |objective|. */
const objectiveTolerance = 1e-7

/** Sum of broken rows, each scaled to coefficients of about 1, beyond which a program is infeasible. */
const infeasibleFrom = 1e-6

/** GLPK compiled to WebAssembly: synchronous, on one thread, silent until it is done. */
export async function loadGlpkSolver(): Promise<Solver> {
  const glpk = await loadGlpk()
  return {
    name: 'glpk',
    capabilities: {
      integers: true,
      largest: { columns: Number.POSITIVE_INFINITY, rows: Number.POSITIVE_INFINITY },
      startingPoint: 'none',
      proves: true,
      bound: false,
      progress: false,
      interrupt: false,
      gapLimit: true,
      timeLimit: true,
      seed: false
    },
    solve: (program, options) => solve(glpk, program, options)
  }
}

async function solve(glpk: Glpk, program: LinearProgram, options: SolverOptions): Promise<SolverOutcome> {
  const clock = new Clock(options.timeLimitMs)
  const { program: scaled, costScale } = scaleProgram(program, options.relaxation)
  try {
    const outcome = scaled.integer.includes(1)
      ? await solveWhole(glpk, scaled, clock, options.relativeGap ?? optimalGap)
      : await solveContinuous(glpk, scaled, clock)
    return {
      ...outcome,
      solution: outcome.solution?.slice(0, program.columns) ?? null,
      objective: outcome.objective / costScale,
      bound: outcome.bound / costScale
    }
  } catch (error) {
    forgetGlpk()
    const reason = error instanceof Error ? error.message : error
    throw new SolverCrashedError(`glpk.js broke down: ${reason}`, { cause: error })
  }
}

/** Its presolver does not say why it gives up, but scales; without it a status is a proof. */
async function solveContinuous(glpk: Glpk, program: LinearProgram, clock: Clock): Promise<SolverOutcome> {
  let answer = await runGlpk(glpk, program, clock, { presolve: true, relativeGap: 0 })
  if (answer.status !== 'optimal' && !clock.expired) {
    answer = await runGlpk(glpk, program, clock, { presolve: false, relativeGap: 0 })
  }
  const { status, objective } = answer
  if (status === 'optimal') return found('optimal', answer, objective, clock)
  if (status === 'infeasible' || status === 'unbounded') return outcomeWithoutPoint(status, clock.seconds)
  if (!clock.expired) return outcomeWithoutPoint('failed', clock.seconds, `GLPK calls the solution ${status}`)
  if (status === 'feasible') return found('time-limit', answer, Number.NEGATIVE_INFINITY, clock)
  return outcomeWithoutPoint('time-limit', clock.seconds)
}

async function solveWhole(
  glpk: Glpk,
  program: LinearProgram,
  clock: Clock,
  relativeGap: number
): Promise<SolverOutcome> {
  const answer = await runGlpk(glpk, program, clock, { presolve: true, relativeGap })
  const { status, objective } = answer
  if (status === 'optimal') {
    return found('optimal', answer, objective - objectiveTolerance * (1 + Math.abs(objective)), clock)
  }
  if (status === 'infeasible') return outcomeWithoutPoint('infeasible', clock.seconds)
  if (status === 'feasible') {
    if (clock.expired) return found('time-limit', answer, Number.NEGATIVE_INFINITY, clock)
    const bound = objective - relativeGap * Math.abs(objective)
    return found(relativeGap <= optimalGap ? 'optimal' : 'gap-limit', answer, bound, clock)
  }
  if (clock.expired) return outcomeWithoutPoint('time-limit', clock.seconds)
  return await explain(glpk, program, clock)
}

/**
 * Why is there no point? Presolving whole programs ends without a word when they are infeasible or unbounded, and when the
 * simplex method breaks down. What comes out here is proven without it.
 */
async function explain(glpk: Glpk, program: LinearProgram, clock: Clock): Promise<SolverOutcome> {
  const relaxed = await solveContinuous(glpk, { ...program, integer: new Uint8Array(program.columns) }, clock)
  const { termination } = relaxed
  if (termination === 'infeasible' || termination === 'failed') return relaxed
  const elastic = await runGlpk(glpk, elasticProgram(program), clock, { presolve: true, relativeGap: 0 })
  if (elastic.status === 'optimal' && elastic.objective > infeasibleFrom) {
    return outcomeWithoutPoint('infeasible', clock.seconds)
  }
  if (clock.expired) return outcomeWithoutPoint('time-limit', clock.seconds)
  if (termination === 'unbounded' && elastic.status === 'optimal') {
    return outcomeWithoutPoint('unbounded', clock.seconds)
  }
  return outcomeWithoutPoint('failed', clock.seconds, 'GLPK found no point and gave no reason')
}

function found(
  termination: SolverOutcome['termination'],
  { point, objective }: GlpkAnswer,
  bound: number,
  { seconds }: Clock
): SolverOutcome {
  return { termination, solution: point, objective, bound, seconds }
}
