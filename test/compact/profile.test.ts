import { type CompactOptions, compact } from 'replica-compactor'
import { expect, test } from 'vitest'
import { expectChecked, readFixture } from './planned.js'

const problem = readFixture('synthetic/synthetic-25-1')

test('a profile says where the time went, on the main thread and in workers', async () => {
  const result = await compact(problem, { profile: true, timeLimitMs: 20_000, threads: 2 })
  expectChecked(problem, result)
  const { profile = {} } = result.solve
  expect(Object.keys(profile)).toEqual(
    expect.arrayContaining([
      'parse',
      'compile',
      'greedy',
      'formulate',
      'patterns',
      'pricing',
      'master',
      'transfer',
      'checks',
      'sequence',
      'total'
    ])
  )
  const { total, patterns, formulate } = profile
  expect(patterns).toMatchObject({ 'column-generation': expect.any(Number) })
  expect(formulate).toMatchObject({ 'column-generation': expect.any(Number) })
  for (const [part, spent] of Object.entries(profile)) {
    const shares = typeof spent === 'number' ? [spent] : Object.values(spent)
    // Two threads at a time, and a search of each waits while another has the main thread.
    for (const share of shares) expect({ part, isLess: share <= 3 * (total as number) }).toEqual({ part, isLess: true })
  }
})

test('without being asked for there is none', async () => {
  expect((await compact(problem, { solver: 'greedy' })).solve.profile).toBeUndefined()
})

test('the option is true or false', async () => {
  const run = compact(problem, { profile: 'yes' } as unknown as CompactOptions)
  await expect(run).rejects.toThrow('profile: found "yes", expected true or false')
})
