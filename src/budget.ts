import type { Stopwatch } from './stopwatch.js'

/** What a budget may count: milliseconds of wall time, or units of work. */
export type Counted = 'time' | 'work'

/** One thing that a budget counts. */
interface Meter {
  readonly counts: Counted
  readonly limit: number
  spent(): number
}

/** What a search that runs elsewhere is given: it ends at the first of both. Infinity for no limit. */
export interface Grant {
  readonly timeLimitMs: number
  readonly workLimit: number
}

/**
 * How long searches may go on, in units: milliseconds of wall time or, where there is a work limit, units of work, each about a
 * millisecond of one core. Work is counted the same on every machine, so that no clock decides anything, unless a time limit is
 * given beside it: then the first of both counts.
 */
export class Budget {
  readonly #meters: readonly [Meter, ...Meter[]]
  readonly #account: { work: number }

  private constructor(meters: readonly [Meter, ...Meter[]], account: { work: number }) {
    this.#meters = meters
    this.#account = account
  }

  /** Until a watch has expired. */
  static ofTime(watch: Stopwatch): Budget {
    return new Budget([timeOf(watch)], { work: 0 })
  }

  /** Until so much work is done, or a watch has expired; one without a limit decides nothing. */
  static ofWork(limit: number, watch?: Stopwatch): Budget {
    const account = { work: 0 }
    const work: Meter = { counts: 'work', limit, spent: () => account.work }
    return new Budget(watch === undefined || watch.limitMs === Infinity ? [work] : [work, timeOf(watch)], account)
  }

  /** Whether work is what counts: then searches run in a fixed order, and none ends another before its time. */
  get countsWork(): boolean {
    return this.#meters[0].counts === 'work'
  }

  /** Units of work at most, in all; Infinity where work is not what counts. */
  get workLimit(): number {
    return this.countsWork ? this.#meters[0].limit : Infinity
  }

  /** Units of work that were charged by now. */
  get work(): number {
    return this.#account.work
  }

  /** Which of the limits is nearest, or was reached first. */
  get nearest(): Counted {
    const part = ({ limit, spent }: Meter) => spent() / limit
    return this.#meters.reduce((nearest, meter) => (part(meter) > part(nearest) ? meter : nearest)).counts
  }

  /** Units spent since the beginning. */
  spent(): number {
    return this.#meters[0].spent()
  }

  /** Units left, at least 0. */
  remaining(): number {
    return this.#meters.reduce((least, meter) => Math.min(least, remainingOf(meter)), Infinity)
  }

  isSpent(): boolean {
    return this.#meters.some(({ limit, spent }) => spent() >= limit)
  }

  /** Whether the time is over: for what is bounded by itself, and would only be made late by the clock. */
  isLate(): boolean {
    return this.#meters.some(({ counts, limit, spent }) => counts === 'time' && spent() >= limit)
  }

  /** The same budget, that ends earlier: where, is said of everything that it counts, from the limit and what is spent. */
  until(end: (limit: number, spent: number, counts: Counted) => number): Budget {
    return this.#limited((limit, spent, counts) => Math.min(limit, end(limit, spent, counts)))
  }

  /** A share of what is left now. */
  share(part: number): Budget {
    return this.until((limit, spent) => spent + (limit - spent) * part)
  }

  /** No more than so many units from now on. */
  atMost(units: number): Budget {
    return this.until((_, spent) => spent + units)
  }

  /** No less than so many units from now on, even where it is spent. */
  atLeast(units: number): Budget {
    return this.#limited((limit, spent) => Math.max(limit, spent + units))
  }

  #limited(limitOf: (limit: number, spent: number, counts: Counted) => number): Budget {
    const [first, ...others] = this.#meters
    const change = (meter: Meter): Meter => ({ ...meter, limit: limitOf(meter.limit, meter.spent(), meter.counts) })
    return new Budget([change(first), ...others.map(change)], this.#account)
  }

  /** Counts work that was done. */
  charge(units: number): void {
    this.#account.work += units
  }

  get grant(): Grant {
    const left = (what: Meter['counts']) =>
      this.#meters.reduce(
        (least, meter) => (meter.counts === what ? Math.min(least, remainingOf(meter)) : least),
        Infinity
      )
    return { timeLimitMs: left('time'), workLimit: left('work') }
  }
}

function timeOf({ limitMs, elapsedMs }: Stopwatch): Meter {
  return { counts: 'time', limit: limitMs, spent: elapsedMs }
}

function remainingOf({ limit, spent }: Meter): number {
  return Math.max(0, limit - spent())
}
