import type { PatternProblem } from '../../../models/formulations/pattern-problem.js'
import { type Axis, cellsOf, makeAxis } from './grid.js'

/** Cells of a whole table: 128 MB. */
const MOST_CELLS = 2 ** 24

/** Where the tables of one kind after another are kept. */
export interface TableMemory {
  cells: Float64Array
}

/**
 * What the items from a position on can add at most to contents with some room left. One or two dimensions are kept, exactly or rounded to
 * a grid; the others are dualised with multipliers u ≥ 0:
 *
 *   u · room(others) + max { Σ (profit − u · weight) · x : x fits in the grid }
 *
 * The second term is a table over positions and cells, made by dynamic programming from the last item to the first.
 */
export class CompletionTable {
  /** Of the dimensions that are dualised: which, and their prices. */
  readonly #dualised: Int32Array
  readonly #prices: Float64Array
  readonly #long: Axis
  readonly #short: Axis
  readonly #columns: number
  readonly #size: number
  #table: Float64Array = new Float64Array(0)

  constructor(
    readonly problem: PatternProblem,
    room: Float64Array,
    items: Int32Array,
    multipliers: Float64Array,
    cells: number
  ) {
    const kept = scarcest(problem, room, items, multipliers)
    const affordable = Math.min(cells, Math.max(1, Math.floor(MOST_CELLS / (items.length + 1))))
    ;[this.#long, this.#short] = makeAxes(problem, room, items, kept, affordable)
    this.#columns = this.#short.cells + 1
    this.#size = (this.#long.cells + 1) * this.#columns
    const dualised = [...multipliers.keys()].filter(
      (dimension) => !kept.includes(dimension) && (multipliers[dimension] as number) > 0
    )
    this.#dualised = Int32Array.from(dualised)
    this.#prices = Float64Array.from(dualised, (dimension) => multipliers[dimension] as number)
  }

  /** Fills the table for items in their order, each worth `profit` and taken at most `most` times. */
  fill(items: Int32Array, profit: Float64Array, most: Int32Array, memory: TableMemory): void {
    const size = this.#size
    const needed = (items.length + 1) * size
    if (memory.cells.length < needed) memory.cells = new Float64Array(needed)
    this.#table = memory.cells
    this.#table.fill(0, items.length * size, needed)
    for (let position = items.length - 1; position >= 0; position--) {
      const item = items[position] as number
      const into = position * size
      this.#table.copyWithin(into, into + size, into + 2 * size)
      const surplus = (profit[position] as number) - this.#dualWeight(item)
      if (surplus > 0)
        this.#add(
          into,
          surplus,
          this.#cells(item, this.#long),
          this.#cells(item, this.#short),
          most[position] as number
        )
    }
  }

  /** An upper bound on what the items from `position` on add within `room`. */
  complete(position: number, room: Float64Array): number {
    return this.completeAfter(position, room, 0, 0)
  }

