import { reportPoint } from '../../../models/linear-program/point-report.js'
import type { LinearProgram } from '../../../models/linear-program/program.js'
import type { SolverOptions, SolverOutcome } from '../../../models/linear-program/solution.js'
import { Clock } from '../clock.js'
import { scaleProgram } from '../scale-program.js'
import { outcomeWithoutPoint, type Solver } from '../solver.js'
import { substitutions, tableauModel } from './model.js'
import { solver } from './runtime.js'

/** Distance from a whole number up to which a value is that number. */
const wholeTolerance = 1e-6

/** A solver in plain JavaScript, with a dense tableau: for small programs, where no WebAssembly is to be had. */
export function loadJavascriptLpSolver(): Solver {
  return {
    name: 'javascript-lp-solver',
    capabilities: {
      integers: true,
      largest: { columns: Number.POSITIVE_INFINITY, rows: Number.POSITIVE_INFINITY },
      startingPoint: 'none',
      proves: false,
      bound: false,
      progress: false,
      interrupt: false,
      gapLimit: false,
      timeLimit: true,
      seed: false
    },
    solve
  }
}

function solve(program: LinearProgram, options: SolverOptions): SolverOutcome {
  const clock = new Clock(options.timeLimitMs)
  const { program: scaled } = scaleProgram(program, options.relaxation)
  const substituted = substitutions(scaled)
  const timeout = Math.max(1, Math.ceil(clock.remainingMs))
  const { feasible, bounded, solutionSet } = solver.Solve(tableauModel(scaled, substituted, timeout), undefined, true)
  if (!feasible) return outcomeWithoutPoint(clock.expired ? 'time-limit' : 'infeasible', clock.seconds)
  if (!bounded) return outcomeWithoutPoint('unbounded', clock.seconds)
  const solution = new Float64Array(program.columns)
  for (let column = 0; column < program.columns; column++) {
    const { shift, sign } = substituted[column] as (typeof substituted)[number]
    const value = shift + sign * (solutionSet[`x${column}`] ?? 0)
    const whole = Math.round(value)
    const isWhole = scaled.integer[column] === 1 && Math.abs(value - whole) <= wholeTolerance
    solution[column] = isWhole ? whole : value
  }
  const { objective } = reportPoint(program, solution)
  return {
    termination: clock.expired ? 'time-limit' : 'optimal',
    solution,
    objective,
    bound: objective,
    seconds: clock.seconds
  }
}
