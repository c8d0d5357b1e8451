import { expect, test } from 'vitest'
import { Profile } from '../../src/profile.js'
import { JobClock } from '../../src/workers/job-times.js'

const wait = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds))

test('times of a part are summed, by the search that they were spent for', () => {
  const profile = new Profile()
  profile.add('compile', 3)
  profile.add('formulate', 10, 'moves')
  profile.add('formulate', 5.128, 'moves')
  profile.add('formulate', 1, 'compact-model')
  expect(profile.describe()).toEqual({ compile: 3, formulate: { moves: 15.13, 'compact-model': 1 } })
})

test('a promise counts until it settles, and what fails counts, too', async () => {
  const profile = new Profile()
  expect(await profile.time('slow', () => wait(30).then(() => 'done'))).toBe('done')
  const fault = new Error('no')
  expect(() =>
    profile.time('failed', () => {
      throw fault
    })
  ).toThrow(fault)
  await expect(profile.time('rejected', () => wait(30).then(() => Promise.reject(fault)))).rejects.toBe(fault)
  const { slow, failed, rejected } = profile.describe()
  expect(slow).toBeGreaterThan(20)
  expect(failed).toBeGreaterThanOrEqual(0)
  expect(rejected).toBeGreaterThan(20)
})

test('of a job, the way there and back is told apart from the work, and the parts that its output names are added', async () => {
  const profile = new Profile()
  const clock = new JobClock('patterns', (part, milliseconds) => profile.add(part, milliseconds, 'column-generation'))
  clock.isUp()
  clock.isSent()
  const sentAt = performance.timeOrigin + performance.now()
  await wait(60)
  clock.hear({ begunAt: sentAt + 10, answeredAt: sentAt + 40 })
  clock.read({ bound: 1, patterns: [], profile: { pricing: 20, master: 7.5 } })
  clock.stop()
  const { patterns, pricing, master, transfer } = profile.describe() as Record<string, Record<string, number>>
  expect(patterns?.['column-generation']).toBeCloseTo(30, 0)
  expect(pricing).toEqual({ 'column-generation': 20 })
  expect(master).toEqual({ 'column-generation': 7.5 })
  expect(transfer?.['column-generation']).toBeGreaterThan(25)
})

test('a thread that tells no times worked all the while; one that was sent nothing did not work', async () => {
  const profile = new Profile()
  const clock = new JobClock('solve', (part, milliseconds) => profile.add(part, milliseconds))
  clock.stop()
  expect(profile.describe()).toEqual({})
  clock.isSent()
  await wait(30)
  clock.stop()
  expect(profile.describe().solve).toBeGreaterThan(20)
})
