/**
 * A few numbers for each step that answer most questions "does this one surely come before that one?" at once, however far
 * apart the two are. Steps are positions in an order, each after all that it waits for.
 */
export class OrderLabels {
  /** Each step stands in a forest below the latest that it waits for: its place in it, and the first place that is not below it. */
  readonly #enter: Int32Array
  readonly #leave: Int32Array
  readonly #numberings: readonly Numbering[]

  constructor(offsets: Int32Array, waitsFor: Int32Array) {
    const size = offsets.length - 1
    this.#enter = new Int32Array(size)
    this.#leave = new Int32Array(size)
    this.#plant(offsets, waitsFor)
    this.#numberings = [numberSteps(offsets, waitsFor, 1), numberSteps(offsets, waitsFor, -1)]
  }

  /** Whether the forest shows that the earlier step comes first. */
  isBefore(first: number, second: number): boolean {
    const place = this.#enter[second] as number
    return (this.#enter[first] as number) < place && place < (this.#leave[first] as number)
  }

  /** Whether the numbers show that the second step may begin before the first one ends. */
  isFree(first: number, second: number): boolean {
    return this.#numberings.some(({ number, least }) => {
      return (
        (number[first] as number) > (number[second] as number) || (least[first] as number) < (least[second] as number)
      )
    })
  }

  #plant(offsets: Int32Array, waitsFor: Int32Array): void {
    const size = this.#enter.length
    const parent = new Int32Array(size).fill(-1)
    for (let at = 0; at < size; at++) {
      for (let edge = offsets[at] as number; edge < (offsets[at + 1] as number); edge++) {
        parent[at] = Math.max(parent[at] as number, waitsFor[edge] as number)
      }
    }
    const below = new Int32Array(size).fill(1)
    for (let at = size - 1; at >= 0; at--) {
      const above = parent[at] as number
      if (above >= 0) below[above] = (below[above] as number) + (below[at] as number)
    }
    const next = new Int32Array(size)
    let root = 0
    for (let at = 0; at < size; at++) {
      const above = parent[at] as number
      const enter = above < 0 ? root : (next[above] as number)
      const leave = enter + (below[at] as number)
      if (above < 0) root = leave
      else next[above] = leave
      this.#enter[at] = enter
      this.#leave[at] = leave
      next[at] = enter + 1
    }
  }
}

/** Whoever comes first has a lower number, and no lower least one: so most who do not are told at once (GRAIL: Yildirim et al. 2010). */
interface Numbering {
  readonly number: Int32Array
  /** The least number of all that come before a step, and its own. */
  readonly least: Int32Array
}

/** Numbers all steps, each after those that it waits for: depth first, from its first edge or from its last. */
function numberSteps(offsets: Int32Array, waitsFor: Int32Array, direction: 1 | -1): Numbering {
  const size = offsets.length - 1
  const number = new Int32Array(size).fill(-1)
  const least = new Int32Array(size)
  const walked = new Int32Array(size)
  let next = 0
  for (let index = 0; index < size; index++) {
    const path = [direction === 1 ? size - 1 - index : index]
    if (number[path[0] as number] !== -1) continue
    while (path.length > 0) {
      const at = path.at(-1) as number
      const first = offsets[at] as number
      const count = (offsets[at + 1] as number) - first
      const edge = walked[at] as number
      if (edge < count) {
        walked[at] = edge + 1
        const before = waitsFor[direction === 1 ? first + edge : first + count - 1 - edge] as number
        if (number[before] === -1) path.push(before)
        continue
      }
      let lowest = next
      for (let each = first; each < first + count; each++) {
        lowest = Math.min(lowest, least[waitsFor[each] as number] as number)
      }
      number[at] = next++
      least[at] = lowest
      path.pop()
    }
  }
  return { number, least }
}
