import { describe, expect, test } from 'vitest'
import { node, planned, running } from './planned.js'

/** a and b are full and trade places when both sizes pair up; x has room for one step in between. */
const swap = {
  nodes: [
    node('a', { capacity: { cpu: 4 }, labels: { kind: 'left' } }),
    node('b', { capacity: { cpu: 4 }, labels: { kind: 'right' } }),
    node('x', { capacity: { cpu: 4 }, costPerHour: 3 })
  ],
  deployments: [
    { id: 'p', demand: { cpu: 2 } },
    { id: 'q', demand: { cpu: 2 } }
  ],
  replicas: [...running('p', 'a', 'b'), ...running('q', 'x')]
}

describe.each(['final', 'any-order', 'sequenced'] as const)('level %s', (level) => {
  test('a cluster is compacted safely', async () => {
    const { cost, result } = await planned({ ...swap, migration: { level } })
    expect(cost).toBe(2)
    expect(result.plan.status).toBe('complete')
  })
})

test('without hops, what needs one is given up or avoided, and what is done is safe', async () => {
  const { result } = await planned({ ...swap, migration: { rungs: ['reorder', 'cut'] } })
  const starts = result.plan.steps.flatMap((step) => (step.action === 'start' ? [step.replica] : []))
  expect(new Set(starts).size).toBe(starts.length)
})

const fleet = {
  nodes: [node('a', { capacity: { cpu: 9 } }), ...['b', 'c', 'd', 'e'].map((id) => node(id))],
  deployments: [{ id: 'w', demand: { cpu: 1 }, startupSeconds: 100, drainSeconds: 50 }],
  replicas: running('w', 'b', 'c', 'd', 'e')
}

test('without limits everything moves at once', async () => {
  const limits = { inFlight: null, startsPerNode: null, perDeployment: null }
  const { result } = await planned({ ...fleet, migration: { limits } })
  expect(result.objective?.migrations).toBeGreaterThan(2)
  expect(result.plan.makespanSeconds).toBe(150)
})

test.each([
  ['moves in flight', { inFlight: 1 }, 150],
  ['moves of a deployment', { perDeployment: 1 }, 150],
  ['starts on a node', { startsPerNode: 1 }, 100]
])('limits on %s keep them apart', async (_name, limits, apart) => {
  const { steps, result } = await planned({ ...fleet, migration: { limits } })
  const times = steps('start').map(({ startSeconds }) => startSeconds)
  expect(times.length).toBeGreaterThan(2)
  const sorted = [...times].sort((left, right) => left - right)
  for (const [index, time] of sorted.entries()) if (index > 0) expect(time - (sorted[index - 1] as number)).toBe(apart)
  expect(result.plan.status).toBe('complete')
})

test.each([
  [0, 0],
  [160, 1],
  [310, 2]
])('a deadline of %i s leaves time for %i moves one after another', async (deadlineSeconds, moves) => {
  const { result } = await planned({ ...fleet, migration: { limits: { inFlight: 1 }, deadlineSeconds } })
  expect(result.plan.makespanSeconds).toBeLessThanOrEqual(deadlineSeconds)
  expect(result.objective?.migrations).toBeLessThanOrEqual(moves)
})

test('surge limits the copies that exist at once', async () => {
  const deployments = [{ id: 'w', demand: { cpu: 1 }, maxSurge: 1, startupSeconds: 100, drainSeconds: 50 }]
  const { steps, result } = await planned({ ...fleet, deployments })
  const times = steps('start').map(({ startSeconds }) => startSeconds)
  expect(new Set(times).size).toBe(times.length)
  expect(result.plan.status).toBe('complete')
})
