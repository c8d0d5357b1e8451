import { describe, expect, test } from 'vitest'
import { verifyResult } from '../../models/checker/verify-result.js'
import { InputError, parseProblem } from '../../models/contract/parse.js'
import type { PlacementInput } from '../../models/contract/placement.js'
import type { ProblemInput } from '../../models/contract/problem.js'
import { sequence } from '../../src/sequence.js'
import { cluster, deployment, node, replica } from './cluster.js'

const problem = cluster({
  nodes: [node('n1', 4), node('n2', 4), node('n3', 4, { acceptsReplicas: false })],
  nodeTypes: [{ type: 't', capacity: { cpu: 4 }, costPerHour: 0.5, maxNew: 1 }],
  deployments: [deployment('a', { replicas: 3 }), deployment('g', { demand: { gpu: 2 } })],
  replicas: [
    replica('a', 0, 'n1'),
    replica('a', 1, 'n2', { movable: false }),
    replica('a', 9, 'n3', { state: 'draining' }),
    replica('g', 0, 'n1', { devices: { gpu: [0, 1] } })
  ]
})

type Entry = PlacementInput['placement'][number]

const legal: Record<string, Entry> = {
  'a-0': { replica: 'a-0', node: 'n2' },
  'a-1': { replica: 'a-1', node: 'n2' },
  'g-0': { replica: 'g-0', node: 'n2', devices: { gpu: [2, 3] } },
  'a-new-1': { replica: 'a-new-1', deployment: 'a', node: 'n2' }
}

function placed(changes: Record<string, Entry | undefined> = {}, more: Partial<PlacementInput> = {}): PlacementInput {
  const entries = Object.values({ ...legal, ...changes }).filter((entry) => entry !== undefined)
  return { schemaVersion: 1, placement: entries, ...more }
}

async function sequenced(placement: PlacementInput, input: ProblemInput = problem) {
  const result = await sequence(input, placement)
  expect(verifyResult(parseProblem(input), result)).toEqual([])
  return result
}

test('a legal placement is reached, with the devices that it names', async () => {
  const result = await sequenced(placed())
  expect(result.plan.status).toBe('complete')
  expect(result.placement).toContainEqual(legal['g-0'])
  expect(result.releasedNodes).toEqual(['n1', 'n3'])
})

test('devices that are left out are chosen', async () => {
  const result = await sequenced(placed({ 'g-0': { replica: 'g-0', node: 'n2' } }))
  expect(result.placement.find((entry) => entry.replica === 'g-0')?.devices?.gpu).toHaveLength(2)
})

test('nodes that are bought keep the names of the placement', async () => {
  const entry = { replica: 'a-new-7', deployment: 'a', node: 'mine' }
  const result = await sequenced(placed({ 'a-new-1': entry }, { newNodes: [{ id: 'mine', type: 't' }] }))
  expect(result.newNodes).toEqual([{ id: 'mine', type: 't' }])
  expect(result.plan.steps).toContainEqual(expect.objectContaining({ action: 'provision', node: 'mine' }))
})

test('with best effort some may be left out, and are listed', async () => {
  const result = await sequenced(placed({ 'a-new-1': undefined }), { ...problem, pending: 'best-effort' })
  expect(result.unplaced).toEqual([{ replica: 'a-new-1', deployment: 'a' }])
})

