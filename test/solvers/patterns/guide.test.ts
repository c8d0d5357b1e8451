import type { Highs } from 'highs'
import { beforeAll, expect, test } from 'vitest'
import { loadHighs } from '../../../src/solvers/highs/runtime.js'
import { guideFrom } from '../../../src/solvers/patterns/guide.js'
import { Master } from '../../../src/solvers/patterns/master.js'
import { costOf, linkOf } from '../../../src/solvers/patterns/pattern.js'
import { enumerateContents } from './enumerate-contents.js'
import { randomPatternProblem } from './random-pattern-problem.js'

let highs: Highs
beforeAll(async () => {
  highs = await loadHighs()
})

test('a guide keeps what patterns of small reduced cost use, those of the relaxation among them', () => {
  const seen = { kept: 0, left: 0 }
  for (let seed = 1; seed <= 200; seed++) {
    const problem = randomPatternProblem(seed, { nodes: 3, deployments: 3, copies: 2 })
    const { kinds, deployments, groupKind, cost, residentReward } = problem
    const patterns = [
      ...Array.from({ length: kinds }, (_, kind) => enumerateContents(problem, kind, -1)).flat(),
      ...[...groupKind.entries()].flatMap(([group, kind]) => enumerateContents(problem, kind, group))
    ]
    const master = new Master(highs, problem)
    master.add(patterns)
    const solution = master.solve()
    master.dispose()
    const dearest = Math.max(0, ...cost, ...residentReward)
    const expected = new Uint8Array((kinds + groupKind.length) * deployments)
    for (const [index, pattern] of patterns.entries()) {
      const { prices, kindRent, groupRent } = solution
      let reduced = costOf(problem, pattern) + (kindRent[pattern.kind] as number)
      if (pattern.group >= 0) reduced += groupRent[pattern.group] as number
      for (const [item, copies] of pattern.counts.entries()) reduced -= copies * (prices.copy[item] as number)
      for (const [row, price] of prices.link.entries()) reduced -= price * linkOf(problem, row, pattern)
      const isUsed = (solution.nodes[index] as number) > 1e-6
      // All patterns are in the master: its optimum has none below 0, and uses none above.
      expect(reduced, `seed ${seed}`).toBeGreaterThan(-1e-6)
      if (isUsed) expect(reduced, `seed ${seed}`).toBeLessThan(1e-6)
      if (reduced > 0.02 * dearest) continue
      const from = (pattern.group < 0 ? pattern.kind : kinds + pattern.group) * deployments
      for (const [item, copies] of pattern.counts.entries()) if (copies > 0) expected[from + item] = 1
    }
    const active = Int32Array.from({ length: kinds }, (_, kind) => kind + 1)
    const guide = guideFrom(problem, patterns, solution, active)
    expect(guide.active).toEqual(active)
    expect(guide.arrivals, `seed ${seed}`).toEqual(expected)
    for (const arrival of guide.arrivals) seen[arrival === 1 ? 'kept' : 'left']++
  }
  expect(seen.kept).toBeGreaterThan(100)
  expect(seen.left).toBeGreaterThan(100)
})
