import { compact, type ProblemInput, verifyResult } from 'replica-compactor'
import { expect, test } from 'vitest'

test('staying is not legal where the surplus that must go is what a rule needs', async () => {
  const problem: ProblemInput = {
    schemaVersion: 1,
    nodes: [{ id: 'a', capacity: { cpu: 4 }, costPerHour: 1, labels: { zone: 'z' } }],
    deployments: [{ id: 'x', replicas: 0, demand: { cpu: 1 } }],
    replicas: [{ id: 'x-0', deployment: 'x', node: 'a' }],
    rules: [{ kind: 'at-least', deployments: ['x'], count: 1, nodeSelector: { zone: 'z' } }]
  }
  expect(verifyResult(problem, await compact(problem, { solver: 'greedy' }))).toEqual([])
})
