import { describeValue } from '../../../models/contract/describe-input.js'
import { InputError } from '../../../models/contract/parse-value.js'
import type { Study } from '../../../models/contract/study.js'
import { countsAt, countsNow, type Demand } from './demand.js'

/** A moment of a demand: by its period, and for people. */
export interface Moment {
  /** null: without a forecast there is only now. */
  readonly period: number | null
  readonly name: string
  /** Replicas of each deployment, by id. */
  readonly counts: ReadonlyMap<string, number>
}

/**
 * The moment that is meant: `now` (what the study wants without its forecast), `peak`, so many seconds after the beginning, or a
 * date-time in ISO 8601. Throws InputError for one that the forecast does not have.
 */
export function momentOf(study: Study, demand: Demand | null, at: string): Moment {
  if (at === 'now' || (at === 'peak' && demand === null)) return { period: null, name: 'now', counts: countsNow(study) }
  if (demand === null) throw refusal(at, 'now: the study has no forecast')
  const period = at === 'peak' ? peakPeriod(study, demand) : periodAt(demand, at)
  return { period, name: nameOf(demand, period, at), counts: countsAt(demand, period) }
}

/**
 * The period of greatest demand: in which the replicas together hold most, each resource measured by the most that is ever held of it:
 * the shares of all resources are added up.
 */
function peakPeriod({ deployments }: Study, { counts, periods }: Demand): number {
  const resources = [...new Set(deployments.flatMap(({ demand }) => Object.keys(demand)))]
  const held = resources.map((resource) =>
    Float64Array.from({ length: periods }, (_, period) =>
      deployments.reduce(
        (sum, { id, demand }) => sum + (demand[resource] ?? 0) * ((counts.get(id) as Int32Array)[period] as number),
        0
      )
    )
  )
  const shares = held.map((amounts) => {
    const most = amounts.reduce((top, amount) => Math.max(top, amount), 0)
    return amounts.map((amount) => (most === 0 ? 0 : amount / most))
  })
  let peak = 0
  let highest = -1
  for (let period = 0; period < periods; period++) {
    const sum = shares.reduce((total, share) => total + (share[period] as number), 0)
    if (sum <= highest) continue
    highest = sum
    peak = period
  }
  return peak
}

function periodAt({ periodSeconds, periods, startsAt }: Demand, at: string): number {
  const isSeconds = /^\d+(\.\d+)?$/.test(at)
  const begun = startsAt === undefined ? Number.NaN : Date.parse(startsAt)
  const seconds = isSeconds ? Number(at) : (Date.parse(at) - begun) / 1000
  const length = periods * periodSeconds
  if (seconds >= 0 && seconds < length) return Math.floor(seconds / periodSeconds)
  const dates = startsAt === undefined ? '' : `, or a date-time from ${startsAt} on`
  throw refusal(at, `now, peak, seconds from 0 up to ${length}${dates}`)
}

function nameOf({ periodSeconds, startsAt }: Demand, period: number, at: string): string {
  const seconds = period * periodSeconds
  const when =
    startsAt === undefined
      ? `${seconds} s after the beginning`
      : new Date(Date.parse(startsAt) + seconds * 1000).toISOString()
  return at === 'peak' ? `peak, ${when}` : when
}

function refusal(found: string, expected: string): InputError {
  return new InputError('options', [{ path: 'at', found: describeValue(found), expected }])
}
