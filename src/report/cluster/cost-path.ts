import type { Problem } from '../../../models/contract/problem.js'
import type { Result } from '../../../models/contract/result.js'
import { courseOf } from './course.js'

/** What is paid once so many migrations are done. */
export interface CostPoint {
  readonly migrations: number
  readonly costPerHour: number
  /** Since when, by schedule. */
  readonly seconds: number
}

/**
 * How the cost changes as the plan goes on, by its schedule: a point at the outset, one for every number of migrations at which the cost
 * changes, and one at the end. Takes what `parseProblem` and `parseResult` give.
 */
export function costByMigrations(problem: Problem, result: Result, course = courseOf(problem, result)): CostPoint[] {
  const points: CostPoint[] = [{ migrations: 0, costPerHour: result.initial.costPerHour, seconds: 0 }]
  for (const [index, { seconds, costPerHour, migrationsDone: migrations }] of course.entries()) {
    const last = points.at(-1)
    const isEnd = index === course.length - 1 && migrations !== last?.migrations
    if (costPerHour === last?.costPerHour && !isEnd) continue
    // Of several changes after the same number of migrations the last counts, but the outset stays.
    if (points.length > 1 && last?.migrations === migrations) points.pop()
    points.push({ migrations, costPerHour, seconds })
  }
  return points
}
