/** Told how many milliseconds a part of the work took. */
export type Spent = (part: string, milliseconds: number) => void

/** Milliseconds by part; where several searches had a share in a part, by search. */
export type ProfileReport = Record<string, number | Record<string, number>>

/** What is added without a search. */
const ALONE = ''

/** Where the time of a call went: sums by part of the work and by the search that it was done for. */
export class Profile {
  readonly #parts = new Map<string, Map<string, number>>()

  /** Does something and counts how long it took, promises until they settle. */
  time<Output>(part: string, task: () => Output, search = ALONE): Output {
    const started = performance.now()
    const stop = () => this.add(part, performance.now() - started, search)
    let output: Output
    try {
      output = task()
    } catch (error) {
      stop()
      throw error
    }
    if (output instanceof Promise) return output.finally(stop) as Output
    stop()
    return output
  }

  add(part: string, milliseconds: number, search = ALONE): void {
    const searches = this.#parts.get(part) ?? new Map<string, number>()
    this.#parts.set(part, searches)
    searches.set(search, (searches.get(search) ?? 0) + milliseconds)
  }

  /** Rounded to a hundredth: finer is noise. */
  describe(): ProfileReport {
    const report = [...this.#parts].map(([part, searches]) => {
      const sums = [...searches].map(
        ([search, sum]) => [search === ALONE ? 'other' : search, toHundredths(sum)] as const
      )
      const isAlone = searches.size === 1 && searches.has(ALONE)
      return [part, isAlone ? toHundredths(searches.get(ALONE) as number) : Object.fromEntries(sums)] as const
    })
    return Object.fromEntries(report)
  }
}

function toHundredths(milliseconds: number): number {
  return Math.round(milliseconds * 100) / 100
}
