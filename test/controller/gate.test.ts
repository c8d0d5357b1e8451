import { describe, expect, test } from 'vitest'
import { parseProblem } from '../../models/contract/parse.js'
import type { ProblemInput } from '../../models/contract/problem.js'
import type { PolicyInput } from '../../src/controller/policy.js'
import { smallFleet, tryController } from './small-fleet.js'

/** What one round on a cluster at rest comes to. */
async function decide(problem: Partial<ProblemInput>, policy: PolicyInput = {}) {
  const { controller, cluster } = tryController({
    problem: smallFleet(problem),
    policy: { mode: 'recommend', stabilitySeconds: 0, ...policy }
  })
  const { outcome, message, result } = await cluster.clock.run(() => controller.step())
  return { outcome, message, migrations: result?.objective?.migrations, released: result?.releasedNodes }
}

/** The fleet saves 2 an hour of 4, with two migrations. */
const worthIt = { outcome: 'recommended', migrations: 2 }
const priced = (costPerHour: number) => ({ nodes: smallFleet().nodes.map((node) => ({ ...node, costPerHour })) })

describe('by default', () => {
  test('half of the cost is worth two moves', async () => {
    expect(await decide({})).toMatchObject(worthIt)
  })

  test('cents are not', async () => {
    expect(await decide(priced(0.04))).toMatchObject({
      outcome: 'gated',
      message: expect.stringContaining('0.08 an hour')
    })
  })

  test('nor is a hundredth of what is paid anyway', async () => {
    const office = { id: 'head', capacity: { cpu: 1 }, costPerHour: 500, releasable: false }
    const nodes = [...smallFleet().nodes, office]
    expect(await decide({ nodes })).toMatchObject({ outcome: 'gated', message: expect.stringContaining('0.4') })
  })

  test('nor are moves that cost more than they bring in half a day', async () => {
    const deployments = smallFleet().deployments.map((each) => ({ ...each, moveCost: 1000 }))
    expect(await decide({ deployments })).toMatchObject({ outcome: 'gated', message: expect.stringContaining('repay') })
  })
})

describe('the stricter of policy and Problem counts', () => {
  test.each([
    ['policy', {}, { gate: { minSavingPerMove: 1.5 } }, 'gated'],
    ['Problem', { gate: { minSavingPerMove: 1.5 } }, {}, 'gated'],
    ['neither', { gate: { minSavingPerMove: 0.9 } }, { gate: { minSavingPerMove: 0.9 } }, 'recommended'],
    ['Problem, by its own price', { gate: { paybackHours: 1 }, objective: { moveCostPrice: 1.5 } }, {}, 'gated'],
    [
      'policy, by the price of the Problem',
      { objective: { moveCostPrice: 20 } },
      { gate: { paybackHours: 12 } },
      'gated'
    ],
    ['neither, at that price', { objective: { moveCostPrice: 20 } }, { gate: { paybackHours: 24 } }, 'recommended']
  ] as const)('%s', async (_, problem, policy, outcome) => {
    expect(await decide(problem, policy)).toMatchObject({ outcome })
  })

  test('0 and null switch the gate of the policy off', async () => {
    const off = { minSavingShare: 0, minSavingPerHour: 0, minSavingPerMove: 0, paybackHours: null }
    expect(await decide(priced(1e-6), { gate: off })).toMatchObject(worthIt)
  })
})

test('what needs no move is done all the same', async () => {
  const idle = [...smallFleet().nodes, { id: 'idle', capacity: { cpu: 4 }, costPerHour: 1 }]
  const decision = await decide({ nodes: idle }, { gate: { minSavingPerHour: 100 }, cooldown: { nodeSeconds: 0 } })
  expect(decision).toMatchObject({ outcome: 'recommended', migrations: 0, released: ['idle'] })
})

test('what must be emptied is emptied, at whatever price, and without waiting', async () => {
  const nodes = smallFleet().nodes.map((node) => ({ ...node, mustEmpty: node.id === 'n4' }))
  const decision = await decide({ nodes }, { stabilitySeconds: 300, gate: { minSavingPerHour: 100 } })
  expect(decision).toMatchObject({ outcome: 'recommended', released: expect.arrayContaining(['n4']) })
})

test('headroom that is there already is no reason to move for cents', async () => {
  const headroom = [{ deployment: 'web', replicas: 2 }]
  expect(await decide({ headroom, ...priced(0.01) })).toMatchObject({ outcome: 'gated' })
  expect(await decide({ headroom })).toMatchObject({ outcome: 'recommended' })
})

test('what cannot be seated without a move has its move', async () => {
  const nodes = [
    { id: 'n1', capacity: { cpu: 4 }, costPerHour: 1 },
    { id: 'n2', capacity: { cpu: 4 }, costPerHour: 1 }
  ]
  const deployments = [
    { id: 'big', demand: { cpu: 3 } },
    { id: 'small', demand: { cpu: 1 } }
  ]
  const replicas = [
    ...['n1', 'n1', 'n2', 'n2'].map((node, index) => ({ id: `small-${index}`, deployment: 'small', node })),
    { id: 'big-0', deployment: 'big', node: null }
  ]
  const problem = parseProblem({ schemaVersion: 1, nodes, deployments, replicas })
  expect(await decide(problem, { pending: 'place' })).toMatchObject({ outcome: 'recommended', migrations: 1 })
})
