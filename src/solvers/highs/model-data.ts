import type { ModelData } from 'highs'
import type { LinearProgram } from '../../../models/linear-program/program.js'
import { wholeBounds } from '../../../models/linear-program/whole-bounds.js'
import { scaleRows, scaleToOne } from '../scale-program.js'

/** Coefficients up to which a row is left to HiGHS' own scaling. It has called an unbounded program in bytes optimal. */
const ordinary = 2 ** 20

/** HiGHS leaves out coefficients up to 1e-9, and has called feasible programs infeasible for it. */
const leastKept = 2 ** -29

/** The program as HiGHS takes it, with the same points. HiGHS copies the arrays, so they may be the program's own. */
export function modelData(program: LinearProgram, relaxation = false): ModelData {
  const { rowLower, rowUpper, entryValue } = scaleRows(program, rowScale)
  const data: ModelData = {
    numCols: program.columns,
    numRows: program.rows,
    offset: program.offset,
    colCost: program.cost,
    colLower: program.columnLower,
    colUpper: program.columnUpper,
    rowLower,
    rowUpper,
    matrix: {
      format: 'csr',
      numRows: program.rows,
      numCols: program.columns,
      starts: program.rowStart,
      indices: program.entryColumn,
      values: entryValue
    }
  }
  if (relaxation || !program.integer.includes(1)) return data
  const { lower, upper } = wholeBounds(program)
  return { ...data, colLower: lower, colUpper: upper, integrality: Int32Array.from(program.integer) }
}

/**
 * Its tolerance is an absolute one, so the largest coefficient of a row shall be from 1 up to what is ordinary; but none must get
 * lost. A row with numbers too far apart for that goes beyond what HiGHS takes, which then refuses the program.
 */
function rowScale(largest: number, least: number): number {
  const scale = largest < 1 || largest > ordinary ? scaleToOne(largest) : 1
  return least * scale < leastKept ? leastKept * scaleToOne(least) : scale
}
