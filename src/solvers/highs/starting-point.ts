import type { HighsCallbackMap, Model } from 'highs'
import { reportPoint } from '../../../models/linear-program/point-report.js'
import type { LinearProgram } from '../../../models/linear-program/program.js'
import { wholeBounds } from '../../../models/linear-program/whole-bounds.js'

const tolerance = 1e-6
const completionNodes = 500

/**
 * Makes a start into a full feasible point, or null when that fails: a point that is one already is taken as it is;
 * else its known whole columns are fixed and a short search looks for the rest.
 *
 * HiGHS would do the same by itself, but the bounds that it then tells in its callbacks are those of the fixed program,
 * which are no bounds of the program, and it would spend the whole time limit on the start, and then once more. Hence
 * here, in the open.
 */
export function completeStart(
  model: Model,
  program: LinearProgram,
  start: Float64Array,
  callbacks: HighsCallbackMap
): Float64Array | null {
  const report = reportPoint(program, start)
  if (report.infeasibility <= tolerance && report.fractionality <= tolerance) return start
  const { lower, upper } = wholeBounds(program)
  const columns: number[] = []
  const values: number[] = []
  for (let column = 0; column < program.columns; column++) {
    const value = Math.round(start[column] ?? Number.NaN)
    if (program.integer[column] !== 1) continue
    if (value >= (lower[column] as number) && value <= (upper[column] as number)) {
      columns.push(column)
      values.push(value)
    }
  }
  if (columns.length === 0) return null
  const indices = Int32Array.from(columns)
  const boundsOf = (bounds: Float64Array) => Float64Array.from(columns, (column) => bounds[column] as number)
  const nodeLimit = model.options.get('mip_max_nodes')
  model.changeColsBounds({ kind: 'set', indices }, values, values)
  model.options.set('mip_max_nodes', completionNodes)
  try {
    model.run(callbacks)
    return model.info.get('primal_solution_status') === 2 ? model.getSolution().colValue : null
  } finally {
    model.options.set('mip_max_nodes', nodeLimit)
    model.changeColsBounds({ kind: 'set', indices }, boundsOf(lower), boundsOf(upper))
    model.clearSolver()
    model.zeroAllClocks()
  }
}