  /** The same once so many copies of an item are in that room, too. */
  completeAfter(position: number, room: Float64Array, item: number, copies: number): number {
    const { weight, dimensions } = this.problem
    const from = item * dimensions
    const { dimension: long, unit: longUnit } = this.#long
    const { dimension: short, unit: shortUnit } = this.#short
    const row = cellsOf((room[long] as number) - copies * (weight[from + long] as number), longUnit)
    const column = cellsOf((room[short] as number) - copies * (weight[from + short] as number), shortUnit)
    let bound = this.#table[position * this.#size + row * this.#columns + column] as number
    for (let index = 0; index < this.#dualised.length; index++) {
      const dimension = this.#dualised[index] as number
      const left = (room[dimension] as number) - copies * (weight[from + dimension] as number)
      if (left > 0) bound += (this.#prices[index] as number) * left
    }
    return bound
  }

  /** Takes an item up to `most` times into the layer that begins at `into`. */
  #add(into: number, surplus: number, down: number, across: number, most: number): void {
    const table = this.#table
    const columns = this.#columns
    const rows = this.#long.cells
    const shift = down * columns + across
    if (shift === 0) {
      for (let cell = into; cell < into + this.#size; cell++) table[cell] = (table[cell] as number) + surplus * most
      return
    }
    const fitting = Math.min(
      down > 0 ? Math.floor(rows / down) : Infinity,
      across > 0 ? Math.floor((columns - 1) / across) : Infinity
    )
    if (most >= fitting) {
      // As many as fit: one pass upwards, which finds what it has just added.
      for (let row = down; row <= rows; row++) {
        const end = into + (row + 1) * columns
        for (let cell = into + row * columns + across; cell < end; cell++) {
          const value = (table[cell - shift] as number) + surplus
          if (value > (table[cell] as number)) table[cell] = value
        }
      }
      return
    }
    // One pass downwards for each power of two, and one for what is left: together they make any number of copies.
    for (let left = most, copies = 1; left > 0; left -= copies, copies *= 2) {
      const together = Math.min(copies, left)
      const [lower, further] = [together * down, together * across]
      const step = together * shift
      const value = together * surplus
      for (let row = rows; row >= lower; row--) {
        const start = into + row * columns + further
        for (let cell = into + (row + 1) * columns - 1; cell >= start; cell--) {
          const reached = (table[cell - step] as number) + value
          if (reached > (table[cell] as number)) table[cell] = reached
        }
      }
    }
  }

  #cells(item: number, { dimension, unit }: Axis): number {
    return cellsOf(this.problem.weight[item * this.problem.dimensions + dimension] as number, unit)
  }

  #dualWeight(item: number): number {
    let sum = 0
    for (let index = 0; index < this.#dualised.length; index++) {
      const dimension = this.#dualised[index] as number
      sum +=
        (this.#prices[index] as number) * (this.problem.weight[item * this.problem.dimensions + dimension] as number)
    }
    return sum
  }
}

/** The one or two dimensions that the multipliers call dearest, of those in which the items weigh anything. */
function scarcest(
  { dimensions, weight }: PatternProblem,
  room: Float64Array,
  items: Int32Array,
  multipliers: Float64Array
): number[] {
  const byWorth = Array.from({ length: dimensions }, (_, dimension) => dimension)
    .filter((dimension) => items.some((item) => (weight[item * dimensions + dimension] as number) > 0))
    .map((dimension) => ({ dimension, worth: (multipliers[dimension] as number) * (room[dimension] as number) }))
    .sort((left, right) => right.worth - left.worth)
  return byWorth.slice(0, 2).flatMap(({ dimension, worth }, index) => (index === 0 || worth > 1e-9 ? [dimension] : []))
}

/** An axis with one cell, for dimensions that are not kept. */
const POINT: Axis = { dimension: 0, unit: Infinity, cells: 0 }

/** A long axis and a short one: the dimension that needs fewer cells to be exact leaves the more to the other. */
function makeAxes(
  { dimensions, weight }: PatternProblem,
  room: Float64Array,
  items: Int32Array,
  kept: readonly number[],
  cells: number
): [Axis, Axis] {
  const axisOf = (dimension: number, most: number) => {
    const weights = new Set(Array.from(items, (item) => weight[item * dimensions + dimension] as number))
    weights.delete(0)
    return makeAxis(dimension, room[dimension] as number, [...weights], most)
  }
  const [first, second] = kept
  if (first === undefined) return [POINT, POINT]
  if (second === undefined) return [axisOf(first, cells), POINT]
  const root = Math.floor(Math.sqrt(cells))
  const shorts = [axisOf(first, root), axisOf(second, root)] as const
  const [short, long] = shorts[0].cells < shorts[1].cells ? [shorts[0], second] : [shorts[1], first]
  return [axisOf(long, Math.floor(cells / (short.cells + 1))), short]
}
