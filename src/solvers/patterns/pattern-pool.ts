import { keyOf, type Pattern } from './pattern.js'

/** Patterns, each once, in the order in which they came. */
export class PatternPool {
  readonly #patterns = new Map<string, Pattern>()

  add(patterns: readonly Pattern[]): void {
    for (const pattern of patterns) {
      const key = keyOf(pattern)
      if (!this.#patterns.has(key)) this.#patterns.set(key, pattern)
    }
  }

  get patterns(): readonly Pattern[] {
    return [...this.#patterns.values()]
  }
}
