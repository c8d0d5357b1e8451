import type { LinearProgram } from '../../../models/linear-program/program.js'

/**
 * The program with a price on breaking its rows instead of its own costs: it always has a point, and costs 0 exactly when
 * the program has one. Each end of a row has a column of its own that gives way.
 */
export function elasticProgram(program: LinearProgram): LinearProgram {
  const { rows, rowStart, rowLower, rowUpper } = program
  const rowStarts = new Int32Array(rows + 1)
  const entryColumn: number[] = []
  const entryValue: number[] = []
  let columns = program.columns
  const giveWay = (sign: number) => {
    entryColumn.push(columns++)
    entryValue.push(sign)
  }
  for (let row = 0; row < rows; row++) {
    for (let entry = rowStart[row] as number; entry < (rowStart[row + 1] as number); entry++) {
      entryColumn.push(program.entryColumn[entry] as number)
      entryValue.push(program.entryValue[entry] as number)
    }
    if (rowLower[row] !== Number.NEGATIVE_INFINITY) giveWay(1)
    if (rowUpper[row] !== Number.POSITIVE_INFINITY) giveWay(-1)
    rowStarts[row + 1] = entryColumn.length
  }
  const padded = (values: ArrayLike<number>, rest: number) =>
    Float64Array.from({ length: columns }, (_, column) => values[column] ?? rest)
  return {
    ...program,
    columns,
    offset: 0,
    cost: Float64Array.from({ length: columns }, (_, column) => (column < program.columns ? 0 : 1)),
    columnLower: padded(program.columnLower, 0),
    columnUpper: padded(program.columnUpper, Number.POSITIVE_INFINITY),
    integer: Uint8Array.from(padded(program.integer, 0)),
    rowStart: rowStarts,
    entryColumn: Int32Array.from(entryColumn),
    entryValue: Float64Array.from(entryValue)
  }
}
