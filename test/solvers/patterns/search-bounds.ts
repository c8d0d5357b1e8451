import type { Highs } from 'highs'
import { formulatePatterns, type PatternObjective } from '../../../models/formulations/pattern-problem.js'
import type { Instance } from '../../../models/instance/instance.js'
import { searchPatterns } from '../../../src/solvers/patterns/pattern-search.js'
import type { Optimum } from '../../brute-force/enumerate-placements.js'

/** What a search by patterns proved, beside what is true. */
export interface ProvenBound {
  readonly of: 'cost by kinds' | 'cost by contents' | 'moves'
  /** The highest that was told or returned. */
  readonly bound: number
  readonly optimum: number
}

/** The highest bound that a search without any placement to begin with tells. */
function boundOf(
  highs: Highs,
  instance: Instance,
  contentsMatter: boolean,
  objective: PatternObjective,
  workLimit: number
): number {
  let highest = -Infinity
  const { bound } = searchPatterns(
    highs,
    formulatePatterns(instance, contentsMatter, objective),
    { seed: 1, relativeGap: 0, start: [], cutoff: Infinity, workLimit, timeLimitMs: Infinity },
    {
      onBound: (proven) => {
        highest = Math.max(highest, proven)
      },
      onSolution: () => {},
      onGuide: () => {},
      stopped: () => false
    }
  )
  return Math.max(highest, bound)
}

/** Bounds in both scopes on the first objective, and on the move cost at its optimum. */
export function boundsBeside(highs: Highs, instance: Instance, best: Optimum, workLimit: number): ProvenBound[] {
  const bound = (contentsMatter: boolean, objective: PatternObjective) =>
    boundOf(highs, instance, contentsMatter, objective, workLimit)
  const total = { of: 'total' } as const
  const bounds: ProvenBound[] = [
    { of: 'cost by kinds', bound: bound(false, total), optimum: best.total },
    { of: 'cost by contents', bound: bound(true, total), optimum: best.total }
  ]
  if (instance.problem.objective.horizonHours === null) {
    const costAtMost = best.total * (1 + 1e-7) + 1e-6
    bounds.push({ of: 'moves', bound: bound(true, { of: 'moves', costAtMost }), optimum: best.moveCost })
  }
  return bounds
}

/** Whether a bound is above what is true by more than rounding. */
export function isFalse({ bound, optimum }: ProvenBound): boolean {
  return bound > optimum + 1e-6 * Math.max(1, Math.abs(optimum))
}
