import { expect, test } from 'vitest'
import { formulateAggregated } from '../../models/formulations/aggregated.js'
import { type LevelLimit, unplacedLevel, unplacedLevels } from '../../models/formulations/objective-levels.js'
import { compileInstance } from '../../models/instance/compile.js'
import type { Instance } from '../../models/instance/instance.js'
import type { Packing } from '../../models/instance/packing.js'
import { seededRandom } from '../../src/random.js'
import { solveWith } from '../../src/solvers/solvers.js'
import { findOptimum, type Optimum } from '../brute-force/enumerate-placements.js'
import { randomProblem } from '../brute-force/random-problem.js'
import { readPacking } from './read-packing.js'

/** What the nodes that are not open cost in the primary objective. */
function costOutside({ copies, nodes, problem }: Instance, packing: Packing, open: ReadonlySet<number>): number {
  const hosts = new Set(packing.arrivals.map(({ node }) => node))
  for (const { index, node } of copies) if (packing.stays[index] === 1) hosts.add(node)
  const paid = nodes.filter(({ index, releasable }) => !open.has(index) && (hosts.has(index) || !releasable))
  return paid.reduce((sum, node) => sum + node.costPerHour, 0) * (problem.objective.horizonHours ?? 1)
}

function requirements(instance: Instance, best: Optimum): LevelLimit[] {
  const priorities = [...new Set(instance.problem.deployments.map(({ priority }) => priority))].sort((a, b) => b - a)
  const unplaced = new Map(priorities.map((priority, rank) => [unplacedLevel(priority), best.unplaced[rank] ?? 0]))
  return [
    { level: 'broken-rules', atMost: 1e-7 },
    ...unplacedLevels(instance).map((level) => ({ level, atMost: (unplaced.get(level) ?? 0) + 1e-7 }))
  ]
}

test('with some nodes open around an optimum, nothing better is found, and nothing worse', async () => {
  const random = seededRandom(1)
  let count = 0
  for (let seed = 1; seed <= 200; seed++) {
    const problem = randomProblem(seed, { devices: seed % 2 === 0 ? 'none' : 'whole', broken: false })
    const best = findOptimum(problem)
    if (best === null || best.broken > 0) continue
    const instance = compileInstance(problem)
    const outside = readPacking(instance, best)
    const open = instance.nodes.flatMap(({ index }) => (random() < 0.5 ? [index] : []))
    const model = formulateAggregated(instance, { nodes: open, outside })
    const { program } = model.program('total', requirements(instance, best))
    const outcome = await solveWith('highs', program)
    expect(outcome.termination, `seed ${seed}`).toBe('optimal')
    expect(outcome.objective + costOutside(instance, outside, new Set(open)), `seed ${seed}`).toBeCloseTo(best.total, 5)
    count++
  }
  expect(count).toBeGreaterThan(80)
})
