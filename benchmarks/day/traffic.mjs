/** Requests of a day, second by second: the same for every policy. */
import { Dice } from '../../dist/src/simulation/dice.js'
import { STEP_SECONDS } from './fleet.mjs'

/** @import { Service } from './fleet.mjs' */
/** @import { Random } from '../families/random.mjs' */

/** From this mean on the normal distribution is as good as Poisson's. */
const LARGE_MEAN = 60

/**
 * How many requests come to each deployment in each second: Poisson about the rate between two steps.
 *
 * @type {(services: readonly Service[], seconds: number, seed: number) => Uint16Array[]}
 */
export function drawArrivals(services, seconds, seed) {
  const dice = new Dice(seed)
  return services.map(({ id, ratesPerSecond }) => {
    const random = dice.of(`arrivals of ${id}`)
    return Uint16Array.from({ length: seconds }, (_, second) => poisson(random, rateAt(ratesPerSecond, second)))
  })
}

/** @type {(rates: Float64Array, second: number) => number} */
function rateAt(rates, second) {
  const position = second / STEP_SECONDS
  const step = Math.floor(position)
  const before = rates[step % rates.length] ?? 0
  const after = rates[(step + 1) % rates.length] ?? 0
  return before + (after - before) * (position - step)
}

/** @type {(random: Random, mean: number) => number} */
function poisson(random, mean) {
  if (mean > LARGE_MEAN) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal(random)))
  const limit = Math.exp(-mean)
  let count = 0
  for (let product = random(); product > limit; product *= random()) count++
  return count
}

/** Box and Muller. @type {(random: Random) => number} */
export function normal(random) {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
}
