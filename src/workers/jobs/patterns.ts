import type { PatternProblem } from '../../../models/formulations/pattern-problem.js'
import { loadHighs } from '../../solvers/highs/runtime.js'
import type { Branch } from '../../solvers/patterns/branching.js'
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
  /** Whether the branches that prove the bound are told now and then: without shared memory, a stopped job gives no output. */
  readonly tellsBranches?: boolean
}

/** A better bound, the branches that prove one, whole nodes that supply everything for less, or what helps others to find them. */
export type PatternProgress =
  | { readonly bound: number }
  | { readonly branches: readonly Branch[] }
  | { readonly solution: PatternSolution }
  | { readonly guide: Guide }

/** Milliseconds from one telling of branches to the next. */
const BETWEEN_BRANCHES_MS = 250

export const patternJob: Job<PatternJob, PatternProgress, SearchedPatterns> = {
  run: async ({ problem, options, tellsBranches = false }, line) => {
    const highs = await loadHighs()
    let toldAt = tellsBranches ? -Infinity : Infinity
    return searchPatterns(highs, problem, options, {
      onBound: (bound, branches) => {
        line.report({ bound }, [])
        const now = performance.now()
        if (now - toldAt < BETWEEN_BRANCHES_MS) return
        line.report({ branches: branches() }, [])
        // Telling a lot takes time: most of it is left to the search.
        toldAt = performance.now() + 20 * (performance.now() - now)
      },
      onSolution: (solution) => line.report({ solution }, []),
      onGuide: (guide) =>
        line.report({ guide }, [guide.active.buffer as ArrayBuffer, guide.arrivals.buffer as ArrayBuffer]),
      stopped: () => line.cancelled()
    })
  },
  transferables: () => []
}
