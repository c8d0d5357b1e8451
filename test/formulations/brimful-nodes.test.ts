import { describe, expect, test } from 'vitest'
import { type FormulationName, formulations } from '../../models/formulations/formulations.js'
import { formulatePatterns } from '../../models/formulations/pattern-problem.js'
import { formulateByType } from '../../models/formulations/type-aggregated.js'
import { compileInstance } from '../../models/instance/compile.js'
import { coveringBound } from '../../src/search/covering-bound.js'
import { loadHighs } from '../../src/solvers/highs/runtime.js'
import { searchPatterns } from '../../src/solvers/patterns/pattern-search.js'
import { solveWith } from '../../src/solvers/solvers.js'
import { type BrimfulResource, brimfulProblem } from '../brute-force/brimful-problem.js'
import { findOptimum } from '../brute-force/enumerate-placements.js'

const resources: BrimfulResource[] = ['cores', 'single cores', 'bytes', 'shares']

/** Of the later ones, and the fine ones, HiGHS's presolve has proven false bounds. */
const seeds = [...Array.from({ length: 40 }, (_, seed) => seed), 1012, 1107, 1112, 1116, 1152, 1479, 1508, 1761, 8420]
const fine = [5053, 5423]

/** The Problems of the seeds that have an answer, with what the cheapest one costs. */
function problemsOf(resource: BrimfulResource) {
  return [
    ...seeds.map((seed) => brimfulProblem(seed, resource)),
    ...fine.map((seed) => brimfulProblem(seed, resource, true))
  ].flatMap((problem) => {
    const best = findOptimum(problem)
    return best === null ? [] : [{ instance: compileInstance(problem), best: best.total, name: problem.name }]
  })
}

describe.each(resources)('nodes full of %s up to the tolerance of the checker', (resource) => {
  const cases = problemsOf(resource)

  test('most have an answer', () => {
    expect(cases.length).toBeGreaterThan(30)
  })

  for (const solver of ['highs', 'glpk'] as const) {
    test.each(Object.keys(formulations) as FormulationName[])(
      `no %s program has a false bound by ${solver}`,
      async (formulation) => {
        for (const { instance, best, name } of cases) {
          const { program } = formulations[formulation](instance).program('total')
          const { termination, bound } = await solveWith(solver, program)
          expect(termination, name).toBe('optimal')
          expect(bound, name).toBeLessThanOrEqual(best + 1e-6)
        }
      }
    )

    test(`the program by type has no false bound by ${solver}`, async () => {
      for (const { instance, best, name } of cases) {
        const { termination, bound } = await solveWith(solver, formulateByType(instance))
        expect(termination, name).toBe('optimal')
        expect(bound, name).toBeLessThanOrEqual(best + 1e-6)
      }
    })
  }

  test('patterns have no false bound', async () => {
    const highs = await loadHighs()
    for (const { instance, best, name } of cases) {
      const bounds: number[] = []
      for (const contentsMatter of [false, true]) {
        searchPatterns(
          highs,
          formulatePatterns(instance, contentsMatter),
          { seed: 1, relativeGap: 0, start: [], cutoff: Infinity, workLimit: 1_000, timeLimitMs: Infinity },
          { onBound: (bound) => bounds.push(bound), onSolution: () => {}, onGuide: () => {}, stopped: () => false }
        )
      }
      expect(Math.max(0, ...bounds), name).toBeLessThanOrEqual(best + 1e-6)
    }
  })

  test('the bound without a solver is none above the optimum', () => {
    for (const { instance, best, name } of cases) expect(coveringBound(instance), name).toBeLessThanOrEqual(best + 1e-6)
  })
})
