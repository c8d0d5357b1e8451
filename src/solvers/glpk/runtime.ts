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

let load: () => Promise<unknown> = () => import(/* @vite-ignore */ /* webpackIgnore: true */ specifier)
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
    const reason = error instanceof Error ? error.message : String(error)
    const remedy =
      'in Node: npm install glpk.js (its licence is GPL-3.0); in a browser: a worker that calls provideGlpk'
    throw new SolverUnavailableError(`glpk.js is not here (${reason}); ${remedy}`, { cause: error })
  })
  return runtime
}

/** Makes the next `loadGlpk` start afresh: after an abort the old instance's memory is in no known state. */
export function forgetGlpk(): void {
  runtime = undefined
}

async function instantiate(): Promise<Glpk> {
  const loaded = (await load()) as { readonly default?: unknown }
  const factory = loaded.default ?? loaded
  if (typeof factory !== 'function') throw new TypeError('what was loaded as glpk.js is not glpk.js')
  return (await startSilent(async () => factory())) as Glpk
}
