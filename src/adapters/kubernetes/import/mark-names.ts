/** Longer names are cut, and get a number where that makes two alike. */
const LONGEST = 200

/** Names of the labels that the import sets on nodes: what they stand for, each of them another. */
export class MarkNames {
  readonly #names = new Map<string, string>()
  readonly #taken = new Set<string>()

  /** The label for a thing: `kind:text`, the same for the same text; another one for each variant of it, which is not shown. */
  nameOf(kind: string, text: string, variant: string): string {
    const whole = `${kind}:${text}`
    const key = `${whole}\n${variant}`
    let name = this.#names.get(key)
    if (name === undefined) {
      const short = whole.length > LONGEST ? `${[...whole].slice(0, LONGEST).join('')}…` : whole
      name = short
      for (let number = 2; this.#taken.has(name); number++) name = `${short} (${number})`
      this.#names.set(key, name)
      this.#taken.add(name)
    }
    return name
  }
}
