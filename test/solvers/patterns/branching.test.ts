import type { Highs } from 'highs'
import { beforeAll, expect, test } from 'vitest'
import { loadHighs } from '../../../src/solvers/highs/runtime.js'
import { branchOnKinds } from '../../../src/solvers/patterns/branching.js'
import { ColumnGeneration } from '../../../src/solvers/patterns/column-generation.js'
import { Effort } from '../../../src/solvers/patterns/effort.js'
import { PatternPool } from '../../../src/solvers/patterns/pattern-pool.js'
import { PatternPricing } from '../../../src/solvers/patterns/pattern-pricing.js'
import { isWithin, visitSolutions } from './enumerate-solutions.js'
import { randomPatternProblem } from './random-pattern-problem.js'

let highs: Highs
beforeAll(async () => {
  highs = await loadHighs()
})

test.each([Infinity, 2, 20])(
  'branches hold every solution, each with a bound on what it holds, with %d units of work',
  (work) => {
    const seen = { branched: 0, solved: 0, tight: 0 }
    for (let seed = 1; seed <= 200; seed++) {
      const problem = randomPatternProblem(seed, { nodes: 3, deployments: 2, copies: 3 })
      const effort = new Effort(() => false, work)
      const pricing = new PatternPricing(highs, problem, effort)
      const generation = new ColumnGeneration(highs, problem, pricing, new PatternPool())
      let told = -Infinity
      const branches = branchOnKinds(generation, null, 0, {
        cutoff: Infinity,
        onBound: (bound) => {
          expect(bound, `seed ${seed}`).toBeGreaterThan(told)
          told = bound
        },
        onWholeNumbers: (_, active) => expect(active).toHaveLength(problem.kinds),
        onRelaxation: () => {}
      })
      generation.dispose()
      pricing.dispose()
      let optimum = Infinity
      visitSolutions(problem, ({ cost, active }) => {
        optimum = Math.min(optimum, cost)
        const holding = branches.filter(({ limits }) => isWithin(limits, active))
        if (holding.length !== 1) throw new Error(`seed ${seed}: ${holding.length} branches hold ${active}`)
        if ((holding[0]?.bound as number) > cost + 1e-6) throw new Error(`seed ${seed}: ${holding[0]?.bound} > ${cost}`)
      })
      expect(told, `seed ${seed}`).toBeLessThanOrEqual(optimum + 1e-6)
      if (optimum === Infinity) continue
      seen.solved++
      if (branches.length > 1) seen.branched++
      if (told > optimum - 1e-6) seen.tight++
    }
    expect(seen.solved).toBeGreaterThan(60)
    if (work === Infinity) {
      expect(seen.branched).toBeGreaterThan(5)
      expect(seen.tight).toBeGreaterThan(0.6 * seen.solved)
    }
  }
)
