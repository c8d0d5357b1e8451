/** How long requests take to be answered, in whole seconds. */
import { Dice } from '../../dist/src/simulation/dice.js'
import { normal } from './traffic.mjs'

/** @import { Service } from './fleet.mjs' */

/** Log-normal, as lengths of answers are; of its logarithm, the standard deviation. */
const SPREAD = 0.7

/** No request takes longer: it is cut off by its own limit of tokens. */
export const LONGEST_SERVICE = 90

/** So many different times are drawn once; requests take one of them by their number. A power of two. */
const DRAWS = 4096

/**
 * The time that a request takes, by its number: the same whoever serves it, and when.
 *
 * @type {(service: Service, seed: number) => (request: number) => number}
 */
export function drawServiceTimes({ id, serviceSeconds }, seed) {
  const random = new Dice(seed).of(`service times of ${id}`)
  const middle = Math.log(serviceSeconds) - SPREAD ** 2 / 2
  const times = Uint8Array.from({ length: DRAWS }, () => {
    const seconds = Math.exp(middle + SPREAD * normal(random))
    // Rounded at random, so that the mean stays what it is.
    return Math.min(LONGEST_SERVICE, Math.max(1, Math.floor(seconds + random())))
  })
  // Multiplied by an odd number close to the golden section of 2³²: neighbours get times far apart.
  return (request) => times[(Math.imul(request, 0x9e3779b1) >>> 20) % DRAWS] ?? 1
}
