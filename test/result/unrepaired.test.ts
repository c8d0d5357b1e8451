import { describe, expect, test } from 'vitest'
import { verifyResult } from '../../models/checker/verify-result.js'
import { parseProblem } from '../../models/contract/parse.js'
import type { ProblemInput } from '../../models/contract/problem.js'
import { compileInstance } from '../../models/instance/compile.js'
import { compact } from '../../src/compact.js'
import { explainUnrepaired } from '../../src/result/unrepaired.js'
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

describe('the notes say why rules stay broken, as far as it is known', () => {
  const spreadOver = (minDomains: number) =>
    cluster({
      replicas: [replica('a', 0, 'n1'), replica('a', 1, 'n1'), replica('a', 2, 'n2')],
      rules: [{ kind: 'spread', deployments: ['a'], minDomains }]
    })

  test('a cause that is counted', async () => {
    const { explanation } = await compact(spreadOver(3), { solver: 'greedy' })
    expect(explanation.notes).toEqual([
      'rules[0].minDomains: spread of "a" over 3 domains of "node" asked, 2 domains may take one'
    ])
  })

  test('nothing where nothing is broken', async () => {
    const { explanation } = await compact(spreadOver(2), { solver: 'greedy' })
    expect(explanation.notes).toBe(undefined)
  })

  const overfull = cluster({ nodes: [node('n1', 4)], replicas: five })

  test('without a proof, that there is none, and what may help', async () => {
    const { explanation } = await compact(overfull, { solver: 'greedy' })
    expect(explanation.notes).toEqual([expect.stringMatching(/nothing proves.*--time-limit.*timeLimitMs.*--solver/)])
  })

  test('a placement that repairs it and cannot be reached safely', async () => {
    const beaten = { isProven: true, isBeaten: true, isSought: true }
    const violations = [{ code: 'capacity', where: 'n1', message: 'n1: too much', amount: 1 }]
    expect(explainUnrepaired(compileInstance(parseProblem(overfull)), violations, beaten)).toEqual([
      expect.stringContaining('no safe order of moves')
    ])
  })
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
