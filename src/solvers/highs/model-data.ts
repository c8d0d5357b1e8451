import type { ModelData } from 'highs'
import type { LinearProgram } from '../../../models/linear-program/program.js'

/** The program as HiGHS takes it. HiGHS copies the arrays, so they may be the program's own. */
export function modelData(program: LinearProgram, relaxation = false): ModelData {
  const data: ModelData = {
    numCols: program.columns,
    numRows: program.rows,
    offset: program.offset,
    colCost: program.cost,
    colLower: program.columnLower,
    colUpper: program.columnUpper,
    rowLower: program.rowLower,
    rowUpper: program.rowUpper,
    matrix: {
      format: 'csr',
      numRows: program.rows,
      numCols: program.columns,
      starts: program.rowStart,
      indices: program.entryColumn,
      values: program.entryValue
    }
  }
  return relaxation || !program.integer.includes(1) ? data : { ...data, integrality: Int32Array.from(program.integer) }
}