describe('what is no legal placement is refused, with its place', () => {
  test.each<[string, PlacementInput, string]>([
    [
      'unknown node',
      placed({ 'a-0': { replica: 'a-0', node: 'x' } }),
      'placement[0].node: found "x", expected the id of a node'
    ],
    [
      'unknown replica',
      placed({ z: { replica: 'z', node: 'n2' } }),
      'placement[4].replica: found "z", expected a replica'
    ],
    [
      'placed twice',
      placed({ z: { replica: 'a-0', node: 'n2' } }),
      'placement[4].replica: found "a-0", expected each replica once'
    ],
    ['too few', placed({ 'a-new-1': undefined }), 'placement: found 2 replicas of "a", expected 3'],
    [
      'too many',
      placed({ z: { replica: 'a-new-2', deployment: 'a', node: 'n2' } }),
      'placement: found 4 replicas of "a", expected 3'
    ],
    [
      'another name',
      placed({ 'a-new-1': { replica: 'fresh', deployment: 'a', node: 'n2' } }),
      'placement[3].replica: found "fresh", expected a replica of the Problem, or a new one named as "a-new-1"'
    ],
    [
      'another deployment',
      placed({ 'a-0': { replica: 'a-0', deployment: 'g', node: 'n2' } }),
      'placement[0].deployment: found "g", expected "a"'
    ],
    [
      'a pin that moves',
      placed({ 'a-1': { replica: 'a-1', node: 'n1' } }),
      'placement[1].node: found "n1", expected "n2", to which it is pinned'
    ],
    [
      'a draining copy',
      placed({ 'a-new-1': { replica: 'a-9', node: 'n3' } }),
      'placement[3].replica: found "a-9", expected no replica that is draining'
    ],
    [
      'too few devices',
      placed({ 'g-0': { replica: 'g-0', node: 'n2', devices: { gpu: [2] } } }),
      'placement[2].devices.gpu: found [2], expected 2 different indices below 4, for a demand of 2'
    ],
    [
      'devices beyond the node',
      placed({ 'g-0': { replica: 'g-0', node: 'n2', devices: { gpu: [3, 4] } } }),
      'placement[2].devices.gpu: found [3, 4], expected 2 different indices below 4'
    ],
    [
      'devices that change under a running copy',
      placed({ 'g-0': { replica: 'g-0', node: 'n1', devices: { gpu: [2, 3] } } }),
      'placement[2].devices: found [2, 3], expected the devices that it holds on "n1"'
    ],
    [
      'a closed node',
      placed({ 'a-0': { replica: 'a-0', node: 'n3' } }),
      'closed-node: found a-0: n3 accepts no replicas'
    ],
    [
      'more new nodes than are sold',
      placed(
        { 'a-0': { replica: 'a-0', node: 'x' }, 'a-new-1': { replica: 'a-new-1', deployment: 'a', node: 'y' } },
        { newNodes: ['x', 'y'].map((id) => ({ id, type: 't' })) }
      ),
      'placement[3].node: found "y", expected the id of a node of the Problem, or of one in "newNodes" that it sells'
    ],
    [
      'unknown headroom',
      placed({}, { headroom: [{ deployment: 'q', node: 'n1' }] }),
      'headroom[0].deployment: found "q", expected the id of a deployment'
    ]
  ])('%s', async (_, placement, message) => {
    const error = await sequence(problem, placement).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(InputError)
    expect((error as InputError).message).toContain(message)
  })

  test.each<[string, Partial<ProblemInput>, string]>([
    [
      'capacity',
      { nodes: [node('n1', 4), node('n2', 2), node('n3', 4)] },
      'capacity: found n2: 3 cpu held, capacity 2'
    ],
    ['a rule', { rules: [{ kind: 'anti-affinity', deployments: ['a'], max: 2 }] }, 'anti-affinity: found '],
    ['a budget', { budget: { maxMigrations: 1 } }, 'budget: found maxMigrations: 2 used, 1 allowed'],
    [
      'headroom that is missing',
      { headroom: [{ deployment: 'a', replicas: 1 }] },
      'headroom: found headroom of a: 1 missing'
    ]
  ])('it breaks %s', async (_, parts, message) => {
    const error = await sequence({ ...problem, ...parts }, placed()).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(InputError)
    expect((error as InputError).message).toContain(message)
  })

  test('it does not repay as the gate asks', async () => {
    const input = cluster({
      replicas: [replica('a', 0, 'n1'), replica('a', 1, 'n2')],
      gate: { minSavingPerMove: 5 }
    })
    const placement = ['a-0', 'a-1'].map((id) => ({ replica: id, node: 'n1' }))
    await expect(sequence(input, { schemaVersion: 1, placement })).rejects.toThrow('gate: found 1 moves save 1 an hour')
  })
})
