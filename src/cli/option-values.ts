import { InvalidArgumentError } from 'commander'
import { type SolverChoice, solverChoices } from '../options.js'

/** What a number of the command line must be. */
export interface NumberRange {
  readonly least?: number
  readonly most?: number
  readonly whole?: boolean
  /** Whether `least` itself is too small. */
  readonly above?: boolean
}

/** A reader of option values in a range; it throws, for commander to say so, with what it found and what it expected. */
export function numberIn(range: NumberRange): (text: string) => number {
  const { least = 0, most = Number.MAX_SAFE_INTEGER, whole = false, above = false } = range
  const limits = [
    `${above ? 'above' : 'of at least'} ${least}`,
    ...(most === Number.MAX_SAFE_INTEGER ? [] : [`at most ${most}`])
  ].join(' and ')
  return (text) => {
    const value = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : Number.NaN
    const within = (above ? value > least : value >= least) && value <= most && (!whole || Number.isInteger(value))
    if (!within) throw new InvalidArgumentError(`Expected a ${whole ? 'whole number' : 'number'} ${limits}.`)
    return value
  }
}

/** Reads the name of a solver. */
export function readSolver(text: string): SolverChoice {
  const solver = solverChoices.find((name) => name === text)
  if (solver === undefined) throw new InvalidArgumentError(`Expected one of ${solverChoices.join(', ')}.`)
  return solver
}

/** Reads the name of a file to write. */
export function readOutput(text: string): string {
  if (text === '' || text === '-')
    throw new InvalidArgumentError('Expected a file; without -o the output goes to stdout.')
  return text
}

/** Wall time where no limit is given. */
export const DEFAULT_SECONDS = 10

/** What is left of a limit on the whole call: what starting and reading took is off. */
export function remainingMs(limitSeconds = DEFAULT_SECONDS): number {
  return Math.max(1, limitSeconds * 1000 - performance.now())
}

/** A reader of an option that may be given more than once. */
export function collect(value: string, before: readonly string[] = []): string[] {
  return [...before, value]
}

/** Options without those that were not given. */
export function givenOf<Options extends object>(
  options: Options
): { [Name in keyof Options]?: Exclude<Options[Name], undefined> } {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as never
}
