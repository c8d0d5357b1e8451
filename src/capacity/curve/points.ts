import { startsOf } from '../../../models/contract/detours.js'
import type { Result } from '../../../models/contract/result.js'
import { isAlike } from '../../../models/rounding.js'
import { gapBetween } from '../../search/incumbents.js'

/** One limit with the best plan that is known for it, and the best bound. */
export interface SolvedPoint {
  readonly maxMigrations: number | null
  readonly result: Result
  readonly costPerHour: number
  readonly migrations: number
  readonly bound: number
  readonly isReused: boolean
}

/** The better plan and the better bound of two attempts. */
function merged(first: Solved, second: Solved): Solved {
  return {
    ...second,
    result: better(first.result, second.result, Infinity),
    bound: Math.max(first.bound, second.bound)
  }
}

/** What is known of a limit by its own. */
interface Solved {
  readonly limit: number
  readonly result: Result | null
  readonly bound: number
}

/** The points of a curve. What one of them shows counts for the others: a plan for larger limits, a bound for smaller ones. */
export class Points {
  readonly #solved: Solved[] = []
  /** Limits for which there is no plan; null: that without a limit. */
  readonly failed: (number | null)[] = []

  /** Takes what was found for a limit; null: without one. Returns what it is worth, null where there is no plan. */
  add(limit: number | null, result: Result): { readonly migrations: number } | null {
    const { objective, bound } = result
    const isFound = objective !== undefined && result.unplaced.length === 0 && result.violations.length === 0
    if (!isFound) this.failed.push(limit)
    const solved: Solved = {
      limit: limit ?? Infinity,
      result: isFound ? result : null,
      bound: isFound ? (bound?.costPerHour ?? 0) : 0
    }
    const before = this.#solved.findIndex((other) => other.limit === solved.limit)
    if (before < 0) this.#solved.push(solved)
    else this.#solved[before] = merged(this.#solved[before] as Solved, solved)
    this.#solved.sort((left, right) => left.limit - right.limit)
    return isFound ? { migrations: objective.migrations } : null
  }

  /** The best plan that keeps a limit, to begin with; null when none is known. */
  bestWithin(limit: number): Result | null {
    return this.#solved.reduce((best: Result | null, { result }) => better(best, result, limit), null)
  }

  /** The points by limit, each with the best that is known for it. */
  described(): SolvedPoint[] {
    const points: SolvedPoint[] = []
    for (const [index, { limit, result: own }] of this.#solved.entries()) {
      const result = this.bestWithin(limit)
      if (result === null) continue
      const proven = this.#solved.slice(index).reduce((most, { bound }) => Math.max(most, bound), 0)
      const costPerHour = costOf(result)
      points.push({
        maxMigrations: Number.isFinite(limit) ? limit : null,
        result,
        costPerHour,
        migrations: result.objective?.migrations ?? 0,
        bound: Math.min(proven, costPerHour),
        isReused: result !== own
      })
    }
    return points
  }

  /** The limit whose gap is widest of those above one and not yet tried; null where there is none. */
  widestGap(above: number, tried: ReadonlySet<number>): number | null {
    let widest: number | null = null
    let most = above
    for (const { maxMigrations, costPerHour, bound } of this.described()) {
      if (maxMigrations === null || tried.has(maxMigrations)) continue
      const gap = gapBetween(costPerHour, bound)
      if (gap > most) [most, widest] = [gap, maxMigrations]
    }
    return widest
  }

  /** A limit in the wider of the two parts beside a point that has none yet; null where there is nothing between. */
  nextAround(knee: number | null): number | null {
    if (knee === null) return null
    const points = this.described()
    const limits = points.map(({ maxMigrations, migrations }) => maxMigrations ?? migrations)
    const at = limits[knee] as number
    const gaps = [limits[knee - 1], limits[knee + 1]].flatMap((other) => (other === undefined ? [] : [[at, other]]))
    const middles = gaps
      .map(([one, other]) => ({
        middle: Math.round(((one as number) + (other as number)) / 2),
        width: Math.abs((one as number) - (other as number))
      }))
      .filter(({ middle }) => !this.#solved.some(({ limit }) => limit === middle) && !limits.includes(middle))
      .sort((left, right) => right.width - left.width)
    return middles[0]?.middle ?? null
  }
}

function costOf({ objective }: Result): number {
  return objective?.costPerHour ?? Infinity
}

/** The cheaper of two plans, then the one that moves less, as far as the second keeps the limit. */
function better(best: Result | null, candidate: Result | null, limit: number): Result | null {
  if (candidate?.objective === undefined || startsOf(candidate) > limit) return best
  if (best?.objective === undefined) return candidate
  const [cost, least] = [costOf(candidate), costOf(best)]
  if (!isAlike(cost, least)) return cost < least ? candidate : best
  return candidate.objective.migrations < best.objective.migrations ? candidate : best
}
