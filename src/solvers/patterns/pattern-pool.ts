import { keyOf, type Pattern } from './pattern.js'

/** Numbers that the patterns of a pool hold in all, at most: 64 MB. */
const MOST_NUMBERS = 2 ** 24

/** Patterns, each once, in the order in which they came, until there is no room for more. */
export class PatternPool {
  readonly #patterns = new Map<string, Pattern>()
  #numbers = 0

  add(patterns: readonly Pattern[]): void {
    for (const pattern of patterns) {
      if (this.#numbers > MOST_NUMBERS) return
      const key = keyOf(pattern)
      if (this.#patterns.has(key)) continue
      this.#patterns.set(key, pattern)
      this.#numbers += pattern.counts.length
    }
  }

  get patterns(): readonly Pattern[] {
    return [...this.#patterns.values()]
  }
}
