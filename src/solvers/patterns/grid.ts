/** Amounts of one dimension in whole cells, rounded so that what fits in the dimension fits in the cells. */
export interface Axis {
  readonly dimension: number
  /** Amount of one cell. */
  readonly unit: number
  /** Cells of an empty node. */
  readonly cells: number
}

/** The finest unit that is looked for: amounts are whole multiples of it or rounded. */
const FINEST = 1e-4

/** Cells for a capacity and the weights taken from it: exact where the weights have a common unit that is coarse enough. */
export function makeAxis(dimension: number, capacity: number, weights: readonly number[], mostCells: number): Axis {
  const exact = commonUnit(weights)
  if (exact > 0 && capacity / exact <= mostCells) return { dimension, unit: exact, cells: cellsOf(capacity, exact) }
  let best = { unit: capacity / mostCells, loss: Infinity }
  for (let cells = Math.ceil(mostCells / 2); cells <= mostCells; cells++) {
    const unit = capacity / cells
    const loss = weights.reduce((sum, weight) => sum + (weight - unit * cellsOf(weight, unit)) / weight, 0)
    if (loss < best.loss) best = { unit, loss }
  }
  return { dimension, unit: best.unit, cells: cellsOf(capacity, best.unit) }
}

/** How many whole cells an amount has. */
export function cellsOf(amount: number, unit: number): number {
  return Math.max(0, Math.floor((amount / unit) * (1 + 1e-9) + 1e-9))
}

/** The largest unit, a multiple of the finest, of which all weights are multiples; 0 when there is none. */
function commonUnit(weights: readonly number[]): number {
  let divisor = 0
  for (const weight of weights) {
    const units = Math.round(weight / FINEST)
    if (units === 0 || Math.abs(weight - units * FINEST) > 1e-9 * Math.max(1, weight)) return 0
    divisor = greatestDivisor(divisor, units)
  }
  return divisor * FINEST
}

function greatestDivisor(left: number, right: number): number {
  let [large, small] = [left, right]
  while (small > 0) [large, small] = [small, large % small]
  return large
}
