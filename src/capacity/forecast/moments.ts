import { describeValue } from '../../../models/contract/describe-input.js'
import type { CellFault } from '../table/amounts.js'
import { readAmount } from '../table/amounts.js'

/** A moment as a table says it: seconds from some beginning, or a date-time, in seconds since 1970 in UTC. */
export interface Moment {
  readonly seconds: number
  readonly isDate: boolean
}

const DATE_TIME = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(\.\d+)?)?\s*(Z|[+-]\d\d:?\d\d)?)?$/i

const EXPECTED = 'seconds, or a date-time such as 2026-11-01T08:00:00Z'

/**
 * The moment in a cell, or what is wrong with it: a number of seconds, or a date-time of ISO 8601, also with a space in the place of
 * the T and with a date alone. One that names no zone is in UTC.
 */
export function readMoment(cell: unknown): Moment | CellFault {
  if (typeof cell === 'string' && /^\d{4}-/.test(cell)) {
    const seconds = secondsOf(cell)
    return seconds === null ? { found: describeValue(cell), expected: EXPECTED } : { seconds, isDate: true }
  }
  const seconds = readAmount(cell, EXPECTED)
  return typeof seconds === 'number' ? { seconds, isDate: false } : { ...seconds, expected: EXPECTED }
}

/** A date-time in seconds since 1970; null where it is none, or on no calendar. */
export function secondsOf(text: string): number | null {
  const match = DATE_TIME.exec(text)
  if (match === null) return null
  const [, year, month, day, hour = 0, minute = 0, second = 0, fraction = 0, zone = 'Z'] = match
  const parts = [year, month, day, hour, minute, second].map(Number) as [number, number, number, number, number, number]
  const [years, months, days, ...clock] = parts
  const whole = new Date(Date.UTC(years, months - 1, days, ...clock))
  // A day or hour that there is not rolls over into the next.
  const isReal =
    whole.getUTCMonth() === months - 1 && whole.getUTCDate() === days && clock[0] < 24 && clock[1] < 60 && clock[2] < 60
  if (!isReal) return null
  const [, sign, hours = 0, minutes = 0] = /^([+-])(\d\d):?(\d\d)$/.exec(zone) ?? []
  const offset = (Number(hours) * 60 + Number(minutes)) * 60 * (sign === '-' ? -1 : 1)
  return whole.getTime() / 1000 + Number(fraction) - offset
}

/** Seconds since 1970 as ISO 8601, such as `2026-11-01T08:00:00.000Z`. */
export function dateOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString()
}

/** A moment as the table would say it. */
export function formatMoment({ seconds, isDate }: Moment): string {
  return isDate ? dateOf(seconds) : String(Number(seconds.toPrecision(12)))
}
