import type { LinearProgram } from '../../../models/linear-program/program.js'
import type { Clock } from '../clock.js'
import { glpkModel } from './model.js'
import { forgetGlpk, loadGlpk } from './runtime.js'

/** The statuses of GLPK by their numbers from 1 on. After a limit `undefined` means that there is no point. */
const statuses = ['undefined', 'feasible', 'infeasible-point', 'infeasible', 'optimal', 'unbounded'] as const

export interface GlpkAnswer {
  readonly status: (typeof statuses)[number] | 'aborted'
  readonly objective: number
  readonly point: Float64Array
  /** Why it was aborted. */
  readonly error?: unknown
}

export interface RunOptions {
  readonly presolve: boolean
  readonly relativeGap: number
}

/**
 * GLPK does not say that it stopped for the time, and it truncates: with so much more of it, the clock has expired whenever
 * it did. Otherwise the point it has by then would be taken for one within the gap.
 */
const extraMs = 10

/** GLPK counts its time limit in a 32-bit number of milliseconds; longer is no limit. */
const longestLimitMs = 2 ** 31 - 1000

/**
 * Lets GLPK solve a program in what is left of the time. Its answer holds no word of why it stopped. After an abort, as at
 * one of its assertions, the next run has a new instance.
 *
 * @throws {SolverUnavailableError}
 */
export async function runGlpk(
  program: LinearProgram,
  clock: Clock,
  { presolve, relativeGap }: RunOptions
): Promise<GlpkAnswer> {
  const { remainingMs } = clock
  const limit = remainingMs < longestLimitMs ? { tmlim: (Math.ceil(remainingMs) + extraMs) / 1000 } : {}
  const options = { msglev: 0, presol: presolve, mipgap: relativeGap, ...limit }
  const glpk = await loadGlpk()
  try {
    const { result } = await glpk.solve(glpkModel(program), options)
    const point = Float64Array.from({ length: program.columns }, (_, column) => result.vars[column] ?? Number.NaN)
    return { status: statuses[result.status - 1] ?? 'undefined', objective: result.z, point }
  } catch (error) {
    forgetGlpk()
    return { status: 'aborted', objective: Number.NaN, point: new Float64Array(0), error }
  }
}
