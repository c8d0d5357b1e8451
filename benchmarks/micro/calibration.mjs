/** A fixed piece of work that has nothing to do with the package: it says how fast this machine is just now. */
import { reading } from './task.mjs'

/** @import { Exercise } from './task.mjs' */

/** Two mebibytes of numbers: more than the fastest caches hold. A power of two. */
const PLACES = 2 ** 18
const STEPS = 50_000

/** Arithmetic and reads all over a typed array. Nothing is allocated, so nothing is collected. @type {() => Exercise<Float64Array<ArrayBuffer>>} */
export function calibration() {
  const weights = Float64Array.from({ length: PLACES }, (_, place) => place / PLACES)
  return reading(weights, (given) => {
    let [state, sum, heavy] = [1, 0, 0]
    for (let step = 0; step < STEPS; step++) {
      // A linear congruential generator: whole numbers of 32 bits throughout, so that no engine has to guess.
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0
      const weight = /** @type {number} */ (given[state & (PLACES - 1)])
      if (weight > 0.5) heavy = (heavy + 1) | 0
      else sum += weight * weight
    }
    return sum + heavy
  })
}
