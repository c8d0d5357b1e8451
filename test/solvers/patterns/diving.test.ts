import type { Highs } from 'highs'
import { beforeAll, expect, test } from 'vitest'
import type { PatternProblem } from '../../../models/formulations/pattern-problem.js'
import { seededRandom } from '../../../src/random.js'
import { loadHighs } from '../../../src/solvers/highs/runtime.js'
import { dive } from '../../../src/solvers/patterns/diving.js'
import { Effort } from '../../../src/solvers/patterns/effort.js'
import { type KindLimits, wideLimits } from '../../../src/solvers/patterns/lagrangian-bound.js'
import { costOf, linkOf, type PatternSolution, type SeatedPattern } from '../../../src/solvers/patterns/pattern.js'
import { PatternPool } from '../../../src/solvers/patterns/pattern-pool.js'
import { PatternPricing } from '../../../src/solvers/patterns/pattern-pricing.js'
import { isWithin, visitSolutions } from './enumerate-solutions.js'
import { randomPatternProblem } from './random-pattern-problem.js'

let highs: Highs
beforeAll(async () => {
  highs = await loadHighs()
})

function faultsOf(problem: PatternProblem, limits: KindLimits, { cost, patterns }: PatternSolution): string[] {
  const faults: string[] = []
  const sum = (of: (seated: SeatedPattern) => number) => patterns.reduce((total, seated) => total + of(seated), 0)
  const { wanted, groupNodes, linkLeast, kinds } = problem
  for (const [item, copies] of wanted.entries()) {
    if (sum(({ pattern, nodes }) => nodes * (pattern.counts[item] as number)) < copies) faults.push(`copies of ${item}`)
  }
  const active = Int32Array.from({ length: kinds }, (_, kind) =>
    sum(({ pattern, nodes }) => (pattern.kind === kind ? nodes : 0))
  )
  if (!isWithin({ least: new Int32Array(kinds), most: limits.most }, active)) faults.push('active nodes')
  for (const [group, most] of groupNodes.entries()) {
    if (sum(({ pattern, nodes }) => (pattern.group === group ? nodes : 0)) > most)
      faults.push(`nodes of group ${group}`)
  }
  for (const [row, least] of linkLeast.entries()) {
    if (sum(({ pattern, nodes }) => nodes * linkOf(problem, row, pattern)) < least - 1e-6) faults.push(`row ${row}`)
  }
  const paid = problem.fixedCost + sum(({ pattern, nodes }) => nodes * costOf(problem, pattern))
  if (Math.abs(paid - cost) > 1e-6) faults.push(`costs ${paid}, not ${cost}`)
  return faults
}

test('what a dive finds supplies everything within all limits, below the cutoff, at the cost that it names', () => {
  const seen = { found: 0, best: 0 }
  for (let seed = 1; seed <= 80; seed++) {
    const problem = randomPatternProblem(seed, { nodes: 3, deployments: 2, copies: 3 })
    const limits = wideLimits(problem)
    let optimum = Infinity
    visitSolutions(problem, ({ cost }) => {
      optimum = Math.min(optimum, cost)
    })
    const random = seededRandom(seed)
    for (const chance of [null, random]) {
      for (const cutoff of [Infinity, optimum]) {
        const pricing = new PatternPricing(highs, problem, new Effort(() => false))
        const solution = dive(
          highs,
          { problem, limits },
          {
            cutoff,
            start: [],
            center: null,
            least: -Infinity,
            precision: 1e-4,
            patience: 1,
            random: chance,
            pricing,
            pool: new PatternPool()
          }
        )
        pricing.dispose()
        if (solution === null) continue
        expect(faultsOf(problem, limits, solution), `seed ${seed}`).toEqual([])
        expect(solution.cost, `seed ${seed}`).toBeLessThan(cutoff)
        seen.found++
        if (solution.cost < optimum + 1e-6) seen.best++
      }
    }
  }
  expect(seen.found).toBeGreaterThan(40)
  expect(seen.best).toBeGreaterThan(0.5 * seen.found)
})
