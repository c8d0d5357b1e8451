/** A number of something in two Results. */
export interface CountPair {
  readonly before: number
  readonly after: number
}

/** The keys whose numbers differ between two tables, with both; 0 where a table has none. */
export function differingKeys<Key>(
  before: ReadonlyMap<Key, number>,
  after: ReadonlyMap<Key, number>
): [key: Key, counts: CountPair][] {
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((key): [Key, CountPair][] => {
    const counts = { before: before.get(key) ?? 0, after: after.get(key) ?? 0 }
    return counts.before === counts.after ? [] : [[key, counts]]
  })
}
