import { describeValue } from '../../../models/contract/describe-input.js'

/** `1 node`, `3 nodes`. */
export function counted(count: number, noun: string): string {
  return `${formatNumber(count)} ${noun}${count === 1 ? '' : 's'}`
}

/** A number without the noise of binary fractions. */
export function formatNumber(value: number): string {
  return String(Number(value.toPrecision(9)))
}

/** Names in quotes, the first few. */
export function listed(names: readonly string[], most = 3): string {
  const shown = names.slice(0, most).map(describeValue).join(', ')
  return names.length > most ? `${shown} and ${names.length - most} more` : shown
}
