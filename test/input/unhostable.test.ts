import { expect, test } from 'vitest'
import { noteUnknownLabels } from '../../models/contract/known-names.js'
import { InputError, parseProblem } from '../../models/contract/parse.js'
import type { ProblemInput } from '../../models/contract/problem.js'

/** Two nodes with cores and 8 gpus in zone a, one deployment of one running replica, unless the parts say otherwise. */
function cluster(parts: Partial<ProblemInput>): ProblemInput {
  return {
    schemaVersion: 1,
    nodes: [
      { id: 'n1', capacity: { cpu: 8, gpu: 8 }, costPerHour: 1, labels: { zone: 'a' } },
      { id: 'n2', capacity: { cpu: 8, gpu: 2 }, costPerHour: 1 }
    ],
    deployments: [{ id: 'd', demand: { cpu: 1 } }],
    replicas: [{ id: 'd-0', deployment: 'd', node: 'n2' }],
    ...parts
  }
}

/** What is wrong with a Problem, one line each. */
function faultsOf(parts: Partial<ProblemInput>): string[] {
  try {
    parseProblem(cluster(parts))
    return []
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    return error.issues.map(({ path, found, expected }) => `${path}: found ${found}, expected ${expected}`)
  }
}

const of = (more: Partial<ProblemInput['deployments'][number]>) => ({ deployments: [{ id: 'd', demand: {}, ...more }] })
const unknownResource = 'found a resource that no node has, expected one of "cpu", "gpu"'

test.each<[string, Partial<ProblemInput>, string]>([
  ['demand', of({ demand: { gpus: 2 } }), `deployments[0].demand.gpus: ${unknownResource}`],
  ['startup demand', of({ startupDemand: { 'cpu ': 2 } }), `deployments[0].startupDemand["cpu "]: ${unknownResource}`]
])('a name in a %s that no node has is named', (_, parts, fault) => {
  expect(faultsOf(parts)).toEqual([fault])
})

test.each<[string, Partial<ProblemInput>]>([
  ['an amount of 0', of({ demand: { tpu: 0 } })],
  [
    'a declared resource',
    {
      ...of({ demand: { tpu: 1 } }),
      resources: { tpu: { kind: 'device' } },
      replicas: [{ id: 'd-0', deployment: 'd', node: null }]
    }
  ],
  ['a value that no node has yet', of({ nodeSelector: { zone: 'b' } })],
  [
    'names that only a node type has',
    {
      ...of({ demand: { tpu: 1 }, nodeSelector: { rack: 'r' }, replicas: 2 }),
      replicas: [],
      nodeTypes: [{ type: 't', capacity: { tpu: 1 }, costPerHour: 1, labels: { rack: 'r' }, maxNew: 2 }]
    }
  ]
])('%s is no mistake', (_, parts) => {
  expect(faultsOf(parts)).toEqual([])
})

test.each<[string, Partial<ProblemInput>, string]>([
  ['selector', of({ nodeSelector: { zome: 'a' } }), 'deployments[0].nodeSelector.zome: no node has the label "zome"'],
  [
    'at-least',
    { rules: [{ kind: 'at-least', deployments: ['d'], count: 1, nodeSelector: { constructor: 'a' } }] },
    'rules[0].nodeSelector.constructor: no node has the label "constructor"'
  ],
  [
    'anti-affinity',
    { rules: [{ kind: 'anti-affinity', deployments: ['d'], topologyKey: 'Zone' }] },
    'rules[0].topologyKey: no node has the label "Zone"'
  ]
])('a label in a %s that no node has is legal, and noted', (_, parts, note) => {
  const notes = noteUnknownLabels(parseProblem(cluster(parts)))
  expect(notes).toHaveLength(1)
  expect(notes[0]).toContain(note)
})

test('a deployment scaled to zero may ask for what is gone', () => {
  expect(
    faultsOf({ deployments: [...(cluster({}).deployments ?? []), { id: 'gone', demand: { tpu: 1 }, replicas: 0 }] })
  ).toEqual([])
})

test('a running replica of more devices than any node has', () => {
  expect(faultsOf(of({ demand: { gpu: 9 } }))).toEqual([
    'deployments[0].demand.gpu: found 9, expected at most 8, which the largest node has: replicas of it run already'
  ])
})

test('a running replica of more devices than its node has', () => {
  expect(faultsOf(of({ demand: { gpu: 4 } }))).toEqual([
    'replicas[0].node: found "n2", which has 2 gpu, expected a node with 4, which the replica holds while it runs'
  ])
})

test('an overfull node is none', () => {
  const replicas = [0, 1, 2].map((k) => ({ id: `d-${k}`, deployment: 'd', node: 'n2' }))
  expect(faultsOf({ ...of({ demand: { gpu: 1, cpu: 9 } }), replicas })).toEqual([])
})
