import type { Highs, InitOptions } from 'highs'
import highs from 'highs'

/** Under `module: nodenext` the types of this CommonJS package wrap its default export once more than its code does. */
const instantiate = highs as unknown as (options?: InitOptions) => Promise<Highs>

let runtime: Promise<Highs> | undefined

/** The WebAssembly instance of HiGHS in this thread, made on first use. */
export function loadHighs(): Promise<Highs> {
  runtime ??= instantiate().catch((error: unknown) => {
    runtime = undefined
    throw error
  })
  return runtime
}

/** Makes the next `loadHighs` start afresh: after an abort the old instance's memory is in no known state. */
export function forgetHighs(): void {
  runtime = undefined
}
