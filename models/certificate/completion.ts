import type { Effort } from './effort.js'
import type { NodeLimits } from './node-limits.js'

/** Something of which up to `most` copies may come, each worth `profit`. */
export interface Item {
  readonly deployment: number
  readonly profit: number
  readonly most: number
}

/** Rounds of the search for multipliers. */
const ROUNDS = 200
/** Cells of a table, and of its shorter side. */
const CELLS = 6_000
const SHORT_CELLS = 80
/** Slack of weights and of room, in cells: weights may be whole multiples of a cell only but for rounding. */
const WEIGHT_SLACK = 1e-10
const ROOM_SLACK = 1e-6

/**
 * Upper bounds on what items add to contents with some room left: one or two dimensions counted in cells by dynamic programming, all
 * others at a price. Valid whatever the prices: Σ p·x ≤ u·room + Σ (p − u·w)·x.
 */
export class Completion {
  readonly items: readonly Item[]
  readonly #prices: Float64Array
  readonly #long: Side
  readonly #short: Side
  readonly #table: Float64Array

  constructor(
    readonly limits: NodeLimits,
    items: readonly Item[],
    effort: Effort
  ) {
    const { capacity, weights } = limits
    const prices = priceDimensions(limits, items)
    const weightOf = ({ deployment }: Item) => priced(prices, weights[deployment] as Float64Array)
    const ratio = new Map(items.map((item) => [item, item.profit / (weightOf(item) + 1e-12)]))
    this.items = [...items].sort((left, right) => (ratio.get(right) as number) - (ratio.get(left) as number))
    const dear = [...prices.keys()]
      .filter((dimension) => (prices[dimension] as number) > 0)
      .sort((left, right) => worth(prices, capacity, right) - worth(prices, capacity, left))
    ;[this.#long, this.#short] = makeSides(limits, items, dear[0], dear[1])
    this.#prices = prices.map((price, dimension) =>
      dimension === this.#long.dimension || dimension === this.#short.dimension ? 0 : price
    )
    const layer = (this.#long.cells + 1) * (this.#short.cells + 1)
    this.#table = new Float64Array((items.length + 1) * layer)
    effort.cells(this.#fill(layer))
  }

  /** What the items from a position on add at most. */
  bound(position: number, left: Float64Array): number {
    const columns = this.#short.cells + 1
    const row = cellsIn(left, this.#long)
    const column = cellsIn(left, this.#short)
    const layer = (this.#long.cells + 1) * columns
    let bound = this.#table[position * layer + row * columns + column] as number
    for (let dimension = 0; dimension < this.#prices.length; dimension++) {
      const price = this.#prices[dimension] as number
      if (price > 0) bound += price * Math.max(0, left[dimension] as number)
    }
    return bound
  }

  #fill(layer: number): number {
    const table = this.#table
    const columns = this.#short.cells + 1
    let cells = 0
    for (let position = this.items.length - 1; position >= 0; position--) {
      const { deployment, profit, most } = this.items[position] as Item
      const into = position * layer
      table.copyWithin(into, into + layer, into + 2 * layer)
      const weight = this.limits.weights[deployment] as Float64Array
      const surplus = profit - priced(this.#prices, weight)
      if (surplus <= 0) continue
      const down = cellsOf(weight, this.#long)
      const across = cellsOf(weight, this.#short)
      const shift = down * columns + across
      if (shift === 0) {
        for (let cell = into; cell < into + layer; cell++) table[cell] = (table[cell] as number) + surplus * most
        continue
      }
      const fitting = Math.min(
        down > 0 ? Math.floor(this.#long.cells / down) : Infinity,
        across > 0 ? Math.floor(this.#short.cells / across) : Infinity
      )
      // Bundles of 1, 2, 4, … copies: every number up to the most is a sum of some.
      for (let left = Math.min(most, fitting), bundle = 1; left > 0; bundle *= 2) {
        const copies = Math.min(bundle, left)
        left -= copies
        cells += layer
        for (let row = this.#long.cells; row >= down * copies; row--) {
          const start = into + row * columns
          for (let column = columns - 1; column >= across * copies; column--) {
            const value = (table[start + column - copies * shift] as number) + copies * surplus
            if (value > (table[start + column] as number)) table[start + column] = value
          }
        }
      }
    }
    return cells + (this.items.length + 1) * layer
  }
}

/** A dimension counted in cells; one cell for none. */
interface Side {
  readonly dimension: number
  readonly unit: number
  readonly cells: number
}

const NO_SIDE: Side = { dimension: -1, unit: 1, cells: 0 }

function cellsOf(weight: Float64Array, { dimension, unit }: Side): number {
  return dimension < 0 ? 0 : Math.floor((weight[dimension] as number) / unit + WEIGHT_SLACK)
}

function cellsIn(left: Float64Array, { dimension, unit, cells }: Side): number {
  return dimension < 0 ? 0 : Math.max(0, Math.min(cells, Math.floor((left[dimension] as number) / unit + ROOM_SLACK)))
}

/** The side that is exact with the fewer cells leaves the others to the longer one. */
function makeSides(limits: NodeLimits, items: readonly Item[], first = -1, second = -1): [Side, Side] {
  if (first < 0) return [NO_SIDE, NO_SIDE]
  if (second < 0) return [makeSide(limits, items, first, CELLS), NO_SIDE]
  const [one, other] = [makeSide(limits, items, first, SHORT_CELLS), makeSide(limits, items, second, SHORT_CELLS)]
  const [short, long] = one.cells < other.cells ? [one, second] : [other, first]
  return [makeSide(limits, items, long, Math.floor(CELLS / (short.cells + 1))), short]
}

function makeSide({ capacity, weights }: NodeLimits, items: readonly Item[], dimension: number, most: number): Side {
  const room = capacity[dimension] as number
  let unit = 0
  for (const { deployment } of items)
    unit = commonDivisor(unit, (weights[deployment] as Float64Array)[dimension] as number)
  if (unit * most < room) unit = room / most
  return { dimension, unit, cells: Math.floor(room / unit + ROOM_SLACK) }
}

/** Euclid's, near enough: whether a cell is exact decides how tight a bound is, not whether it is valid. */
function commonDivisor(left: number, right: number): number {
  let [divisor, rest] = [Math.max(left, right), Math.min(left, right)]
  const noise = divisor * 1e-9
  while (rest > noise) [divisor, rest] = [rest, divisor % rest]
  return divisor
}

function priced(prices: Float64Array, weight: Float64Array): number {
  let sum = 0
  for (let dimension = 0; dimension < prices.length; dimension++) {
    sum += (prices[dimension] as number) * (weight[dimension] as number)
  }
  return sum
}

function worth(prices: Float64Array, capacity: Float64Array, dimension: number): number {
  return (prices[dimension] as number) * (capacity[dimension] as number)
}

/** Prices of the dimensions at which u·capacity + Σ most·max(0, profit − u·weight) is small: by subgradients. */
function priceDimensions({ capacity, weights }: NodeLimits, items: readonly Item[]): Float64Array {
  const prices = new Float64Array(capacity.length)
  let best = prices.slice()
  let least = Infinity
  const slope = new Float64Array(capacity.length)
  for (let round = 0; round < ROUNDS; round++) {
    let value = 0
    for (let dimension = 0; dimension < capacity.length; dimension++) {
      slope[dimension] = capacity[dimension] as number
      value += worth(prices, capacity, dimension)
    }
    for (const { deployment, profit, most } of items) {
      const weight = weights[deployment] as Float64Array
      const surplus = profit - priced(prices, weight)
      if (surplus <= 0) continue
      value += surplus * most
      for (let dimension = 0; dimension < capacity.length; dimension++) {
        slope[dimension] = (slope[dimension] as number) - most * (weight[dimension] as number)
      }
    }
    if (value < least) {
      least = value
      best = prices.slice()
    }
    // Slopes in parts of the capacity, so that units do not matter.
    let square = 0
    for (let dimension = 0; dimension < capacity.length; dimension++) {
      const limit = capacity[dimension] as number
      if (limit > 0) square += ((slope[dimension] as number) / limit) ** 2
    }
    if (square === 0) break
    const step = (0.5 * least * 0.97 ** round) / Math.sqrt(square)
    for (let dimension = 0; dimension < capacity.length; dimension++) {
      const limit = capacity[dimension] as number
      if (limit <= 0) continue
      const moved = (prices[dimension] as number) - (step * (slope[dimension] as number)) / limit / limit
      prices[dimension] = Math.max(0, moved)
    }
  }
  return best
}
