import type { Highs } from 'highs'
import type { PatternProblem } from '../../../models/formulations/pattern-problem.js'
import { MasterRows } from './master-rows.js'
import { costOf, type Pattern, type PatternSolution } from './pattern.js'

export interface CombinationOptions {
  readonly seconds: number
  readonly relativeGap: number
  readonly seed: number
  readonly stopped: () => boolean
  readonly onSolution: (solution: PatternSolution) => void
}

/** How far from feasible and whole a point may be to be looked at. Whoever gets the solution checks it. */
const TOLERANCE = 1e-5

/** The restricted master as an integer program: the cheapest combination of some patterns, within a time. */
export function combine(
  highs: Highs,
  problem: PatternProblem,
  patterns: readonly Pattern[],
  options: CombinationOptions
): void {
  const { available, groupNodes, fixedCost } = problem
  const rows = new MasterRows(problem)
  const { lower, upper } = rows.bounds()
  const tell = (point: Float64Array) => {
    const seated = patterns.flatMap((pattern, index) => {
      const nodes = Math.round(point[index] as number)
      return nodes > 0 ? [{ pattern, nodes }] : []
    })
    if (
      patterns.some((_, index) => Math.abs((point[index] as number) - Math.round(point[index] as number)) > TOLERANCE)
    )
      return
    const cost = seated.reduce((sum, { pattern, nodes }) => sum + nodes * costOf(problem, pattern), fixedCost)
    options.onSolution({ cost, patterns: seated })
  }
  const model = highs.createModel()
  try {
    model.options.set({
      output_flag: false,
      random_seed: options.seed & 0x7fffffff,
      mip_rel_gap: options.relativeGap,
      mip_detect_symmetry: false,
      time_limit: options.seconds
    })
    model.passModel({
      numCols: patterns.length,
      numRows: rows.count,
      offset: 0,
      colCost: Float64Array.from(patterns, (pattern) => costOf(problem, pattern)),
      colLower: new Float64Array(patterns.length),
      colUpper: Float64Array.from(patterns, ({ kind, group }) =>
        group < 0 ? (available[kind] as number) : (groupNodes[group] as number)
      ),
      rowLower: lower,
      rowUpper: upper,
      integrality: new Int32Array(patterns.length).fill(1),
      matrix: rows.columns(patterns)
    })
    const { mipInterrupt, simplexInterrupt, mipImprovingSolution } = highs.constants.callbackType
    const interrupt = (event: { interrupt(): void }): undefined => {
      if (options.stopped()) event.interrupt()
      return undefined
    }
    model.run({
      [mipInterrupt]: interrupt,
      [simplexInterrupt]: interrupt,
      [mipImprovingSolution]: ({ data }): undefined => {
        if (data.mip_solution !== undefined) tell(data.mip_solution)
        return undefined
      }
    })
    if (model.info.get('primal_solution_status') === 2) tell(model.getSolution().colValue)
  } finally {
    model.dispose()
  }
}
