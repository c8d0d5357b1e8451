import { beforeAll, expect, test } from 'vitest'
import type { Problem } from '../../models/contract/problem.js'
import { type FormulationName, formulations } from '../../models/formulations/formulations.js'
import { compileInstance } from '../../models/instance/compile.js'
import { findOptimum } from '../brute-force/enumerate-placements.js'
import { solveLevels } from '../formulations/solve-levels.js'
import { findTool, needTool } from '../needed-tools.js'
import { firstDifference, type LevelOptima, optimaOf } from './level-optima.js'
import { referenceProblem } from './reference-problem.js'
import { solveReference } from './solve-reference.js'

const CASES = 60
const glpsol = needTool('glpsol')
const cases: { readonly seed: number; readonly problem: Problem; readonly optima: LevelOptima }[] = []

beforeAll(async () => {
  if (findTool('glpsol') === null) return
  for (let seed = 1; seed <= CASES; seed++) {
    const problem = referenceProblem(seed)
    cases.push({ seed, problem, optima: await solveReference(glpsol, problem) })
  }
})

test.each(Object.keys(formulations) as FormulationName[])('%s has the optima of the reference', async (name) => {
  for (const { seed, problem, optima } of cases) {
    const instance = compileInstance(problem)
    const found = await solveLevels(instance, formulations[name](instance))
    expect(firstDifference(found?.values ?? null, optima), `seed ${seed}`).toBeNull()
  }
})

test('the enumeration has the optima of the reference', () => {
  for (const { seed, problem, optima } of cases) {
    const found = optimaOf(problem, findOptimum(problem))
    expect(firstDifference(found, optima), `seed ${seed}`).toBeNull()
  }
})

test('the random problems have every outcome that matters', () => {
  const seen = { feasible: 0, infeasible: 0, broken: 0, unplaced: 0, moves: 0 }
  for (const { optima } of cases) {
    if (optima === null) {
      seen.infeasible++
      continue
    }
    const unplaced = [...optima].some(([level, value]) => level.startsWith('unplaced') && value > 0.5)
    seen.feasible++
    if ((optima.get('broken-rules') ?? 0) > 1e-6) seen.broken++
    if (unplaced) seen.unplaced++
    if ((optima.get('moves') ?? 0) > 1e-6) seen.moves++
  }
  for (const [outcome, count] of Object.entries(seen)) expect(count, outcome).toBeGreaterThan(2)
  expect(seen.feasible).toBeGreaterThan(CASES / 3)
})
