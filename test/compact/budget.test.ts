import { expect, test } from 'vitest'
import { node, planned, readFixture, running } from './planned.js'

const cluster = {
  nodes: [node('a'), node('b'), node('c')],
  deployments: [{ id: 'd', demand: { cpu: 1 }, moveCost: 2 }],
  replicas: running('d', 'a', 'b', 'c', 'c')
}

test('without a budget, everything goes onto one node', async () => {
  const { cost, result } = await planned(cluster)
  expect(cost).toBe(1)
  expect(result.objective?.migrations).toBe(2)
})

test('no migrations, no moves: idle nodes are given back all the same', async () => {
  const idle = { ...cluster, nodes: [...cluster.nodes, node('idle')] }
  const { cost, result, steps } = await planned(idle, { maxMigrations: 0 })
  expect(cost).toBe(3)
  expect(steps('start')).toEqual([])
  expect(result.releasedNodes).toEqual(['idle'])
})

test.each([
  ['maxMigrations of the call', {}, { maxMigrations: 1 }],
  ['maxMoveCost of the call', {}, { maxMoveCost: 3.9 }],
  ['maxMigrations of the Problem', { maxMigrations: 1 }, {}],
  ['maxMoveCost of the Problem', { maxMoveCost: 3 }, {}],
  ['maxMigrationsPerDeployment', { maxMigrationsPerDeployment: 1 }, {}],
  ['the smaller of both', { maxMigrations: 1 }, { maxMigrations: 9 }]
])('%s leaves room for one move', async (_name, budget, options) => {
  const { cost, result } = await planned({ ...cluster, budget }, options)
  expect(cost).toBe(2)
  expect(result.objective).toMatchObject({ migrations: 1, moveCost: 2 })
})

test('the budget is blamed for what it forbids, and not for what is full anyway', async () => {
  const { result } = await planned(cluster, { maxMigrations: 1 })
  expect(result.explanation.nodes?.map(({ code }) => code)).toEqual(['budget-exhausted', 'budget-exhausted'])
  const spent = await planned(cluster, { maxMigrations: 2 })
  expect(spent.result.explanation.nodes).toEqual([{ node: 'c', code: 'no-room-elsewhere' }])
})

test('a fixture with a budget keeps it', async () => {
  const problem = readFixture('synthetic/synthetic-400-1-b0.05')
  const { result } = await planned(problem, { timeLimitMs: 3000 })
  expect(problem.budget?.maxMigrations).toBeGreaterThan(0)
  expect(result.objective?.migrations).toBeLessThanOrEqual(problem.budget?.maxMigrations as number)
})
