/** YALPS: a dense tableau in plain JavaScript, after javascript-lp-solver. It is in the benchmark only. */
import { solve as solveModel } from 'yalps'
import { reportPoint } from '../../dist/models/linear-program/point-report.js'

/** @import { LinearProgram } from '../../dist/models/linear-program/program.js' */
/** @import { ProgramSolver } from './programs.mjs' */

/** As javascript-lp-solver: beyond it a tableau takes gigabytes. */
const LARGEST = { columns: 3000, rows: 3000 }

/** @type {() => Promise<ProgramSolver>} */
export async function loadYalps() {
  return {
    capabilities: {
      ...{ integers: true, freeIntegers: false, largest: LARGEST, startingPoint: 'none', proves: false, bound: false },
      ...{ progress: false, interrupt: false, gapLimit: true, timeLimit: true, iterationLimit: false, seed: false }
    },
    solve: (program, options, hooks) => prepare(program)(options, hooks),
    prepare
  }
}

/** @type {NonNullable<ProgramSolver['prepare']>} */
function prepare(program) {
  const model = toModel(program)
  return ({ timeLimitMs = Infinity, relativeGap = 0 }) => {
    const start = performance.now()
    const { status, variables } = solveModel(model, {
      timeout: timeLimitMs,
      tolerance: relativeGap,
      // By default it gives up after 8,192 pivots, and calls that a cycle.
      maxPivots: Infinity,
      maxIterations: Infinity,
      // Columns of the aggregated program often tie.
      checkCycles: false
    })
    const seconds = (performance.now() - start) / 1000
    const solution = new Float64Array(program.columns)
    for (const [column, value] of variables) solution[column] = value
    const termination = terminations[status] ?? 'failed'
    const isPoint = status === 'optimal' || (status === 'timedout' && variables.length > 0)
    if (!isPoint) return { termination, solution: null, objective: Infinity, bound: -Infinity, seconds }
    return { termination, solution, objective: reportPoint(program, solution).objective, bound: -Infinity, seconds }
  }
}

/** @type {Record<string, 'optimal' | 'infeasible' | 'unbounded' | 'time-limit' | 'failed'>} */
const terminations = {
  optimal: 'optimal',
  infeasible: 'infeasible',
  unbounded: 'unbounded',
  timedout: 'time-limit',
  cycled: 'failed'
}

/** Variables go from 0 up; all other bounds are constraints. Rows are named by number, bounds of columns by number and `b`. @type {(program: LinearProgram) => import('yalps').Model<number, string>} */
function toModel(program) {
  const { columns, rows, rowStart, entryColumn, entryValue, rowLower, rowUpper } = program
  /** @type {[string, { min?: number, max?: number, equal?: number }][]} */
  const constraints = []
  const coefficients = Array.from({ length: columns }, (_, column) => [
    /** @type {[string, number]} */ (['cost', program.cost[column] ?? 0])
  ])
  for (let row = 0; row < rows; row++) {
    constraints.push([String(row), between(rowLower[row] ?? -Infinity, rowUpper[row] ?? Infinity)])
    for (let entry = rowStart[row] ?? 0; entry < (rowStart[row + 1] ?? 0); entry++) {
      coefficients[entryColumn[entry] ?? 0]?.push([String(row), entryValue[entry] ?? 0])
    }
  }
  for (let column = 0; column < columns; column++) {
    const lower = program.columnLower[column] ?? 0
    const upper = program.columnUpper[column] ?? Infinity
    if (lower <= 0 && upper === Infinity) continue
    constraints.push([`${column}b`, between(lower <= 0 ? -Infinity : lower, upper)])
    coefficients[column]?.push([`${column}b`, 1])
  }
  return {
    direction: 'minimize',
    objective: 'cost',
    constraints,
    variables: coefficients.entries(),
    integers: new Set(Array.from(program.integer.keys()).filter((column) => program.integer[column] === 1))
  }
}

/** @type {(lower: number, upper: number) => { min?: number, max?: number, equal?: number }} */
function between(lower, upper) {
  if (lower === upper) return { equal: lower }
  return { ...(lower > -Infinity ? { min: lower } : {}), ...(upper < Infinity ? { max: upper } : {}) }
}
