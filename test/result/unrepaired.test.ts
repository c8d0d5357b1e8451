import { expect, test } from 'vitest'
import { verifyResult } from '../../models/checker/verify-result.js'
import { parseProblem } from '../../models/contract/parse.js'
import type { ProblemInput } from '../../models/contract/problem.js'
import { compact } from '../../src/compact.js'
import { cluster, deployment, node, replica } from './cluster.js'

const five = [0, 1, 2, 3, 4].map((k) => replica('a', k, 'n1'))

test.each<[string, Partial<ProblemInput>, string]>([
  ['an overfull node', { nodes: [node('n1', 4)], replicas: five }, 'capacity'],
  [
    'anti-affinity with too few nodes',
    {
      replicas: [replica('a', 0, 'n1'), replica('a', 1, 'n1'), replica('a', 2, 'n2')],
      rules: [{ kind: 'anti-affinity', deployments: ['a'] }]
    },
    'anti-affinity'
  ],
  [
    'spread over too few domains',
    {
      replicas: [replica('a', 0, 'n1'), replica('a', 1, 'n1'), replica('a', 2, 'n2')],
      rules: [{ kind: 'spread', deployments: ['a'], minDomains: 3 }]
    },
    'spread'
  ],
  [
    'at least more than there are',
    {
      deployments: [deployment('a', { replicas: 1 })],
      replicas: [replica('a', 0, 'n1')],
      rules: [{ kind: 'at-least', deployments: ['a'], count: 2, nodeSelector: {} }]
    },
    'at-least'
  ]
])('%s without room for repair makes a partial plan that says so', async (_, parts, code) => {
  const problem = parseProblem(cluster(parts))
  const result = await compact(problem, { solver: 'greedy', timeLimitMs: 2000 })
  expect(verifyResult(problem, result)).toEqual([])
  expect(result).toMatchObject({ primalStatus: 'feasible', plan: { status: 'partial' }, violations: [{ code }] })
})

test('a deployment that is pinned as a whole may be scaled down', async () => {
  const problem = parseProblem(
    cluster({
      deployments: [deployment('a', { replicas: 1, movable: false })],
      replicas: [replica('a', 0, 'n1'), replica('a', 1, 'n2')]
    })
  )
  const result = await compact(problem, { solver: 'greedy' })
  expect(verifyResult(problem, result)).toEqual([])
  expect(result).toMatchObject({ objective: { costPerHour: 1, migrations: 0 }, plan: { status: 'complete' } })
})
