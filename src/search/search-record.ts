import type { SearchEntry } from '../../models/contract/result.js'

/** The searches for the cheapest placement that need a solver; each can do without the others. */
export const costSearches = [
  'bound-by-type',
  'column-generation',
  'compact-model',
  'guided-model',
  'neighbourhoods'
] as const
export type CostSearchName = (typeof costSearches)[number]

/** What searches for placements or proves bounds, each by its own name in the Result. */
export type SearchName =
  | 'start'
  | 'greedy'
  | 'covering-bound'
  | 'requirements'
  | CostSearchName
  | 'moves'
  | 'ray-rule'
  | 'drain-sequences'
  | 'relaxation'

type Entry = { -readonly [Key in keyof SearchEntry]: SearchEntry[Key] }

/** Which searches ran, how long, and what each of them found and proved. */
export class SearchRecord {
  readonly #entries = new Map<SearchName, Entry>()

  /** Runs a search and counts its time, once more for each of several at a time. */
  async measure<Output>(name: SearchName, task: () => Output | Promise<Output>): Promise<Output> {
    const entry = this.#entry(name)
    const started = performance.now()
    try {
      return await task()
    } finally {
      entry.seconds += (performance.now() - started) / 1000
    }
  }

  /** A placement of this search was taken. `costPerHour` is null where it misses what is required: its cost says nothing. */
  found(name: SearchName, costPerHour: number | null): void {
    const entry = this.#entry(name)
    entry.incumbents++
    if (costPerHour !== null) entry.bestCostPerHour = costPerHour
  }

  /** A bound of this search on the primary objective was taken. */
  proved(name: SearchName, bound: number): void {
    this.#entry(name).bound = bound
  }

  /** Some placement refuted the bounds, and who proved what is known no more. */
  forgetBounds(): void {
    for (const entry of this.#entries.values()) delete entry.bound
  }

  /** In the order in which they began. */
  describe(): SearchEntry[] {
    return [...this.#entries.values()].map((entry) => ({ ...entry }))
  }

  #entry(name: SearchName): Entry {
    const entry = this.#entries.get(name) ?? { name, seconds: 0, incumbents: 0 }
    this.#entries.set(name, entry)
    return entry
  }
}
