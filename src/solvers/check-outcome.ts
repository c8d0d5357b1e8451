import { reportPoint } from '../../models/linear-program/point-report.js'
import type { LinearProgram } from '../../models/linear-program/program.js'
import type { SolverOptions, SolverOutcome } from '../../models/linear-program/solution.js'
import type { Solver, SolverHooks } from './solver.js'

/** Distance from feasibility, and from whole numbers, up to which a point counts as one. Callers check more exactly. */
const pointTolerance = 1e-4

/** The same for a start that shall refute a claim. */
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
  outcome: SolverOutcome
): SolverOutcome {
  const { termination, solution } = outcome
  const bound = capabilities.proves ? outcome.bound : Number.NEGATIVE_INFINITY
  const fault = solution === null ? null : faultOf(program, solution, options)
  if (fault !== null) {
    const message = `${name} claims ${termination} with a point that ${fault}`
    const withoutPoint = { ...outcome, solution: null, objective: Number.POSITIVE_INFINITY, message }
    const isOver = termination === 'optimal' || termination === 'gap-limit'
    return isOver ? refuted(withoutPoint) : { ...withoutPoint, bound }
  }
  const counted = solution === null ? Number.POSITIVE_INFINITY : reportPoint(program, solution).objective
  const start = objectiveOfStart(program, options)
  const least = Math.min(counted, start)
  if (termination === 'infeasible' && least < Number.POSITIVE_INFINITY) {
    return refuted({ ...outcome, message: `${name} claims infeasible, but the start is a point of ${start}` })
  }
  if (solution !== null && !(Math.abs(outcome.objective - counted) <= slackOf(counted))) {
    return refuted({
      ...outcome,
      objective: counted,
      message: `${name} claims a point of ${outcome.objective}, but it is one of ${counted}`
    })
  }
  if (isBelow(least, bound))
    return refuted({ ...outcome, message: `${name} claims a bound of ${bound}, but there is a point of ${least}` })
  if (termination === 'optimal' && isBelow(start, counted)) {
    return refuted({
      ...outcome,
      message: `${name} claims optimal with ${counted}, but the start is a point of ${start}`
    })
  }
  return { ...outcome, bound }
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

/** What is wrong with a point; null when it is one of the program. */
export function faultOf(
  program: LinearProgram,
  point: Float64Array,
  { relaxation }: SolverOptions = {}
): string | null {
  const { infeasibility, fractionality } = reportPoint(program, point)
  if (infeasibility > pointTolerance) return `breaks a row or bound by ${infeasibility}`
  return !relaxation && fractionality > pointTolerance ? `is ${fractionality} away from whole numbers` : null
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

function refuted(outcome: SolverOutcome): SolverOutcome {
  return { ...outcome, termination: 'failed', bound: Number.NEGATIVE_INFINITY }
}
