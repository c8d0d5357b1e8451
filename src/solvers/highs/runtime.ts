import type { Highs, InitOptions } from 'highs'
import highs from '#highs'
import { isForbidden, isInBrowser, reasonOf } from '../load-failure.js'
import { SolverUnavailableError } from '../solver.js'
import { highsBinary } from './binary.js'

/** Under `module: nodenext` the types of this CommonJS package wrap its default export once more than its code does. */
const instantiate = highs as unknown as (options?: InitOptions) => Promise<Highs>

/** Milliseconds until what could not be loaded is tried again: in a browser every try may fetch megabytes. */
const patienceMs = 30_000

let runtime: Promise<Highs> | undefined
let triedAgainAt = Number.POSITIVE_INFINITY

/**
 * The WebAssembly instance of HiGHS in this thread, made on first use.
 *
 * @throws {SolverUnavailableError} where it cannot be made: pages may forbid WebAssembly, or lack its binary.
 */
export function loadHighs(): Promise<Highs> {
  if (performance.now() >= triedAgainAt) forgetHighs()
  runtime ??= start().catch((error: unknown) => {
    triedAgainAt = performance.now() + patienceMs
    throw new SolverUnavailableError(describeAbsence(reasonOf(error), isInBrowser), { cause: error })
  })
  return runtime
}

async function start(): Promise<Highs> {
  const place = highsBinary()
  return await instantiate(place === undefined ? {} : { locateFile: () => place })
}

/** Makes the next `loadHighs` start afresh: after an abort the old instance's memory is in no known state. */
export function forgetHighs(): void {
  runtime = undefined
  triedAgainAt = Number.POSITIVE_INFINITY
}

/** Why HiGHS did not start, and in a browser what may help. */
export function describeAbsence(reason: string, inBrowser: boolean): string {
  if (!inBrowser) return `HiGHS could not be used: ${reason}`
  const remedy = isForbidden(reason)
    ? "the Content-Security-Policy of the page forbids WebAssembly; script-src 'wasm-unsafe-eval' allows it"
    : 'where its highs.wasm is not found by itself, locateHighs says where it is (README, "In a browser")'
  return `HiGHS could not be used: ${remedy} (${reason})`
}
