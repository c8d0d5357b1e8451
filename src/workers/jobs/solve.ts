import type { LinearProgram } from '../../../models/linear-program/program.js'
import type { SolverOptions, SolverOutcome, SolverProgress } from '../../../models/linear-program/solution.js'
import type { SolverName } from '../../solvers/portfolio.js'
import { solveWith } from '../../solvers/solvers.js'
import type { Job } from './job.js'

/** A program, and who shall solve it: of several, the first that takes it. */
export interface SolveJob {
  readonly solver: SolverName | readonly SolverName[]
  readonly program: LinearProgram
  readonly options?: SolverOptions
}

export const solveJob: Job<SolveJob, SolverProgress, SolverOutcome> = {
  run: ({ solver, program, options }, line) =>
    solveWith(solver, program, options, {
      onProgress: (progress) => line.report(progress, buffersOf(progress.solution)),
      interrupted: () => line.cancelled()
    }),
  transferables: (outcome) => buffersOf(outcome.solution)
}

function buffersOf(vector: Float64Array | null | undefined): Transferable[] {
  return vector ? [vector.buffer as ArrayBuffer] : []
}
