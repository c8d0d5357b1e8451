import type { Formulation } from '../../models/formulations/formulation.js'
import { type LevelLimit, type ObjectiveLevel, unplacedLevels } from '../../models/formulations/objective-levels.js'
import type { Instance } from '../../models/instance/instance.js'
import { solveWith } from '../../src/solvers/solvers.js'

/** The optimal value of every level, each under the optima of those before; null when the program is infeasible. */
export interface LevelOptima {
  readonly values: ReadonlyMap<ObjectiveLevel, number>
  /** Of the last program. */
  readonly point: Float64Array
}

/** Solves the levels one after another. Throws when the solver proves neither an optimum nor that there is none. */
export async function solveLevels(instance: Instance, formulation: Formulation): Promise<LevelOptima | null> {
  const levels: ObjectiveLevel[] = ['broken-rules', ...unplacedLevels(instance), 'total', 'moves']
  const values = new Map<ObjectiveLevel, number>()
  const atMost: LevelLimit[] = []
  let point: Float64Array = new Float64Array()
  for (const level of levels) {
    const { program } = formulation.program(level, atMost)
    const outcome = await solveWith('highs', program, { relativeGap: 0, timeLimitMs: 20_000 })
    if (outcome.termination === 'infeasible' && atMost.length === 0) return null
    if (outcome.termination !== 'optimal' || outcome.solution === null) {
      throw new Error(`${program.name}: ${outcome.termination} ${outcome.message ?? ''}`)
    }
    point = outcome.solution
    values.set(level, outcome.objective)
    // With less slack than its own tolerance HiGHS has called a feasible program infeasible.
    atMost.push({ level, atMost: outcome.objective + 1e-6 * Math.max(1, Math.abs(outcome.objective)) })
  }
  return { values, point }
}
