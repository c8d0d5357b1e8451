/** Factors of the suffixes that Kubernetes knows, as powers: `[base, exponent]`. */
const SUFFIXES = new Map<string, readonly [base: bigint, exponent: number]>([
  ['n', [10n, -9]],
  ['u', [10n, -6]],
  ['m', [10n, -3]],
  ['', [10n, 0]],
  ['k', [10n, 3]],
  ['M', [10n, 6]],
  ['G', [10n, 9]],
  ['T', [10n, 12]],
  ['P', [10n, 15]],
  ['E', [10n, 18]],
  ['Ki', [2n, 10]],
  ['Mi', [2n, 20]],
  ['Gi', [2n, 30]],
  ['Ti', [2n, 40]],
  ['Pi', [2n, 50]],
  ['Ei', [2n, 60]]
])

const FORM = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3})|([numkMGTPE]|[KMGTPE]i)?)$/

/** What a quantity looks like, for messages. */
export const QUANTITY_FORM = 'a quantity such as 2, 500m, 1.5, 128974848, 1e3, 400Mi or 5Gi'

/**
 * An amount as Kubernetes writes it (`100m`, `31127824Ki`, `1e3`, 2), as a whole number of `parts` of one: milli-cores with 1000,
 * bytes with 1. Rounded up, as the scheduler does; exact up to 2^53. null where it is no quantity, or beyond 10^15 × `parts`.
 */
export function parseQuantity(quantity: string | number, parts: 1 | 1000): number | null {
  const found = FORM.exec(String(quantity))
  if (found === null) return null
  const [, sign, whole = '', fraction = '', exponent, suffix = ''] = found
  if (whole === '' && fraction === '') return null
  if (whole.length + fraction.length > MOST_DIGITS) return null
  const [base, power] = exponent === undefined ? (SUFFIXES.get(suffix) ?? [10n, 0]) : [10n, Number(exponent)]
  if (Math.abs(power) > MOST_DIGITS) return null
  let numerator = BigInt(whole + fraction) * BigInt(parts)
  let denominator = 10n ** BigInt(fraction.length)
  if (power >= 0) numerator *= base ** BigInt(power)
  else denominator *= base ** BigInt(-power)
  const magnitude = sign === '-' ? numerator / denominator : (numerator + denominator - 1n) / denominator
  const amount = Number(sign === '-' ? -magnitude : magnitude)
  return Math.abs(amount) <= LARGEST * parts * (1 << 30) ? amount : null
}

/** More are no quantity but an attempt to keep a machine busy. */
const MOST_DIGITS = 60

/** The contract takes no larger amounts; bytes become GiB before they reach it. */
const LARGEST = 1e15
