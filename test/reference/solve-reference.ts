import { readFileSync } from 'node:fs'
import type { Problem } from '../../models/contract/problem.js'
import type { ObjectiveLevel } from '../../models/formulations/objective-levels.js'
import { glpsolArguments, readGlpsol } from './glpsol.js'
import { writeGmplData } from './gmpl-data.js'
import { GmplSection } from './gmpl-section.js'
import { type LevelOptima, levelsOf } from './level-optima.js'
import { runSolver } from './run-solver.js'

/** The placement problem in GMPL. */
export const referenceModel = readFileSync(new URL('../../models/reference/placement.mod', import.meta.url), 'utf8')

export interface ReferenceOptions {
  /** Another text for the model, as with a constraint left out. */
  readonly model?: string
  /** Whether gangs may move, together; by default they stay, as everywhere in src/. */
  readonly gangsMove?: boolean
}

/**
 * The optimum of every level by the reference and glpsol, each under those before; null when the Problem is infeasible.
 */
export async function solveReference(
  glpsol: string,
  problem: Problem,
  { model = referenceModel, gangsMove = false }: ReferenceOptions = {}
): Promise<LevelOptima> {
  const data = writeGmplData(problem)
  const optima = new Map<ObjectiveLevel, number>()
  const reached: number[] = []
  for (const [stage, level] of levelsOf(problem).entries()) {
    const section = new GmplSection()
    section.param('stage', stage)
    section.table('reached', null, reached, (value) => value, 0)
    section.param('gangs_move', Number(gangsMove))
    const files = { 'model.mod': model, 'problem.dat': data, 'stage.dat': section.text() }
    const args = ['-m', 'model.mod', '-d', 'problem.dat', '-d', 'stage.dat', ...glpsolArguments]
    const optimum = readGlpsol(await runSolver(glpsol, args, files))
    if (optimum === Infinity) {
      if (stage === 0) return null
      throw new Error(`${problem.name}: infeasible at level ${level}, after ${JSON.stringify([...optima])}`)
    }
    optima.set(level, optimum)
    reached.push(optimum + 1e-6 * Math.max(1, Math.abs(optimum)))
  }
  return optima
}
