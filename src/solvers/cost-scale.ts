import type { LinearProgram } from '../../models/linear-program/program.js'
import type { SolverOutcome } from '../../models/linear-program/solution.js'
import type { SolverHooks } from './solver.js'

/** The program with all costs multiplied by a power of two. */
export function scaleCosts(program: LinearProgram, scale: number): LinearProgram {
  if (scale === 1) return program
  return { ...program, cost: program.cost.map((cost) => cost * scale), offset: program.offset * scale }
}

/** What is told of a program with scaled costs, as said of the program itself. */
export function unscaledHooks({ onProgress, ...hooks }: SolverHooks, scale: number): SolverHooks {
  if (onProgress === undefined) return hooks
  return {
    ...hooks,
    onProgress: ({ objective, bound, ...progress }) =>
      onProgress({
        ...progress,
        ...(objective === undefined ? {} : { objective: objective / scale }),
        bound: bound / scale
      })
  }
}

export function unscaledOutcome(outcome: SolverOutcome, scale: number): SolverOutcome {
  return { ...outcome, objective: outcome.objective / scale, bound: outcome.bound / scale }
}
