const grouped = (digits: Intl.NumberFormatOptions) => new Intl.NumberFormat('en-US', digits)

const WHOLE = grouped({ maximumFractionDigits: 0 })
const HUNDREDTHS = grouped({ minimumFractionDigits: 2, maximumFractionDigits: 2 })
const TENTHS = grouped({ minimumFractionDigits: 1, maximumFractionDigits: 1 })
const SMALL = grouped({ maximumSignificantDigits: 3 })
const TWO_DIGITS = grouped({ maximumSignificantDigits: 2 })
const AMOUNT = grouped({ maximumFractionDigits: 3 })

/** `1,234.56`; below 0.1 three significant digits, so that a small price never reads as 0. */
export function formatMoney(amount: number): string {
  const size = Math.abs(amount)
  if (size > 0 && size < 0.1) return SMALL.format(amount)
  return HUNDREDTHS.format(amount)
}

/** Money over a month or a year: whole from 100 on. */
export function formatRoundMoney(amount: number): string {
  return Math.abs(amount) >= 100 ? WHOLE.format(amount) : formatMoney(amount)
}

/** `1,234`, or up to three decimals: counts and move costs. */
export function formatAmount(amount: number): string {
  return AMOUNT.format(amount)
}

/** `17.976`, `0.000125`: an amount beside another one from which it may differ by little, without what rounding leaves. */
export { formatNumber as formatPrecise } from '../../result/conflict/words.js'

/** `1 node`, `1,234 nodes`. */
export function formatCount(count: number, singular: string, plural = `${singular}s`): string {
  return `${formatAmount(count)} ${count === 1 ? singular : plural}`
}

/** A share as a percentage, `26.2 %`; below 1 % two significant digits, so that a gap never reads as closed. */
export function formatPercent(share: number): string {
  const percent = share * 100
  const digits = percent !== 0 && Math.abs(percent) < 1 ? TWO_DIGITS : TENTHS
  return `${digits.format(percent)} %`
}

/** `0.4 s`, `12.3 s`, `12 min 30 s`, `3 h 5 min`: a duration to read. */
export function formatDuration(seconds: number): string {
  if (seconds < 59.95) return `${Number.isInteger(seconds) ? seconds : TENTHS.format(seconds)} s`
  const whole = Math.round(seconds)
  const minutes = Math.floor(whole / 60)
  if (minutes < 60) return whole % 60 === 0 ? `${minutes} min` : `${minutes} min ${whole % 60} s`
  const rest = minutes % 60
  return rest === 0 ? `${WHOLE.format(minutes / 60)} h` : `${WHOLE.format(Math.floor(minutes / 60))} h ${rest} min`
}

/** `0:00`, `12:30`, `3:05:00`: a moment of the plan, for a column. */
export function formatClock(seconds: number): string {
  const whole = Math.round(seconds)
  const twoDigits = (value: number) => String(value).padStart(2, '0')
  const minutes = Math.floor(whole / 60)
  if (minutes < 60) return `${minutes}:${twoDigits(whole % 60)}`
  return `${Math.floor(minutes / 60)}:${twoDigits(minutes % 60)}:${twoDigits(whole % 60)}`
}
