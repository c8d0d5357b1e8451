import { expect, test } from 'vitest'
import { verifyResult } from '../../models/checker/verify-result.js'
import { parseProblem } from '../../models/contract/parse.js'
import { compact } from '../../src/compact.js'

/** A cluster in which every id, label and resource has something of the same odd name; b empties into a. */
function named(name: string, key: string) {
  return {
    schemaVersion: 1,
    name,
    resources: { [key]: { kind: 'scalar' } },
    nodes: [
      { id: name, capacity: { [key]: 4, gpu: 2 }, costPerHour: 1, labels: { [key]: name } },
      { id: `${name}2`, capacity: { [key]: 4, gpu: 2 }, costPerHour: 2, labels: { [key]: name } },
      { id: `${name}3`, capacity: {}, costPerHour: 0, labels: {} }
    ],
    deployments: [{ id: name, demand: { [key]: 1, gpu: 0.5 }, nodeSelector: { [key]: name }, replicas: 3 }],
    replicas: [
      { id: name, deployment: name, node: name },
      { id: `${name}2`, deployment: name, node: `${name}2`, devices: { gpu: [1] } }
    ],
    rules: [
      { kind: 'affinity', deployments: [name], topologyKey: key },
      { kind: 'at-least', deployments: [name], count: 1, nodeSelector: { [key]: [name] } }
    ]
  }
}

test.each([
  'constructor',
  'toString',
  'hasOwnProperty',
  'node',
  'gpu ',
  '🦙🚀',
  'a.b[0]"\\\n\t',
  '\ud800',
  'ש\u202eל',
  ' ',
  'x'.repeat(500),
  '-new-1',
  '$&'
])('%j is a name as any other', async (name) => {
  const problem = parseProblem(named(name, name === 'node' ? 'host' : name))
  const result = await compact(problem, { solver: 'greedy' })
  expect(verifyResult(problem, result)).toEqual([])
  expect(result.objective).toMatchObject({ activeNodes: 1, costPerHour: 1 })
})

test('__proto__ is an id as any other, and refused as a key', async () => {
  const problem = parseProblem(named('__proto__', 'cpu'))
  const result = await compact(problem, { solver: 'greedy' })
  expect(verifyResult(problem, result)).toEqual([])
  expect(result.objective).toMatchObject({ activeNodes: 1 })
  expect(() => parseProblem(named('a', '__proto__'))).toThrow(
    'nodes[0].capacity.__proto__: found the key "__proto__", expected another name'
  )
})
