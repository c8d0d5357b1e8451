import { expect, test } from 'vitest'
import type { Problem } from '../../models/contract/problem.js'
import { type FormulationName, formulations } from '../../models/formulations/formulations.js'
import type { ObjectiveLevel } from '../../models/formulations/objective-levels.js'
import { formulateByType } from '../../models/formulations/type-aggregated.js'
import { compileInstance } from '../../models/instance/compile.js'
import { solveWith } from '../../src/solvers/solvers.js'
import { findOptimum, type Optimum } from '../brute-force/enumerate-placements.js'
import { type RandomProblemOptions, randomProblem } from '../brute-force/random-problem.js'
import { stateDevices } from '../brute-force/state-devices.js'
import { solveLevels } from './solve-levels.js'

const names = Object.keys(formulations) as FormulationName[]

function drawProblem(seed: number, options: RandomProblemOptions): { problem: Problem; best: Optimum | null } {
  const problem = stateDevices(randomProblem(seed, options))
  return { problem, best: findOptimum(problem) }
}

/** The levels of an optimum as a formulation has them. */
function levelsOf(problem: Problem, best: Optimum): [ObjectiveLevel, number][] {
  const priorities = [...new Set(problem.deployments.map(({ priority }) => priority))].sort((a, b) => b - a)
  return [
    ['broken-rules', best.broken],
    ...priorities.map((priority, rank): [ObjectiveLevel, number] => [`unplaced ${priority}`, best.unplaced[rank] ?? 0]),
    ['total', best.total],
    ['moves', best.moveCost]
  ]
}

/** Solves a formulation and says how its optima stand to the enumerated one, by the first level that differs. */
async function compare(
  name: FormulationName,
  problem: Problem,
  best: Optimum | null
): Promise<'equal' | 'below' | 'above'> {
  const instance = compileInstance(problem)
  const optima = await solveLevels(instance, formulations[name](instance))
  if (best === null) return optima === null ? 'equal' : 'below'
  if (optima === null) return 'above'
  for (const [level, expected] of levelsOf(problem, best)) {
    // A level that the program does not have is one in which nothing can be lost.
    const found = optima.values.get(level) ?? 0
    if (Math.abs(found - expected) > 1e-5) return found < expected ? 'below' : 'above'
  }
  return 'equal'
}

test.each(names)('%s has the enumerated optimum in every level where packing is linear', async (name) => {
  for (let seed = 1; seed <= 120; seed++) {
    const { problem, best } = drawProblem(seed, { devices: seed % 2 === 0 ? 'none' : 'whole' })
    expect(await compare(name, problem, best), `${name}, seed ${seed}`).toBe('equal')
  }
})

test.each(names)(
  '%s is at most slightly below the enumerated optimum where shares must fit on single devices',
  async (name) => {
    let below = 0
    for (let seed = 1001; seed <= 1120; seed++) {
      const { problem, best } = drawProblem(seed, { devices: 'shares' })
      const outcome = await compare(name, problem, best)
      expect(outcome, `${name}, seed ${seed}`).not.toBe('above')
      if (outcome === 'below') below++
    }
    expect(below).toBeLessThanOrEqual(3)
  }
)

test('the bound by type is never above the enumerated optimum, and often at it', async () => {
  let [tight, count] = [0, 0]
  for (let seed = 2001; seed <= 2150; seed++) {
    const { problem, best } = drawProblem(seed, {})
    if (best === null) continue
    const outcome = await solveWith('highs', formulateByType(compileInstance(problem)))
    const bound = outcome.bound * (problem.objective.horizonHours ?? 1)
    expect(outcome.termination, `seed ${seed}`).toBe('optimal')
    expect(bound, `seed ${seed}`).toBeLessThanOrEqual(best.total + 1e-6)
    count++
    if (bound > best.total - 1e-6) tight++
  }
  expect(tight).toBeGreaterThan(count / 2)
})

test('the random problems have every outcome that matters', () => {
  const seen = { infeasible: 0, broken: 0, unplaced: 0, moves: 0 }
  for (let seed = 1; seed <= 150; seed++) {
    const { best } = drawProblem(seed, {})
    if (best === null) seen.infeasible++
    else {
      if (best.broken > 0) seen.broken++
      if (best.unplaced.some((count) => count > 0)) seen.unplaced++
      if (best.moveCost > 0) seen.moves++
    }
  }
  for (const [outcome, count] of Object.entries(seen)) expect(count, outcome).toBeGreaterThan(3)
  expect(seen.infeasible).toBeLessThan(75)
})
