import { type Random, seededRandom } from '../random.js'

/** Randomness by name: what a name gives depends on the seed and on it alone, not on what else is asked for, nor when. */
export class Dice {
  constructor(private readonly seed: number) {}

  of(name: string): Random {
    // FNV-1a: names that differ in one letter begin far apart.
    let hash = 0x811c9dc5 ^ this.seed
    for (let index = 0; index < name.length; index++) hash = Math.imul(hash ^ name.charCodeAt(index), 0x01000193)
    const random = seededRandom(hash)
    random()
    return random
  }
}
