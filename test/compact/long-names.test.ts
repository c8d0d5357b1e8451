import { expect, test } from 'vitest'
import { parseResult } from '../../models/contract/parse.js'
import { verifyResult } from '../../models/verify.js'
import { compact } from '../../src/compact.js'

test('a Result with names as long as they may be is one that can be read', async () => {
  const long = (name: string) => name.padEnd(512, name)
  const problem = {
    schemaVersion: 1,
    nodes: [
      { id: long('a'), capacity: { cpu: 2 }, costPerHour: 1 },
      { id: long('b'), capacity: { cpu: 2 }, costPerHour: 1 }
    ],
    deployments: [{ id: long('d'), demand: { cpu: 1 } }],
    replicas: [
      { id: long('r'), deployment: long('d'), node: long('a') },
      { id: long('s'), deployment: long('d'), node: long('b') }
    ]
  }
  const result = await compact(problem, { solver: 'greedy' })
  expect(result.plan.steps.length).toBeGreaterThan(4)
  expect(parseResult(structuredClone(result)).plan.steps).toEqual(result.plan.steps)
  expect(verifyResult(problem, result)).toEqual([])
})
