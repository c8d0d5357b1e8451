import { compact, type IncumbentUpdate, type ProblemInput, verifyPlacement } from 'replica-compactor'
import { expect, test } from 'vitest'
import { readFixture } from './planned.js'

const problem = readFixture('synthetic/synthetic-50-1')

async function updatesOf(run: AsyncIterable<IncumbentUpdate>): Promise<IncumbentUpdate[]> {
  const updates: IncumbentUpdate[] = []
  for await (const update of run) updates.push(update)
  return updates
}

test('incumbents come as they are found, each better than the one before, until the run ends', async () => {
  const run = compact(problem, { timeLimitMs: 5000 })
  const updates = await updatesOf(run)
  const result = await run
  expect(updates.length).toBeGreaterThan(1)
  for (const [index, { elapsedMs, objective, bound, gap }] of updates.entries()) {
    const before = updates[index - 1]
    // Sums of the same costs may differ in the last digit: then there are fewer moves.
    expect(objective.total).toBeLessThanOrEqual((before?.objective.total ?? Infinity) + 1e-9)
    expect(elapsedMs).toBeGreaterThanOrEqual(before?.elapsedMs ?? 0)
    expect(bound).toBeLessThanOrEqual(objective.total)
    expect(gap).toBeCloseTo((objective.total - bound) / objective.total, 9)
  }
  expect(updates.at(-1)?.objective.costPerHour).toBe(result.objective?.costPerHour)
  // The last one stands there twice where its bound rose after it was found.
  expect([0, 1]).toContain(updates.length - result.solve.incumbents.length)
  expect(updates.at(-1)?.bound).toBeCloseTo(result.bound?.total ?? Number.NaN, 9)
})

test.each([
  ['with devices that are assumed', problem],
  ['with headroom and nodes to buy', roomy()]
])('an incumbent is all that the checker needs: %s', async (_, given) => {
  const run = compact(given, { timeLimitMs: 2000 })
  const updates = await updatesOf(run)
  expect(updates.length).toBeGreaterThan(0)
  for (const update of updates) expect(verifyPlacement(given, update)).toEqual([])
  const { headroom, newNodes, assumedDevices } = await run
  expect(updates.at(-1)).toMatchObject({ headroom, newNodes, assumedDevices })
})

/** A crowded node, a cheaper one to buy, and room to keep. */
function roomy(): ProblemInput {
  const replicas = ['a', 'b'].map((id) => ({ id, deployment: 'chat', node: 'old' }))
  return {
    schemaVersion: 1,
    nodes: [{ id: 'old', capacity: { cpu: 4, gpu: 2 }, costPerHour: 10 }],
    nodeTypes: [{ type: 'new', capacity: { cpu: 4, gpu: 3 }, costPerHour: 1, labels: {}, maxNew: 1 }],
    deployments: [{ id: 'chat', demand: { cpu: 1, gpu: 1 } }],
    replicas,
    headroom: [{ deployment: 'chat', replicas: 1 }]
  }
}

test('what misses something that is required is told to nobody', async () => {
  const given: ProblemInput = {
    schemaVersion: 1,
    nodes: [{ id: 'small', capacity: { cpu: 1 }, costPerHour: 1 }],
    deployments: [{ id: 'large', demand: { cpu: 2 } }],
    replicas: [{ id: 'r', deployment: 'large', node: null }]
  }
  const run = compact(given, { timeLimitMs: 2000 })
  expect(await updatesOf(run)).toEqual([])
  expect((await run).termination).toBe('infeasible')
})

test('who comes late sees every incumbent, and so do two who iterate', async () => {
  const run = compact(problem, { solver: 'greedy' })
  await run
  const [first, second] = [await updatesOf(run), await updatesOf(run)]
  expect(first.length).toBeGreaterThan(0)
  expect(second).toEqual(first)
})

test('a failure reaches who only iterates', async () => {
  const run = compact({ schemaVersion: 1 })
  await expect(updatesOf(run)).rejects.toThrow(/problem/)
})

test('leaving the loop leaves the run going', async () => {
  const run = compact(problem, { solver: 'greedy' })
  for await (const update of run) {
    expect(update.producer).toBe('greedy')
    break
  }
  expect((await run).primalStatus).toBe('feasible')
})
