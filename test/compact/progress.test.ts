import { compact, type Progress } from 'replica-compactor'
import { expect, test } from 'vitest'
import { expectChecked, readFixture } from './planned.js'

const problem = readFixture('synthetic/synthetic-12-1')
const phases: readonly Progress['phase'][] = ['greedy', 'placement', 'moves', 'sequence', 'check']

test('phases come in their order, the cost falls and the bound stays below it', async () => {
  const heard: Progress[] = []
  await compact(problem, { timeLimitMs: 20_000, onProgress: (progress) => heard.push(progress) })
  expect([...new Set(heard.map(({ phase }) => phase))]).toEqual(phases)
  const order = heard.map(({ phase }) => phases.indexOf(phase))
  expect(order).toEqual([...order].sort((left, right) => left - right))
  for (const [index, { costPerHour, bound, gap, elapsedMs }] of heard.entries()) {
    expect(costPerHour).toBeLessThanOrEqual((heard[index - 1]?.costPerHour ?? Infinity) + 1e-9)
    expect(elapsedMs).toBeGreaterThanOrEqual(heard[index - 1]?.elapsedMs ?? 0)
    expect(bound).toBeLessThanOrEqual(costPerHour + 1e-9)
    expect(gap).toBeGreaterThanOrEqual(0)
  }
})

test.each(phases)(
  'a callback that throws in phase "%s" rejects the run with what it threw, and ends it',
  async (phase) => {
    const fault = new Error('no thanks')
    let after = 0
    let hasThrown = false
    const run = compact(problem, {
      timeLimitMs: 20_000,
      onProgress: (progress) => {
        if (hasThrown) after++
        if (progress.phase !== phase) return
        hasThrown = true
        throw fault
      }
    })
    await expect(run).rejects.toBe(fault)
    const heard = after
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(after).toBe(heard)
    expectChecked(problem, await compact(problem, { timeLimitMs: 20_000 }))
  }
)

test.each([undefined, null, 0])('what is thrown may be %s', async (thrown) => {
  const run = compact(problem, {
    solver: 'greedy',
    onProgress: () => {
      throw thrown
    }
  })
  await expect(run).rejects.toBe(thrown)
})
