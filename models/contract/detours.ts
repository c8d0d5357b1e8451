import type { Plan } from './plan.js'
import type { Result } from './result.js'

/** Migrations of a plan beyond one for each replica that moves: the starts of its detours. */
export function detoursOf({ rungs = [] }: Pick<Plan, 'rungs'>): number {
  return rungs.reduce((sum, { extraMigrations }) => sum + extraMigrations, 0)
}

/** What a Result uses of `maxMigrations`: migrations, and the starts of detours beyond them. */
export function startsOf({ objective, plan }: Pick<Result, 'objective' | 'plan'>): number {
  return (objective?.migrations ?? 0) + detoursOf(plan)
}
