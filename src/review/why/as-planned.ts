import type { Problem } from '../../../models/contract/problem.js'
import type { Result } from '../../../models/contract/result.js'

/** The Problem with the limits under which a Result was made: those that were given beside it count, too. */
export function asPlanned(problem: Problem, { solve }: Result): Problem {
  const { maxMigrations, maxMoveCost } = solve.budget ?? {}
  const least = (left: number | undefined, right: number | undefined) =>
    left === undefined ? right : right === undefined ? left : Math.min(left, right)
  const migrations = least(problem.budget.maxMigrations, maxMigrations)
  const moveCost = least(problem.budget.maxMoveCost, maxMoveCost)
  return {
    ...problem,
    budget: {
      ...problem.budget,
      ...(migrations !== undefined && { maxMigrations: migrations }),
      ...(moveCost !== undefined && { maxMoveCost: moveCost })
    }
  }
}
