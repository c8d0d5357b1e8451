/** Options of commands, read and checked. */
import { UsageError } from './usage-error.mjs'

/** @type {(option: string, text: string) => RegExp} */
export function readPattern(option, text) {
  try {
    return new RegExp(text)
  } catch {
    throw new UsageError(`${option}: ${text} is no regular expression`)
  }
}

/** @type {(option: string, text: string, least: number, most: number) => number} */
export function readNumber(option, text, least, most) {
  const value = Number(text)
  if (text.trim() !== '' && value >= least && value <= most) return value
  throw new UsageError(`${option} must be a number from ${least} to ${most}, not ${text}`)
}

/** @type {(option: string, text: string, most: number) => number} */
export function readCount(option, text, most) {
  const count = readNumber(option, text, 1, most)
  if (Number.isInteger(count)) return count
  throw new UsageError(`${option} must be a whole number, not ${text}`)
}
