/** Options of commands, read and checked. */
import { UsageError } from './usage-error.mjs'

/** More no search takes. */
const MOST_THREADS = 256

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

/** @type {(option: string, text: string, most: number, least?: number) => number} */
export function readCount(option, text, most, least = 1) {
  const count = readNumber(option, text, least, most)
  if (Number.isInteger(count)) return count
  throw new UsageError(`${option} must be a whole number, not ${text}`)
}

/** A whole number from 0 on. @type {(text: string) => number} */
export const readSeed = (text) => readCount('--seed', text, Number.MAX_SAFE_INTEGER, 0)

/** What a search is called with. @type {(values: { seed: string, threads: string }) => { seed: number, threads: number }} */
export const readEffort = ({ seed, threads }) => ({
  seed: readSeed(seed),
  threads: readCount('--threads', threads, MOST_THREADS)
})
