import * as z from 'zod'
import { count, quantity } from '../../../models/contract/quantities.js'
import type { ChangeKind } from './change-kind.js'
import { readNumber, readPairs } from './lines.js'

/** Another migration budget; null takes a limit away, and what is left out stays. */
export const budgetChange = z.strictObject({
  kind: z.literal('budget'),
  maxMigrations: count.nullable().optional().describe('Migrations at most; null for no limit.'),
  maxMoveCost: quantity.nullable().optional().describe('Move cost at most; null for no limit.'),
  maxMigrationsPerDeployment: count
    .nullable()
    .optional()
    .describe('Migrations of any one deployment at most; null for no limit.')
})
type BudgetChange = z.infer<typeof budgetChange>

const LIMITS = ['maxMigrations', 'maxMoveCost', 'maxMigrationsPerDeployment'] as const
/** What a line says for no limit. */
const NONE = 'none'

export const budget: ChangeKind<BudgetChange> = {
  form: 'budget:MIGRATIONS, or budget:LIMIT=N,… of maxMigrations, maxMoveCost, maxMigrationsPerDeployment; none for no limit',
  readLine(text) {
    const pairs = text.includes('=') ? readPairs(text) : new Map([['maxMigrations', text]])
    const limits = [...(pairs ?? [])].map(
      ([limit, amount]) => [limit, amount === NONE ? null : readNumber(amount)] as const
    )
    return limits.length === 0 || limits.some(([, amount]) => amount === undefined)
      ? undefined
      : Object.fromEntries(limits)
  },
  writeLine(change) {
    const given = LIMITS.filter((limit) => change[limit] !== undefined)
    return given.length === 0 ? undefined : given.map((limit) => `${limit}=${change[limit] ?? NONE}`).join(',')
  },
  apply(problem, change) {
    const limits = LIMITS.flatMap((limit) => {
      const amount = change[limit] === undefined ? problem.budget[limit] : (change[limit] ?? undefined)
      return amount === undefined ? [] : [[limit, amount] as const]
    })
    return { ...problem, budget: Object.fromEntries(limits) }
  }
}
