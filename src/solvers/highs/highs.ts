import type { Highs, Model } from 'highs'
import type { LinearProgram } from '../../../models/linear-program/program.js'
import type { SolverOptions, SolverOutcome } from '../../../models/linear-program/solution.js'
import { scaleCosts, unscaledHooks, unscaledOutcome } from '../cost-scale.js'
import { costScaleOf } from '../scale-program.js'
import {
  optimalGap,
  outcomeWithoutPoint,
  relativeGap,
  type Solver,
  SolverCrashedError,
  type SolverHooks
} from '../solver.js'
import { modelData } from './model-data.js'
import { forgetHighs, loadHighs } from './runtime.js'
import { completeStart } from './starting-point.js'
import { mayBeUnbounded, terminationOf } from './termination.js'
import { Watch } from './watch.js'

/** The least cost up from which a program is left as it is. */
const enoughCost = 2 ** -6

/** At most this part of the time, and of the iterations, goes into completing a partial start. */
const startShare = 0.2

/** HiGHS compiled to WebAssembly: synchronous, on one thread, with a heap of 2 GB. */
export async function loadHighsSolver(): Promise<Solver> {
  const highs = await loadHighs()
  return {
    name: 'highs',
    capabilities: {
      integers: true,
      freeIntegers: true,
      largest: { columns: Number.POSITIVE_INFINITY, rows: Number.POSITIVE_INFINITY },
      startingPoint: 'partial',
      proves: true,
      bound: true,
      progress: true,
      interrupt: true,
      gapLimit: true,
      timeLimit: true,
      iterationLimit: true,
      seed: true
    },
    solve: (program, options, hooks) => solve(highs, program, options, hooks)
  }
}

function solve(highs: Highs, program: LinearProgram, options: SolverOptions, hooks: SolverHooks): SolverOutcome {
  const costScale = costScaleOf(program, enoughCost)
  const watch = new Watch(highs, options, unscaledHooks(hooks, costScale))
  try {
    const model = highs.createModel()
    try {
      const outcome = solveModel(model, scaleCosts(program, costScale), options, watch)
      return { ...unscaledOutcome(outcome, costScale), iterations: watch.iterations }
    } finally {
      model.dispose()
    }
  } catch (error) {
    if (error instanceof highs.errors.HighsError) return outcomeWithoutPoint('failed', watch.seconds, error.message)
    forgetHighs()
    throw new SolverCrashedError(`HiGHS broke down: ${error instanceof Error ? error.message : error}`, {
      cause: error
    })
  }
}

function solveModel(model: Model, program: LinearProgram, options: SolverOptions, watch: Watch): SolverOutcome {
  model.options.set({
    output_flag: false,
    random_seed: (options.seed ?? 0) & 0x7fffffff,
    mip_rel_gap: options.relativeGap ?? optimalGap,
    // The default, 1e-6, would call a wrong answer optimal where costs are tiny.
    mip_abs_gap: 1e-9,
    // Out-of-bounds faults in the symmetry detection of 1.15.1.
    mip_detect_symmetry: false
  })
  model.passModel(modelData(program, options.relaxation))
  const whole = !options.relaxation && program.integer.includes(1)
  if (whole && options.start !== undefined) {
    setTimeLimit(model, watch.remainingSeconds * startShare)
    const start = completeStart(model, program, options.start, watch.callbacks(false, startShare))
    if (start !== null) model.setSolution({ colValue: start })
  }
  let status = runTwice(model, watch, whole)
  const isUndecided = mayBeUnbounded(status, program)
  if (isUndecided) status = tellApart(model, program, watch)
  const stopped = terminationOf(status)
  const termination = stopped === 'interrupted' && watch.isOver ? 'time-limit' : stopped
  // What was found or proven while telling apart is not of this program, but of one without costs.
  if (isUndecided || termination === 'infeasible' || termination === 'unbounded' || termination === 'failed') {
    return outcomeWithoutPoint(
      termination,
      watch.seconds,
      ...(termination === 'failed' ? [`HiGHS status ${status}`] : [])
    )
  }
  const feasible = model.info.get('primal_solution_status') === 2
  const solution = feasible ? model.getSolution().colValue : null
  const objective = feasible ? model.getObjectiveValue() : Number.POSITIVE_INFINITY
  const proven = whole ? Number(model.info.get('mip_dual_bound')) : Number.NEGATIVE_INFINITY
  const bound = Math.min(termination === 'optimal' && !whole ? objective : proven, objective)
  const loose = termination === 'optimal' && relativeGap(objective, bound) > optimalGap
  return { termination: loose ? 'gap-limit' : termination, solution, objective, bound, seconds: watch.seconds }
}

/** HiGHS takes no infinite number where it means one. */
function setTimeLimit(model: Model, seconds: number): void {
  if (Number.isFinite(seconds)) model.options.set('time_limit', seconds)
}

function run(model: Model, watch: Watch, telling: boolean) {
  setTimeLimit(model, watch.remainingSeconds)
  return model.run(watch.callbacks(telling)).modelStatus
}

/**
 * Infeasible, or only its presolve's word? That of 1.15.1 has called feasible programs infeasible, so a second solve does
 * without it. Where time runs out over that, nothing is proven.
 */
function runTwice(model: Model, watch: Watch, telling: boolean) {
  const status = run(model, watch, telling)
  if (status !== 8 || model.options.get('presolve') === 'off') return status
  model.options.set('presolve', 'off')
  model.clearSolver()
  model.zeroAllClocks()
  return run(model, watch, telling)
}

/** Infeasible or unbounded? Without costs nothing is unbounded, so a second solve tells. */
function tellApart(model: Model, program: LinearProgram, watch: Watch) {
  const all = { kind: 'range', from: 0, to: program.columns - 1 } as const
  model.changeColsCost(all, new Float64Array(program.columns))
  model.clearSolver()
  model.zeroAllClocks()
  const status = runTwice(model, watch, false)
  return status === 7 ? 10 : status
}
