import { afterAll, expect, test } from 'vitest'
import { parseProblem } from '../../models/contract/parse.js'
import type { ProblemInput } from '../../models/contract/problem.js'
import { compileInstance } from '../../models/instance/compile.js'
import { Budget } from '../../src/budget.js'
import { explainInfeasible } from '../../src/result/explain-infeasible.js'
import { SolverTeam } from '../../src/search/solver-team.js'
import { startStopwatch } from '../../src/stopwatch.js'
import { createSolverPool } from '../../src/workers/pool.js'
import { cluster, deployment, node, replica } from './cluster.js'

const pool = createSolverPool()
afterAll(() => pool.close())

function explain(input: ProblemInput, limitMs: number) {
  const budget = Budget.ofTime(startStopwatch(limitMs))
  const solvers = new SolverTeam(pool, ['highs'])
  return explainInfeasible(compileInstance(parseProblem(input)), {
    budget,
    signal: new AbortController().signal,
    solvers
  })
}

const crowded = cluster({
  nodes: [node('n1', 4), node('n2', 4), node('n3', 4)],
  deployments: [
    deployment('a', { replicas: 2 }),
    deployment('b', { replicas: 2 }),
    deployment('c', { replicas: 1, maxReplicasPerNode: 1 })
  ],
  rules: [
    { kind: 'anti-affinity', deployments: ['a'] },
    { kind: 'spread', deployments: ['c'], minDomains: 1 },
    { kind: 'anti-affinity', deployments: ['b'] },
    { kind: 'conflict', between: [['a'], ['b']] }
  ]
})

test('names the rules and counts that conflict, and no others', async () => {
  const { parts: conflict } = await explain(crowded, 20_000)
  expect(conflict.map(({ path }) => path)).toEqual([
    'deployments[0].replicas',
    'deployments[1].replicas',
    'rules[0]',
    'rules[2]',
    'rules[3]'
  ])
  expect(conflict.every(({ isProof }) => isProof)).toBe(true)
})

test('names a selector and a closed node between which a copy finds no place', async () => {
  const { parts: conflict } = await explain(
    cluster({
      nodes: [
        node('n1', 2, { labels: { zone: 'a' } }),
        node('n2', 2, { labels: { zone: 'b' }, acceptsReplicas: false })
      ],
      deployments: [deployment('a', { nodeSelector: { zone: 'b' } }), deployment('b', { demand: { cpu: 2 } })],
      replicas: [replica('b', 0, 'n1'), replica('a', 0, null)]
    }),
    20_000
  )
  expect(conflict).toMatchObject([{ path: 'deployments[0]', isProof: true }])
  expect(conflict[0]?.message).toContain('"n2" accepts no replicas')
})

test('names nothing when time is too short to prove anything', async () => {
  const { parts } = await explain(crowded, 1)
  expect(parts.filter(({ isProof }) => isProof)).toEqual([])
})
