/** Numbers with their units, and names in a row, as they read in sentences. */
import { hundredths, whole } from '../markdown.mjs'

/** `$1,234.56`, and without cents from 100,000 on. @type {(amount: number | null) => string} */
export function dollars(amount) {
  if (amount === null) return '–'
  const size = Math.abs(amount)
  return `${amount < 0 ? '−' : ''}$${size < 1e5 ? hundredths(size) : whole(size)}`
}

/** `$1,235` where cents are too much; below $100 with them. @type {(amount: number) => string} */
export function roundDollars(amount) {
  return Math.abs(amount) < 100
    ? dollars(amount).replace(/\.00$/, '')
    : `${amount < 0 ? '−' : ''}$${whole(Math.abs(amount))}`
}

/** `26.2 %`, below 1 % with two decimals, and never 0 where it is not. @type {(share: number | null) => string} */
export const share = (share) => writeShare(share, Math.round)

/** The same rounded up, for what is said to be at most so much. @type {(share: number | null) => string} */
export const shareAtMost = (share) => writeShare(share, (percent) => Math.ceil(percent - 1e-9))

/** @type {(share: number | null, round: (percent: number) => number) => string} */
function writeShare(share, round) {
  if (share === null) return '–'
  const size = Math.abs(share)
  if (size <= 1e-6) return '0 %'
  if (size < 1e-4) return 'below 0.01 %'
  const isWhole = Math.abs(100 * size - Math.round(100 * size)) < 1e-9
  const digits = size < 0.00995 ? 2 : isWhole ? 0 : 1
  return `${(round(100 * share * 10 ** digits) / 10 ** digits).toFixed(digits)} %`
}

/** `0.05 s`, `8.1 s`, `1,200 s`; `never` for Infinity. @type {(seconds: number | null) => string} */
export function duration(seconds) {
  if (seconds === null) return '–'
  if (seconds === Infinity) return 'never'
  if (seconds === 0) return '0 s'
  if (seconds < 0.01) return 'below 0.01 s'
  const isWhole = Math.abs(seconds - Math.round(seconds)) < 1e-6
  const digits = isWhole ? 0 : seconds < 0.995 ? 2 : seconds < 99.5 ? 1 : 0
  return `${seconds.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits })} s`
}

/** `1 node`, `1,234 nodes`. @type {(number: number, noun: string, plural?: string) => string} */
export const count = (number, noun, plural = `${noun}s`) => `${amount(number)} ${number === 1 ? noun : plural}`

/** A whole number, or a median between two. @type {(number: number | null) => string} */
export const amount = (number) =>
  number === null ? '–' : number.toLocaleString('en-US', { maximumFractionDigits: Number.isInteger(number) ? 0 : 1 })

/** In quotation marks where commas would tear it apart in a sentence. @type {(name: string) => string} */
export const quoted = (name) => (name.includes(',') ? `“${name}”` : name)

/** `A`, `A and B`, `A, B and C`, `A, B, C and 4 more`. @type {(names: readonly string[], most?: number) => string} */
export const listNames = (names, most = 4) => listParts(names.map(quoted), most)

/** The same of parts that are no bare names. @type {(parts: readonly string[], most?: number) => string} */
export function listParts(parts, most = 4) {
  const shown = parts.length > most ? [...parts.slice(0, most - 1), `${parts.length - most + 1} more`] : parts
  return shown.length < 2 ? (shown[0] ?? 'nobody') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`
}

/** How much may move: `5 %`, `all`, or, for null, `as allowed` by the Problem. @type {(budgetShare: number | null) => string} */
export const budgetWords = (budgetShare) =>
  budgetShare === null ? 'as allowed' : budgetShare === 1 ? 'all' : share(budgetShare)

/** From the least to the most, or one if they read the same. @type {(values: readonly number[], format: (value: number) => string) => string} */
export function range(values, format) {
  const [least, most] = [format(Math.min(...values)), format(Math.max(...values))]
  return least === most ? least : `${least} to ${most}`
}

/** A sentence begins with a capital, unless it begins with a name. @type {(text: string) => string} */
export const capitalise = (text) => text.charAt(0).toUpperCase() + text.slice(1)
