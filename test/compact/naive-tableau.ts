import javascriptLpSolver from 'javascript-lp-solver'
import { parseProblem } from 'replica-compactor'
import { formulateAggregated } from '../../models/formulations/aggregated.js'
import { compileInstance } from '../../models/instance/compile.js'
import { reportPoint } from '../../models/linear-program/point-report.js'
import type { PointReport } from '../../models/linear-program/solution.js'

/** Under `module: nodenext` the types of this package wrap its default export once more than its code does. */
const solver = javascriptLpSolver as unknown as {
  Solve(model: unknown): { readonly feasible: boolean } & Readonly<Record<string, number | undefined>>
}

/** What javascript-lp-solver itself says of the program of a Problem, unscaled and unchecked, and what its point is worth. */
export function askNaively(problem: unknown, timeoutMs: number): { isFeasible: boolean; point: PointReport } {
  const { program } = formulateAggregated(compileInstance(parseProblem(problem))).program('total')
  const variables: Record<string, Record<string, number>> = {}
  const constraints: Record<string, { min?: number; max?: number }> = {}
  const ints: Record<string, true> = {}
  const limit = (name: string, min = 0, max = 0) => {
    constraints[name] = { ...(Number.isFinite(min) ? { min } : {}), ...(Number.isFinite(max) ? { max } : {}) }
  }
  for (let column = 0; column < program.columns; column++) {
    variables[`x${column}`] = { cost: program.cost[column] ?? 0, [`b${column}`]: 1 }
    limit(`b${column}`, program.columnLower[column], program.columnUpper[column])
    if (program.integer[column] === 1) ints[`x${column}`] = true
  }
  for (let row = 0; row < program.rows; row++) {
    limit(`r${row}`, program.rowLower[row], program.rowUpper[row])
    for (let entry = program.rowStart[row] ?? 0; entry < (program.rowStart[row + 1] ?? 0); entry++) {
      Object.assign(variables[`x${program.entryColumn[entry]}`] ?? {}, { [`r${row}`]: program.entryValue[entry] })
    }
  }
  const options = { timeout: timeoutMs }
  const answer = solver.Solve({ optimize: 'cost', opType: 'min', variables, constraints, ints, options })
  const point = Float64Array.from({ length: program.columns }, (_, column) => answer[`x${column}`] ?? 0)
  return { isFeasible: answer.feasible, point: reportPoint(program, point) }
}
