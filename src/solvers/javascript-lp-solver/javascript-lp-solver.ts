import { reportPoint } from '../../../models/linear-program/point-report.js'
import type { LinearProgram } from '../../../models/linear-program/program.js'
import type { SolverOptions, SolverOutcome } from '../../../models/linear-program/solution.js'
import { Clock } from '../clock.js'
import { scaleProgram } from '../scale-program.js'
import { outcomeWithoutPoint, type Solver, type SolverHooks } from '../solver.js'
import { substitutedModel, type Variable } from './model.js'
import { type PivotStop, watchPivots } from './watch-pivots.js'

/** Relative distance from a whole number up to which a value is that number. */
const wholeTolerance = 1e-6

/** A solver in plain JavaScript, with a dense tableau: for small programs, where no WebAssembly is to be had. */
export function loadJavascriptLpSolver(): Solver {
  return {
    name: 'javascript-lp-solver',
    capabilities: {
      integers: true,
      // As the difference of two variables, branching on either goes on for ever.
      freeIntegers: false,
      // Its tableau then takes about 150 MB, and it copies it.
      largest: { columns: 3000, rows: 3000 },
      startingPoint: 'none',
      proves: false,
      bound: false,
      progress: true,
      interrupt: true,
      // Its own tolerance is measured against an objective of some later node.
      gapLimit: false,
      timeLimit: true,
      iterationLimit: false,
      seed: false
    },
    solve
  }
}

function solve(program: LinearProgram, options: SolverOptions, hooks: SolverHooks): SolverOutcome {
  const clock = new Clock(options.timeLimitMs)
  const { program: scaled } = scaleProgram(program, options.relaxation)
  const { model, columnValue } = substitutedModel(scaled)
  const pointOf = (amountOf: (variable: Variable) => number) =>
    Float64Array.from({ length: program.columns }, (_, column) => {
      const value = columnValue(column, amountOf)
      const whole = Math.round(value)
      return scaled.integer[column] === 1 && Math.abs(value - whole) <= wholeTolerance * Math.max(1, Math.abs(whole))
        ? whole
        : value
    })
  const outcomeOf = (termination: SolverOutcome['termination'], solution: Float64Array): SolverOutcome => {
    const { objective } = reportPoint(program, solution)
    return { termination, solution, objective, bound: Number.NEGATIVE_INFINITY, seconds: clock.seconds }
  }
  let best: Float64Array | null = null
  const stop = watchPivots(model, {
    stopReason: (): PivotStop | null => (clock.expired ? 'time-limit' : hooks.interrupted?.() ? 'interrupted' : null),
    onSolution: (values) => {
      best = pointOf(({ id }) => values[id] ?? 0)
      const { solution, objective, bound, seconds } = outcomeOf('interrupted', best)
      hooks.onProgress?.({ solution: solution?.slice() as Float64Array, objective, bound, seconds })
    }
  })
  if (stop !== null) return best === null ? outcomeWithoutPoint(stop, clock.seconds) : outcomeOf(stop, best)
  const { feasible, bounded } = model.tableau
  if (!feasible) return outcomeWithoutPoint('infeasible', clock.seconds)
  if (!bounded) return outcomeWithoutPoint('unbounded', clock.seconds)
  return outcomeOf(
    'optimal',
    pointOf(({ value }) => value)
  )
}
