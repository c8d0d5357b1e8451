import { expect, test } from 'vitest'
import { type FormulationName, formulations } from '../../models/formulations/formulations.js'
import { compileInstance } from '../../models/instance/compile.js'
import { findOptimum } from '../brute-force/enumerate-placements.js'
import { solveLevels } from '../formulations/solve-levels.js'
import { needTool } from '../needed-tools.js'
import { firstDifference, optimaOf } from './level-optima.js'
import { rareProblems, splitGang } from './rare-problems.js'
import { solveReference } from './solve-reference.js'

const glpsol = needTool('glpsol')
const problems = [...rareProblems.values(), splitGang].map((problem) => [problem.name ?? '', problem] as const)

test.each(problems)('%s: the reference, the enumeration and HiGHS agree', async (_, problem) => {
  const optima = await solveReference(glpsol, problem)
  expect(firstDifference(optimaOf(problem, findOptimum(problem)), optima), 'enumeration').toBeNull()
  const instance = compileInstance(problem)
  for (const name of Object.keys(formulations) as FormulationName[]) {
    const found = await solveLevels(instance, formulations[name](instance))
    expect(firstDifference(found?.values ?? null, optima), name).toBeNull()
  }
})

test('a gang that may move moves as a whole or not at all', async () => {
  const apart = { ...splitGang, replicas: splitGang.replicas.map(({ gang: _, ...replica }) => replica) }
  const total = async (problem: typeof splitGang) =>
    (await solveReference(glpsol, problem, { gangsMove: true }))?.get('total')
  expect(await total(splitGang)).toBe(6)
  expect(await total(apart)).toBe(1)
})
