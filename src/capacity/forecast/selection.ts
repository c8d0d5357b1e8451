import { describeValue } from '../../../models/contract/describe-input.js'
import type { InputIssue } from '../../../models/contract/input-issues.js'
import { InputError } from '../../../models/contract/parse.js'
import type { ForecastChoice } from '../../../models/contract/study.js'
import type { Forecast } from './forecast.js'
import { dateOf, secondsOf } from './moments.js'

/** The periods of a forecast that begin at `from` or later and before `to`; all by default. Throws InputError where that is none. */
export function selectPeriods(forecast: Forecast, { from, to }: Pick<ForecastChoice, 'from' | 'to'>): Forecast {
  if (from === undefined && to === undefined) return forecast
  const { stepSeconds, periods, startsAt } = forecast
  const first = from === undefined ? 0 : periodAt(forecast, 'from', from)
  const end = to === undefined ? periods : periodAt(forecast, 'to', to)
  if (first >= end) {
    const issue = { path: 'forecast.to', found: describeValue(to), expected: 'a moment after the one of "from"' }
    throw new InputError('study', [
      first >= periods ? { ...outside(forecast, 'from', from), path: 'forecast.from' } : issue
    ])
  }
  return {
    stepSeconds,
    periods: end - first,
    ...(startsAt === undefined ? {} : { startsAt: dateOf(startOf(startsAt) + first * stepSeconds) }),
    series: new Map(
      [...forecast.series].map(([name, { unit, values }]) => [name, { unit, values: values.slice(first, end) }])
    ),
    notes: forecast.notes
  }
}

/** The first period that begins at a moment or later. */
function periodAt(forecast: Forecast, key: 'from' | 'to', moment: number | string): number {
  const { stepSeconds, periods, startsAt } = forecast
  const seconds = typeof moment === 'number' ? moment : secondsAfterStart(forecast, key, moment)
  const period = Math.ceil(seconds / stepSeconds - 1e-9)
  if (period >= 0 && period <= periods) return period
  throw new InputError('study', [outside({ stepSeconds, periods, startsAt }, key, moment)])
}

function secondsAfterStart({ startsAt }: Forecast, key: string, moment: string): number {
  const date = secondsOf(moment)
  if (startsAt !== undefined && date !== null) return date - startOf(startsAt)
  const expected =
    startsAt === undefined ? 'seconds from the first row: the forecast has no dates' : 'seconds, or a date-time'
  throw new InputError('study', [{ path: `forecast.${key}`, found: describeValue(moment), expected }])
}

function startOf(startsAt: string): number {
  return secondsOf(startsAt) as number
}

function outside(
  { stepSeconds, periods, startsAt }: { stepSeconds: number; periods: number; startsAt?: string | undefined },
  key: string,
  moment: unknown
): InputIssue {
  const end = periods * stepSeconds
  const dates = startsAt === undefined ? '' : `, or ${startsAt} to ${dateOf(startOf(startsAt) + end)}`
  return { path: `forecast.${key}`, found: describeValue(moment), expected: `0 to ${end} seconds${dates}` }
}
