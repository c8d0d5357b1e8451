import type { PatternProblem } from '../../../models/formulations/pattern-problem.js'
import { loadHighs } from '../../solvers/highs/runtime.js'
import {
  type ColumnGenerationOptions,
  type GeneratedPatterns,
  generateColumns,
  type PatternSolution
} from '../../solvers/patterns/column-generation.js'
import type { Job } from './job.js'

export interface PatternJob {
  readonly problem: PatternProblem
  readonly options: ColumnGenerationOptions
}

/** A better bound, or whole nodes that supply everything for less. */
export type PatternProgress = { readonly bound: number } | { readonly solution: PatternSolution }

export const patternJob: Job<PatternJob, PatternProgress, GeneratedPatterns> = {
  run: async ({ problem, options }, line) =>
    generateColumns(await loadHighs(), problem, options, {
      onBound: (bound) => line.report({ bound }, []),
      onSolution: (solution) => line.report({ solution }, []),
      stopped: () => line.cancelled()
    }),
  transferables: () => []
}
