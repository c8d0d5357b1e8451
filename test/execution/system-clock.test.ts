import { expect, test } from 'vitest'
import { systemClock } from '../../src/execution/system-clock.js'

test('it says the time of day, and never an earlier one', () => {
  const before = systemClock.now()
  expect(Math.abs(before - Date.now())).toBeLessThan(60_000)
  expect(systemClock.now()).toBeGreaterThanOrEqual(before)
})

test('a wait ends early when its signal is aborted, with its reason', async () => {
  const controller = new AbortController()
  const long = systemClock.sleep(1e12, controller.signal)
  controller.abort('enough')
  await expect(long).rejects.toBe('enough')
  await expect(systemClock.sleep(1e12, AbortSignal.abort('before'))).rejects.toBe('before')
  await systemClock.sleep(0)
})
