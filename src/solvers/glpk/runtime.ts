import { isInBrowser, reasonOf } from '../load-failure.js'
import { SolverUnavailableError } from '../solver.js'
import type { GlpkModel, GlpkOptions, GlpkResult } from './model.js'
import { startSilent } from './silence.js'

/** What is used of glpk.js; its own types are not, so that nobody needs the package for them. */
export interface Glpk {
  solve(model: GlpkModel, options: GlpkOptions): GlpkResult | Promise<GlpkResult>
}

/**
 * Its synchronous build, which runs in Node and in browsers. Put together here, so that no bundler follows it: glpk.js is
 * under GPL-3.0, and must become part of nobody's bundle by our doing.
 */
const specifier = ['glpk.js', 'node'].join('/')

const loadInstalled = (): Promise<unknown> => import(/* @vite-ignore */ /* webpackIgnore: true */ specifier)

let load = loadInstalled
let runtime: Promise<Glpk> | undefined

/**
 * Says how glpk.js is loaded in this thread: where names of packages mean nothing, as in a browser's worker, a worker of
 * one's own calls `provideGlpk(() => import('glpk.js/node'))` before anything is solved.
 */
export function provideGlpk(loadModule: () => Promise<unknown>): void {
  load = loadModule
  runtime = undefined
}

/**
 * The WebAssembly instance of GLPK in this thread, made on first use.
 *
 * @throws {SolverUnavailableError}
 */
export function loadGlpk(): Promise<Glpk> {
  runtime ??= instantiate().catch((error: unknown) => {
    runtime = undefined
    throw error
  })
  return runtime
}

/** Makes the next `loadGlpk` start afresh: after an abort the old instance's memory is in no known state. */
export function forgetGlpk(): void {
  runtime = undefined
}

async function instantiate(): Promise<Glpk> {
  const loaded = (await attempt(load, describeAbsence)) as { readonly default?: unknown } | undefined
  const factory = loaded?.default ?? loaded
  if (typeof factory !== 'function') throw new SolverUnavailableError('what was loaded as glpk.js is not glpk.js')
  const start = () => startSilent(async () => factory())
  return (await attempt(start, (error) => `glpk.js is here and could not be started: ${reasonOf(error)}`)) as Glpk
}

async function attempt(act: () => Promise<unknown>, describe: (error: unknown) => string): Promise<unknown> {
  try {
    return await act()
  } catch (error) {
    throw new SolverUnavailableError(describe(error), { cause: error })
  }
}

/** Why glpk.js could not be loaded, and how to get it where it is not there at all. */
function describeAbsence(error: unknown): string {
  const reason = reasonOf(error)
  if (load !== loadInstalled) return `what provideGlpk names could not be loaded: ${reason}`
  if (isInBrowser)
    return 'glpk.js is not in this worker: one of your own has it by provideGlpk (README, "In a browser")'
  if (!/^Cannot find package ['"]glpk\.js['"]/.test(reason)) return `glpk.js could not be loaded: ${reason}`
  return 'glpk.js is not installed; npm install glpk.js gets it, under its own licence, GPL-3.0'
}
