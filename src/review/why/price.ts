import type { Result } from '../../../models/contract/result.js'

/** What an end costs, and how it compares with that of the Result that was asked about. */
export interface EndPrice {
  readonly costPerHour: number
  /** Money per hour less than the Result; negative where it is more. */
  readonly savesPerHour: number
  /** The primary objective: the cost per hour, or over the horizon with its moves. */
  readonly total: number
  /** The primary objective of the Result minus this one. */
  readonly saves: number
  readonly migrations: number
  readonly moveCost: number
  /** Beyond those of the Result; negative where there are fewer. */
  readonly moreMigrations: number
}

/** What a plan costs, and how it compares with the Result that was asked about. */
export interface Price extends EndPrice {
  readonly makespanSeconds: number
  /** No plan with this change, and what is asked for, has a smaller primary objective. */
  readonly bound: number
  /** How far `total` may be from the best such plan, as a share. */
  readonly gap: number
}

type Worth = Pick<EndPrice, 'costPerHour' | 'total' | 'migrations' | 'moveCost'>

const WORTHLESS: Worth = { costPerHour: 0, total: 0, migrations: 0, moveCost: 0 }

/** The price of a plan beside a Result; of a Problem that had no answer, beside itself. */
export function priceOf(plan: Result, before: Result | null): Price {
  const worth = plan.objective ?? WORTHLESS
  return {
    ...priceOfEnd(worth, before?.objective ?? worth),
    makespanSeconds: plan.plan.makespanSeconds,
    bound: plan.bound?.total ?? 0,
    gap: plan.gap ?? 1
  }
}

/** The price of an end beside another one. */
export function priceOfEnd({ costPerHour, total, migrations, moveCost }: Worth, now: Worth): EndPrice {
  return {
    costPerHour,
    savesPerHour: now.costPerHour - costPerHour,
    total,
    saves: now.total - total,
    migrations,
    moveCost,
    moreMigrations: migrations - now.migrations
  }
}
