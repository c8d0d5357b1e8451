import type { ReportIssue } from '../../../models/contract/input-issues.js'
import { InputError } from '../../../models/contract/parse.js'
import type { Table } from '../table/table.js'
import { dateOf, type Moment } from './moments.js'
import { readMoments } from './samples.js'

/** Name of the one series that a trace of requests is. */
export const TRACE_SERIES = 'requests'

/** Seconds over which requests are counted where the study says no step. */
const TRACE_STEP_SECONDS = 600

/** More would be no plan, but a step in the wrong unit. */
const MOST_PERIODS = 1_000_000

/** Requests per second in each whole step, from the first request on. */
export interface TraceRates {
  readonly stepSeconds: number
  readonly startsAt?: string
  readonly rates: readonly number[]
  readonly notes: readonly string[]
}

/**
 * Counts the requests of a trace, a row for each in any order, by steps that begin with the first of them. The last step is left out, as
 * the trace may end within it; a note says how many requests that were.
 */
export function countRequests(
  table: Table,
  timeColumn: number,
  stepSeconds = TRACE_STEP_SECONDS,
  report: ReportIssue
): TraceRates | null {
  const moments = readMoments(table, timeColumn, report)
  if (moments.includes(undefined)) return null
  const known = moments as Moment[]
  let first = known[0] as Moment
  let last = first
  for (const moment of known) {
    if (moment.seconds < first.seconds) first = moment
    if (moment.seconds > last.seconds) last = moment
  }
  const periods = Math.floor((last.seconds - first.seconds) / stepSeconds)
  if (periods === 0 || periods > MOST_PERIODS) {
    const span = Number((last.seconds - first.seconds).toPrecision(6))
    const expected = periods === 0 ? `at least one step of ${stepSeconds} s` : `at most ${MOST_PERIODS} steps`
    const hint = `"step" in the forecast of a study is in seconds`
    throw new InputError(table.subject, [{ path: '', found: `requests of ${span} s`, expected, hint }])
  }
  const counts = new Array<number>(periods).fill(0)
  let beyond = 0
  for (const { seconds } of known) {
    const period = Math.floor((seconds - first.seconds) / stepSeconds)
    if (period < periods) counts[period] = (counts[period] as number) + 1
    else beyond += 1
  }
  const whole = `forecast: ${known.length - beyond} requests in ${periods} steps of ${stepSeconds} s`
  return {
    stepSeconds,
    ...(first.isDate ? { startsAt: dateOf(first.seconds) } : {}),
    rates: counts.map((count) => count / stepSeconds),
    notes: [`${whole}; ${beyond} left out after the last whole one`]
  }
}
