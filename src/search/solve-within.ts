import type { LinearProgram } from '../../models/linear-program/program.js'
import type { SolverOptions, SolverOutcome, SolverProgress } from '../../models/linear-program/solution.js'
import type { Budget } from '../budget.js'
import { outcomeWithoutPoint } from '../solvers/solver.js'
import type { SolverTeam } from './solver-team.js'

/** Units of work of a simplex iteration, and what each entry of the program adds to it. */
const ITERATION = 0.3
const ITERATION_PER_ENTRY = 1e-5
/** Units of work of a program before its first iteration: writing, presolve, heuristics. */
const START = 5
const START_PER_ENTRY = 1e-3
/** Iterations for each row that even the first relaxation is likely to take. Nothing interrupts it. */
const LEAST_ITERATIONS = 0.25

export interface SolveRun {
  readonly signal: AbortSignal
  readonly onProgress?: (progress: SolverProgress) => void
}

/**
 * Has a program solved within a budget, and charges it. Where work is counted, a program is not tried whose first relaxation alone
 * would go beyond what is left. Throws what `SolverTeam.solve` throws.
 */
export async function solveWithin(
  budget: Budget,
  solvers: SolverTeam,
  program: LinearProgram,
  options: Omit<SolverOptions, 'timeLimitMs' | 'iterationLimit'>,
  { signal, onProgress = () => {} }: SolveRun
): Promise<SolverOutcome> {
  const { timeLimitMs, workLimit } = budget.grant
  const entries = program.entryColumn.length
  const iteration = ITERATION + ITERATION_PER_ENTRY * entries
  budget.charge(START + START_PER_ENTRY * entries)
  if (workLimit < program.rows * LEAST_ITERATIONS * iteration) return outcomeWithoutPoint('time-limit', 0)
  const iterationLimit = Math.ceil(workLimit / iteration)
  let iterations = Number.isFinite(iterationLimit) ? iterationLimit : 0
  try {
    const limits = Number.isFinite(iterationLimit) ? { timeLimitMs, iterationLimit } : { timeLimitMs }
    const run = { signal, deadlineMs: timeLimitMs, onProgress }
    const outcome = await solvers.solve(program, { ...options, ...limits }, run)
    iterations = outcome.iterations ?? iterations
    return outcome
  } finally {
    budget.charge(iterations * iteration)
  }
}
