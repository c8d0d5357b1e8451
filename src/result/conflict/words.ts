import { describeValue } from '../../../models/contract/describe-input.js'

/** `1 node`, `3 nodes`. */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${formatNumber(count)} ${count === 1 ? noun : plural}`
}

const PRECISE = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 9 })

/** `17.976`, `1,234`, `0.000125`: a number without the noise of binary fractions. */
export function formatNumber(value: number): string {
  return PRECISE.format(value)
}

/** Names in quotes, the first few. */
export function listed(names: readonly string[], most = 3): string {
  const shown = names.slice(0, most).map(describeValue).join(', ')
  return names.length > most ? `${shown} and ${formatNumber(names.length - most)} more` : shown
}
