import {
  type AggregatedModel,
  type AggregatedOptions,
  formulateInSteps,
  type LevelLimit,
  type ObjectiveLevel
} from '../../models/formulations/aggregated.js'
import { packingToPoint, pointToPacking } from '../../models/formulations/aggregated-points.js'
import { reportPoint } from '../../models/linear-program/point-report.js'
import type { LinearProgram } from '../../models/linear-program/program.js'
import type { SolverOutcome } from '../../models/linear-program/solution.js'
import type { Budget } from '../budget.js'
import { outcomeWithoutPoint } from '../solvers/solver.js'
import { breathe, takeTurn } from '../turns.js'
import type { Incumbents } from './incumbents.js'
import { realisePacking } from './realisation.js'
import { requirementsOf } from './requirements.js'
import { solveWithin } from './solve-within.js'
import type { SolverTeam } from './solver-team.js'

export interface MipSearchOptions extends AggregatedOptions {
  readonly level: ObjectiveLevel
  /** Beside what the best packing reached in the objectives before the cost, which is held anyway. */
  readonly atMost?: readonly LevelLimit[]
  readonly budget: Budget
  readonly relativeGap: number
  readonly seed: number
  readonly signal: AbortSignal
  /** Told every bound that the solver proves. Only the whole program's bound says something about the Problem. */
  readonly onBound?: (bound: number) => void
}

/** Slack of what is held: with less than its own tolerance HiGHS has called a feasible program infeasible. */
const HELD_SLACK = 1e-6

/** Largest distance from feasibility at which a solver's point is looked at. What becomes of it is checked exactly. */
const POINT_TOLERANCE = 1e-4

/**
 * Solves the aggregated program in a worker, started from the best packing. Every point the solver streams is held against the
 * program, realised and offered; nothing it says is believed. A worker that dies counts as a solver that found nothing.
 */
export async function searchByMip(
  incumbents: Incumbents,
  solvers: SolverTeam,
  options: MipSearchOptions
): Promise<SolverOutcome> {
  // A large program takes a second to write down.
  if (options.signal.aborted) return outcomeWithoutPoint('interrupted', 0)
  const { instance } = incumbents
  const model = await formulate(incumbents, options)
  if (model === null) return outcomeWithoutPoint('interrupted', 0)
  const { program, start } = incumbents.time('formulate', () => {
    const limits = [...heldBefore(incumbents, options.level), ...(options.atMost ?? [])]
    const { program } = model.program(options.level, limits)
    const start = incumbents.best && packingToPoint(instance, model.columns, incumbents.best.packing, program.columns)
    return { program, start }
  })
  const take = (point: Float64Array) => {
    offerPoint(incumbents, model, program, point, options)
  }
  try {
    const outcome = await solveWithin(
      options.budget,
      solvers,
      program,
      {
        relativeGap: options.relativeGap,
        seed: options.seed,
        ...(start === null ? {} : { start })
      },
      {
        signal: options.signal,
        onProgress: ({ solution, bound }) => {
          if (solution !== undefined) take(solution)
          options.onBound?.(bound)
        }
      }
    )
    if (outcome.solution !== null) take(outcome.solution)
    options.onBound?.(outcome.bound)
    return outcome
  } catch (error) {
    return outcomeWithoutPoint('failed', 0, error instanceof Error ? error.message : String(error))
  }
}

/** The model, written down in turns with others on this thread; null when it was stopped. */
async function formulate(incumbents: Incumbents, options: MipSearchOptions): Promise<AggregatedModel | null> {
  const steps = formulateInSteps(incumbents.instance, options)
  while (!options.signal.aborted) {
    const { done, value } = incumbents.time('formulate', () => takeTurn(steps))
    if (done === true) return value
    await breathe()
  }
  return null
}

/** What the best packing reached in the objectives before a level must not be given up for it. */
function heldBefore({ best, instance }: Incumbents, level: ObjectiveLevel): LevelLimit[] {
  if (best === null) return []
  const required = requirementsOf(instance, best.worth)
  const own = required.findIndex((requirement) => requirement.level === level)
  const before = own < 0 ? required : required.slice(0, own)
  return before.map(({ level: held, atMost }) => ({ level: held, atMost: atMost + HELD_SLACK }))
}

function offerPoint(
  incumbents: Incumbents,
  model: AggregatedModel,
  program: LinearProgram,
  point: Float64Array,
  options: MipSearchOptions
): void {
  const state = incumbents.time('realise', () => {
    const { infeasibility, fractionality } = reportPoint(program, point)
    if (infeasibility > POINT_TOLERANCE || fractionality > POINT_TOLERANCE) return null
    const packing = pointToPacking(incumbents.instance, model.columns, point, options.outside)
    return realisePacking(incumbents.instance, packing)
  })
  if (state !== null) incumbents.offer(state, options.nodes === undefined ? 'mip' : 'local-search')
}
