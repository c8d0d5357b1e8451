import type { Problem } from '../../models/contract/problem.js'
import type { ObjectiveLevel } from '../../models/formulations/objective-levels.js'
import type { Optimum } from '../brute-force/enumerate-placements.js'

/** What the objectives reach, each under those before it, in their order; null when the Problem is infeasible. */
export type LevelOptima = ReadonlyMap<ObjectiveLevel, number> | null

/** The objectives of a Problem in their order. */
export function levelsOf({ deployments }: Problem): ObjectiveLevel[] {
  const priorities = [...new Set(deployments.map(({ priority }) => priority))].sort((left, right) => right - left)
  return ['broken-rules', ...priorities.map((priority): ObjectiveLevel => `unplaced ${priority}`), 'total', 'moves']
}

/** An enumerated optimum by levels. */
export function optimaOf(problem: Problem, best: Optimum | null): LevelOptima {
  if (best === null) return null
  const values = [best.broken, ...best.unplaced, best.total, best.moveCost]
  return new Map(levelsOf(problem).map((level, index) => [level, values[index] as number]))
}

/** Where optima differ first from what is expected, in words; null when they agree. A level that they lack is one in which nothing is lost. */
export function firstDifference(found: LevelOptima, expected: LevelOptima): string | null {
  if (found === null || expected === null) {
    if (found === expected) return null
    return found === null ? 'infeasible, yet there is an answer' : 'an answer, yet it is infeasible'
  }
  for (const [level, value] of expected) {
    const own = found.get(level) ?? 0
    if (Math.abs(own - value) > 1e-5 * Math.max(1, Math.abs(value))) return `${level}: ${own} instead of ${value}`
  }
  return null
}
