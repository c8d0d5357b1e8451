import type { LinearProgram } from '../../models/linear-program/program.js'
import { wholeBounds } from '../../models/linear-program/whole-bounds.js'

/** A program as solvers with absolute tolerances like it, with the same points but for one more column. */
export interface ScaledProgram {
  /** Its last column is fixed at 1 and carries the constant of the objective, so that gaps are those of the program. */
  readonly program: LinearProgram
  /** Objectives of the scaled program are those of the given one times this power of two. */
  readonly costScale: number
}

/**
 * Makes the largest coefficient of each row, and the least cost, a number from 1 up to 2: memory in bytes stands
 * beside fractions of a core. All factors are powers of two, so nothing is rounded.
 */
export function scaleProgram(program: LinearProgram, relaxation = false): ScaledProgram {
  const { columns } = program
  const { lower, upper } = relaxation
    ? { lower: program.columnLower, upper: program.columnUpper }
    : wholeBounds(program)
  const costScale = costScaleOf(program)
  const integer = new Uint8Array(columns + 1)
  if (!relaxation) integer.set(program.integer)
  const scaled: LinearProgram = {
    ...program,
    ...scaleRows(program),
    columns: columns + 1,
    offset: 0,
    cost: withLast(program.cost, program.offset).map((cost) => cost * costScale),
    columnLower: withLast(lower, 1),
    columnUpper: withLast(upper, 1),
    integer
  }
  return { program: scaled, costScale }
}

/** The rows of a program, each multiplied by a power of two, which `scaleOf` tells from its largest and least coefficient. */
export function scaleRows(
  { rows, rowStart, rowLower, rowUpper, entryValue }: LinearProgram,
  scaleOf: (largest: number, least: number) => number = scaleToOne
): Pick<LinearProgram, 'rowLower' | 'rowUpper' | 'entryValue'> {
  const scales = Float64Array.from({ length: rows }, (_, row) => {
    const { largest, least } = rangeOf(entryValue.subarray(rowStart[row], rowStart[row + 1]))
    return largest === 0 ? 1 : scaleOf(largest, least)
  })
  const scaleRow = (value: number, row: number) => value * (scales[row] as number)
  const scaled = entryValue.slice()
  for (let row = 0; row < rows; row++) {
    for (let entry = rowStart[row] as number; entry < (rowStart[row + 1] as number); entry++) {
      scaled[entry] = scaleRow(entryValue[entry] as number, row)
    }
  }
  return { rowLower: rowLower.map(scaleRow), rowUpper: rowUpper.map(scaleRow), entryValue: scaled }
}

/** The power of two that brings a positive number to 1 up to 2. */
export function scaleToOne(value: number): number {
  return 2 ** -Math.floor(Math.log2(value))
}

/** HiGHS takes costs from 1e20 on for infinite. */
const largestCost = 2 ** 60
const mostScaling = 2 ** 100

/**
 * The power of two that brings the least cost to a number from 1 up to 2, as far as none becomes infinite for it; 1 where the least
 * is `enough`. Solvers take reduced costs below about 1e-7 for none, and have proven false optima where costs are so small.
 */
export function costScaleOf({ cost, offset }: LinearProgram, enough = Number.POSITIVE_INFINITY): number {
  const { largest, least } = rangeOf(cost)
  if (largest === 0 || least >= enough) return 1
  const mostScaled = largestCost * scaleToOne(Math.max(largest, Math.abs(offset)))
  return Math.min(scaleToOne(least), mostScaled, mostScaling)
}

/** The largest of some values and the least that is not 0, without their signs; 0 and Infinity when all are 0. */
function rangeOf(values: Float64Array): { largest: number; least: number } {
  let largest = 0
  let least = Number.POSITIVE_INFINITY
  for (const value of values) {
    const size = Math.abs(value)
    if (size === 0) continue
    largest = Math.max(largest, size)
    least = Math.min(least, size)
  }
  return { largest, least }
}

function withLast(values: Float64Array, last: number): Float64Array {
  const longer = new Float64Array(values.length + 1)
  longer.set(values)
  longer[values.length] = last
  return longer
}
