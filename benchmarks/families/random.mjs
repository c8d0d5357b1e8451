/**
 * Numbers in [0, 1) that depend on the seed alone (xorshift128, Marsaglia, 2003). Not the search's own generator: instances must
 * stay what they are when that one changes.
 *
 * @typedef {() => number} Random
 */

/** Rounds of mixing until seeds that differ in one bit give different numbers. */
const WARM_UP = 32

/** @type {(seed: number) => Random} */
export function seededRandom(seed) {
  let [a, b, c, d] = [seed | 0, 0x9e3779b9 | 0, 0x243f6a88 | 0, 0xb7e15162 | 0]
  const next = () => {
    const mixed = a ^ (a << 11)
    a = b
    b = c
    c = d
    d = d ^ (d >>> 19) ^ mixed ^ (mixed >>> 8)
    return (d >>> 0) / 2 ** 32
  }
  for (let round = 0; round < WARM_UP; round++) next()
  return next
}

/** A whole number from `least` to `most`. @type {(random: Random, least: number, most: number) => number} */
export function between(random, least, most) {
  return least + Math.floor(random() * (most - least + 1))
}

/** @type {<Item>(random: Random, items: readonly Item[]) => Item} */
export function pick(random, items) {
  const item = items[Math.floor(random() * items.length)]
  if (item === undefined) throw new Error('nothing to pick from')
  return item
}

/** An item by its weight. @type {<Item>(random: Random, weighted: readonly (readonly [item: Item, weight: number])[]) => Item} */
export function pickWeighted(random, weighted) {
  let left = random() * weighted.reduce((sum, [, weight]) => sum + weight, 0)
  for (const [item, weight] of weighted) {
    left -= weight
    if (left < 0) return item
  }
  // Rounding can leave a trifle.
  const last = weighted.at(-1)
  if (last === undefined) throw new Error('nothing to pick from')
  return last[0]
}

/** The items in random order. @type {<Item>(random: Random, items: readonly Item[]) => Item[]} */
export function shuffle(random, items) {
  return items
    .map((item) => ({ item, key: random() }))
    .sort((left, right) => left.key - right.key)
    .map(({ item }) => item)
}
