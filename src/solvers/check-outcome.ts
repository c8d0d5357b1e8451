import { reportPoint } from '../../models/linear-program/point-report.js'
import type { LinearProgram } from '../../models/linear-program/program.js'
import type { SolverOptions, SolverOutcome } from '../../models/linear-program/solution.js'
import type { Solver, SolverHooks } from './solver.js'

/** Infeasibility up to which a point counts as one, its whole columns rounded: twice what solvers allow themselves. */
const pointTolerance = 2e-6

/** Distance from whole numbers up to which columns are rounded to them. */
const wholeTolerance = 1e-5

/** Infeasibility as it stands, nothing rounded, up to which a point is excused by the tolerances of its solver. */
const excusedTolerance = 1e-4

/** Infeasibility and distance from whole numbers of a start that may refute a claim. */
const startTolerance = 1e-9

/** Relative difference of objectives that refutes nothing. */
const objectiveTolerance = 1e-5

/**
 * Holds what a solver claims against the program, in the one place that all solvers pass. A point that breaks the program
 * is dropped; an outcome that its own point, or the start, refutes is `failed` and proves nothing; and so is the word of
 * a solver that never does. The message says what was claimed and what was found.
 */
export function checkOutcome(
  program: LinearProgram,
  options: SolverOptions,
  { name, capabilities }: Solver,
  claimed: SolverOutcome
): SolverOutcome {
  const outcome = dropBrokenPoint(program, options, name, {
    ...claimed,
    bound: capabilities.proves ? claimed.bound : Number.NEGATIVE_INFINITY
  })
  const { termination, solution, bound } = outcome
  const counted = solution === null ? Number.POSITIVE_INFINITY : reportPoint(program, solution).objective
  const start = objectiveOfStart(program, options)
  const least = Math.min(counted, start)
  if (termination === 'infeasible' && least < Number.POSITIVE_INFINITY) {
    return refuted(outcome, `${name} claims infeasible, but the start is a point of ${start}`)
  }
  if (solution !== null && !(Math.abs(outcome.objective - counted) <= slackOf(counted))) {
    const message = `${name} claims a point of ${outcome.objective}, but it is one of ${counted}`
    return refuted({ ...outcome, objective: counted }, message)
  }
  if (isBelow(least, bound)) {
    return refuted(outcome, `${name} claims a bound of ${bound}, but there is a point of ${least}`)
  }
  if (termination === 'optimal' && isBelow(start, counted)) {
    return refuted(outcome, `${name} claims optimal with ${counted}, but the start is a point of ${start}`)
  }
  return outcome
}

/**
 * The outcome without a point that breaks the program. Who claims to be done with such a point has failed, and proven nothing
 * unless the tolerances of a solver excuse the point: those make more points, so that a bound on them is a bound on the true ones.
 */
function dropBrokenPoint(
  program: LinearProgram,
  options: SolverOptions,
  name: string,
  outcome: SolverOutcome
): SolverOutcome {
  const { termination, solution } = outcome
  const fault = solution === null ? null : faultOf(program, solution, options)
  if (solution === null || fault === null) return outcome
  const message = `${name} claims ${termination} with a point that ${fault}`
  const rest = { ...outcome, solution: null, objective: Number.POSITIVE_INFINITY, message }
  if (termination !== 'optimal' && termination !== 'gap-limit') return rest
  return isExcused(program, solution, options) ? { ...rest, termination: 'failed' } : refuted(rest, message)
}

/** The hooks with the same check of what is told on the way, and by whom: a point that breaks the program is not passed on. */
export function checkingHooks(
  { name: solver }: Solver,
  program: LinearProgram,
  options: SolverOptions,
  hooks: SolverHooks
): SolverHooks {
  const { onProgress } = hooks
  if (onProgress === undefined) return hooks
  return {
    ...hooks,
    onProgress: (progress) => {
      const { solution, bound, seconds } = progress
      const isSound = solution === undefined || faultOf(program, solution, options) === null
      onProgress({ ...(isSound ? progress : { bound, seconds }), solver })
    }
  }
}

/** What is wrong with a point; null when it is one of the program, up to rounding its whole columns. */
export function faultOf(
  program: LinearProgram,
  point: Float64Array,
  { relaxation }: SolverOptions = {}
): string | null {
  const { fractionality } = reportPoint(program, point)
  if (!relaxation && fractionality > wholeTolerance) return `is ${fractionality} away from whole numbers`
  const { infeasibility } = relaxation
    ? reportPoint(relaxed(program), point)
    : reportPoint(program, withWholeRounded(program, point))
  return infeasibility > pointTolerance ? `breaks a row or bound by ${infeasibility}` : null
}

function isExcused(program: LinearProgram, point: Float64Array, { relaxation }: SolverOptions): boolean {
  const { infeasibility } = reportPoint(relaxed(program), point)
  const { fractionality } = reportPoint(program, point)
  return infeasibility <= excusedTolerance && (relaxation === true || fractionality <= excusedTolerance)
}

function relaxed(program: LinearProgram): LinearProgram {
  return { ...program, integer: new Uint8Array(program.columns) }
}

function withWholeRounded({ integer }: LinearProgram, point: Float64Array): Float64Array {
  return point.map((value, column) => (integer[column] === 1 ? Math.round(value) : value))
}

/** The objective of a start that is a point of the program, to the last digit; else Infinity. */
function objectiveOfStart(program: LinearProgram, { start }: SolverOptions): number {
  if (start === undefined) return Number.POSITIVE_INFINITY
  const { infeasibility, fractionality, objective } = reportPoint(program, start)
  return infeasibility <= startTolerance && fractionality <= startTolerance ? objective : Number.POSITIVE_INFINITY
}

function isBelow(one: number, other: number): boolean {
  return one < other - slackOf(one)
}

function slackOf(objective: number): number {
  return objectiveTolerance * Math.max(1, Math.abs(objective))
}

function refuted(outcome: SolverOutcome, message: string): SolverOutcome {
  return { ...outcome, termination: 'failed', bound: Number.NEGATIVE_INFINITY, message }
}
