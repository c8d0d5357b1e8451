import { compact, type Progress } from 'replica-compactor'
import { describe, expect, test } from 'vitest'
import { expectChecked, readFixture } from './planned.js'

const problem = readFixture('synthetic/synthetic-200-1')
const phases: readonly Progress['phase'][] = ['greedy', 'placement', 'moves', 'sequence', 'check']

test('a signal that is aborted already rejects before anything happens', async () => {
  let heard = 0
  const run = compact(problem, { signal: AbortSignal.abort('late'), onProgress: () => heard++ })
  await expect(run).rejects.toBe('late')
  expect(heard).toBe(0)
})

describe('an abort rejects with the reason of the signal', () => {
  test.each(phases)('when it comes in phase "%s"', async (phase) => {
    const controller = new AbortController()
    const reason = { why: phase }
    const run = compact(problem, {
      timeLimitMs: 3000,
      signal: controller.signal,
      onProgress: (progress) => {
        if (progress.phase === phase) controller.abort(reason)
      }
    })
    await expect(run).rejects.toBe(reason)
  })

  test.each([
    ['a string', 'enough'],
    ['null', null],
    ['false', false]
  ])('which may be %s', async (_name, reason) => {
    const controller = new AbortController()
    const run = compact(problem, { signal: controller.signal })
    setTimeout(() => controller.abort(reason), 50)
    await expect(run).rejects.toBe(reason)
  })

  test('which is an AbortError when none is given', async () => {
    const controller = new AbortController()
    const run = compact(problem, { signal: controller.signal })
    setTimeout(() => controller.abort(undefined), 50)
    await expect(run).rejects.toMatchObject({ name: 'AbortError' })
  })
})

test('an abort in the middle of a search is prompt, and the next call works', async () => {
  const controller = new AbortController()
  const run = compact(problem, { timeLimitMs: 60_000, signal: controller.signal })
  await new Promise((resolve) => setTimeout(resolve, 1000))
  const asked = performance.now()
  controller.abort()
  await expect(run).rejects.toBe(controller.signal.reason)
  // Generous: the grace of a solver is 0.25 s, and the machine may be busy.
  expect(performance.now() - asked).toBeLessThan(3000)
  const small = readFixture('synthetic/synthetic-12-1')
  expectChecked(small, await compact(small))
})

test('a signal that outlives the run keeps no listener of it', async () => {
  const controller = new AbortController()
  let listeners = 0
  const { signal } = controller
  const add = signal.addEventListener.bind(signal)
  const remove = signal.removeEventListener.bind(signal)
  Object.assign(signal, {
    addEventListener: (...about: Parameters<typeof add>) => {
      listeners++
      add(...about)
    },
    removeEventListener: (...about: Parameters<typeof remove>) => {
      listeners--
      remove(...about)
    }
  })
  await compact(readFixture('synthetic/synthetic-12-1'), { signal })
  expect(listeners).toBe(0)
})
