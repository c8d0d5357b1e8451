/** Numbers in [0, 1) that depend on the seed alone (mulberry32). */
export type Random = () => number

export function seededRandom(seed: number): Random {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

/** `count` different items, those of larger weight more likely (Efraimidis and Spirakis, 2006). */
export function sample<Item>(
  items: readonly Item[],
  weigh: (item: Item) => number,
  count: number,
  random: Random
): Item[] {
  return items
    .map((item) => ({ item, key: Math.log(1 - random()) / Math.max(1e-12, weigh(item)) }))
    .sort((left, right) => right.key - left.key)
    .slice(0, count)
    .map(({ item }) => item)
}
