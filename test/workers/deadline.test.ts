import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Deadline } from '../../src/workers/deadline.js'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

test('the earliest moment counts, and counts once', () => {
  const reached = vi.fn()
  const deadline = new Deadline(reached)
  expect(deadline.remainingMs).toBe(Number.POSITIVE_INFINITY)
  deadline.within(1000)
  deadline.within(100)
  deadline.within(500)
  expect(deadline.remainingMs).toBe(100)
  vi.advanceTimersByTime(99)
  expect(reached).not.toHaveBeenCalled()
  vi.advanceTimersByTime(5000)
  expect(reached).toHaveBeenCalledTimes(1)
  expect(deadline.remainingMs).toBe(0)
})

test.each([2 ** 31, 1e300, Number.POSITIVE_INFINITY])('%d ms do not pass at once', (milliseconds) => {
  const reached = vi.fn()
  const deadline = new Deadline(reached)
  deadline.within(milliseconds)
  vi.advanceTimersByTime(1000)
  expect(reached).not.toHaveBeenCalled()
})

test('a cleared deadline never comes', () => {
  const reached = vi.fn()
  const deadline = new Deadline(reached)
  deadline.within(10)
  deadline.clear()
  vi.advanceTimersByTime(1000)
  deadline.check()
  expect(reached).not.toHaveBeenCalled()
})

test('one that is looked at comes without its timer, and once', () => {
  const reached = vi.fn()
  const deadline = new Deadline(reached)
  deadline.check()
  deadline.within(10)
  deadline.check()
  expect(reached).not.toHaveBeenCalled()
  vi.spyOn(performance, 'now').mockReturnValue(performance.now() + 11)
  deadline.check()
  deadline.check()
  vi.advanceTimersByTime(1000)
  expect(reached).toHaveBeenCalledTimes(1)
  vi.restoreAllMocks()
})
