import type { PatternProblem } from '../../../models/formulations/pattern-problem.js'
import { loadHighs } from '../../solvers/highs/runtime.js'
import type { Guide } from '../../solvers/patterns/guide.js'
import type { PatternSolution } from '../../solvers/patterns/pattern.js'
import {
  type PatternSearchOptions,
  type SearchedPatterns,
  searchPatterns
} from '../../solvers/patterns/pattern-search.js'
import type { Job } from './job.js'

export interface PatternJob {
  readonly problem: PatternProblem
  readonly options: PatternSearchOptions
}

/** A better bound, whole nodes that supply everything for less, or what helps others to find them. */
export type PatternProgress =
  | { readonly bound: number }
  | { readonly solution: PatternSolution }
  | { readonly guide: Guide }

export const patternJob: Job<PatternJob, PatternProgress, SearchedPatterns> = {
  run: async ({ problem, options }, line) =>
    searchPatterns(await loadHighs(), problem, options, {
      onBound: (bound) => line.report({ bound }, []),
      onSolution: (solution) => line.report({ solution }, []),
      onGuide: (guide) =>
        line.report({ guide }, [guide.active.buffer as ArrayBuffer, guide.arrivals.buffer as ArrayBuffer]),
      stopped: () => line.cancelled()
    }),
  transferables: () => []
}
