import type { LinearProgram } from './program.js'
import type { PointReport } from './solution.js'

/**
 * Holds a point against a program: what a solver claims is recomputed here. A value that is not finite violates
 * infinitely.
 */
export function reportPoint(program: LinearProgram, point: Float64Array): PointReport {
  let infeasibility = 0
  let fractionality = 0
  let objective = program.offset
  const exceed = (value: number, lower: number, upper: number, scale: number) => {
    const excess = value < lower ? lower - value : value > upper ? value - upper : 0
    const limit = Math.abs(value < lower ? lower : upper)
    if (!Number.isFinite(value)) infeasibility = Number.POSITIVE_INFINITY
    else if (excess > 0) infeasibility = Math.max(infeasibility, excess / Math.max(scale, limit))
  }
  for (let column = 0; column < program.columns; column++) {
    const value = point[column] ?? Number.NaN
    exceed(value, program.columnLower[column] as number, program.columnUpper[column] as number, 1)
    if (program.integer[column] === 1) fractionality = Math.max(fractionality, Math.abs(value - Math.round(value)))
    objective += (program.cost[column] as number) * value
  }
  for (let row = 0; row < program.rows; row++) {
    let sum = 0
    let scale = 0
    for (let entry = program.rowStart[row] as number; entry < (program.rowStart[row + 1] as number); entry++) {
      const column = program.entryColumn[entry] as number
      const amount = point[column] ?? Number.NaN
      const value = program.entryValue[entry] as number
      sum += value * amount
      const least = program.integer[column] === 1 && Number.isInteger(amount) ? 0 : 1
      scale = Math.max(scale, Math.abs(value) * Math.max(Math.abs(amount), least))
    }
    exceed(sum, program.rowLower[row] as number, program.rowUpper[row] as number, scale)
  }
  return { infeasibility, fractionality, objective }
}
