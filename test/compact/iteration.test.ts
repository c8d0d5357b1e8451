import { compact, type IncumbentUpdate, parseProblem, verifyPlacement } from 'replica-compactor'
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

test('the placement of an incumbent passes the checker', async () => {
  const parsed = parseProblem(problem)
  const run = compact(problem, { solver: 'greedy' })
  const { assumedDevices } = await run
  for await (const { placement } of run) {
    const complete = {
      placement: [...placement],
      newNodes: [],
      headroom: [],
      assumedDevices,
      plan: { status: 'complete' as const, steps: [], makespanSeconds: 0 }
    }
    expect(verifyPlacement(parsed, complete)).toEqual([])
  }
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
