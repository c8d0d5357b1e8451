import { compact, type ProblemInput } from 'replica-compactor'
import { describe, expect, test } from 'vitest'
import { randomProblem } from '../brute-force/random-problem.js'
import { expectChecked, node, readFixture, running } from './planned.js'
import { tightCluster } from './tight-cluster.js'

/** The last of them are of the few for which greedy does not find the cheapest placement. */
const seeds = [...Array.from({ length: 34 }, (_, index) => 6001 + index), 6104, 6162, 6261, 6280, 6438, 6519]

const solvers = ['highs', 'glpk', 'javascript-lp-solver'] as const

/** Three nodes, and rules that leave no room on them: counting does not show it. */
const crowded: ProblemInput = {
  schemaVersion: 1,
  nodes: [node('n1'), node('n2'), node('n3')],
  deployments: [
    { id: 'a', demand: { cpu: 1 } },
    { id: 'b', demand: { cpu: 1 } }
  ],
  replicas: [...running('a', null, null), ...running('b', null, null)],
  rules: [
    { kind: 'anti-affinity', deployments: ['a'] },
    { kind: 'anti-affinity', deployments: ['b'] },
    { kind: 'conflict', between: [['a'], ['b']] }
  ]
}

describe.each(solvers)('%s', (solver) => {
  test('finds what greedy does not, and is named for it', async () => {
    const result = await compact(tightCluster, { solver })
    expectChecked(tightCluster, result)
    expect(result.producer).toBe('mip')
    expect(result.solve.solver).toBe(solver)
  })

  test.each([
    ['golden-deadlock', 2],
    ['synthetic/synthetic-12-1', 25.68],
    ['packing/cloudbalance-4computers-12processes', 7410]
  ])('%s costs %d', async (name, cost) => {
    const problem = readFixture(name)
    const result = await compact(problem, { solver, timeLimitMs: 4000 })
    expectChecked(problem, result)
    expect(result.objective?.costPerHour).toBeCloseTo(cost, 6)
  })
})

test('all give the same cost for random clusters with every rule; only proofs say that nothing is cheaper', async () => {
  const seen = { better: 0, proven: 0, impossible: 0 }
  for (const seed of seeds) {
    const problem = randomProblem(seed)
    const greedy = await compact(problem, { solver: 'greedy' })
    const [highs, ...others] = await Promise.all(
      solvers.map((solver) => compact(problem, { solver, timeLimitMs: 5000 }))
    )
    for (const other of others) {
      expectChecked(problem, other)
      expect(other.objective?.total ?? -1, `seed ${seed}`).toBeCloseTo(highs?.objective?.total ?? -1, 6)
    }
    const [glpk, javascript] = others
    if (glpk?.termination !== highs?.termination) {
      // Patterns need HiGHS, and prove more than the whole program where gangs and starting copies are held.
      expect([highs?.termination, glpk?.termination], `seed ${seed}`).toEqual(['optimal', 'time-limit'])
      const byPatterns = highs?.solve.searches?.find(({ name }) => name === 'column-generation')
      expect(byPatterns?.bound, `seed ${seed}`).toBeDefined()
    }
    // What proves nothing ends as greedy alone would.
    expect(javascript?.bound?.total, `seed ${seed}`).toBe(greedy.bound?.total)
    if ((highs?.objective?.total ?? 0) < (greedy.objective?.total ?? 0) - 1e-6) seen.better++
    if (highs?.termination === 'optimal' && greedy.termination !== 'optimal') seen.proven++
    if (highs?.termination === 'infeasible') seen.impossible++
  }
  expect(Math.min(...Object.values(seen))).toBeGreaterThan(0)
})

test('what no counting shows to be infeasible is so by proof only', async () => {
  const said = await Promise.all(
    solvers.map(async (solver) => (await compact(crowded, { solver, timeLimitMs: 3000 })).termination)
  )
  expect(said).toEqual(['infeasible', 'infeasible', 'time-limit'])
})
