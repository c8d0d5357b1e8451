import type { ModelData } from 'highs'
import type { LinearProgram } from '../../../models/linear-program/program.js'
import { wholeBounds } from '../../../models/linear-program/whole-bounds.js'
import { scaleRows } from '../scale-program.js'

/** Coefficients up to which a row is left to HiGHS' own scaling. It has called an unbounded program in bytes optimal. */
const ordinary = 2 ** 20

/** The program as HiGHS takes it, with the same points. HiGHS copies the arrays, so they may be the program's own. */
export function modelData(program: LinearProgram, relaxation = false): ModelData {
  const { rowLower, rowUpper, entryValue } = scaleRows(program, ordinary)
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
