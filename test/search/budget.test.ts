import { expect, test } from 'vitest'
import { Budget } from '../../src/budget.js'
import type { Stopwatch } from '../../src/stopwatch.js'

/** A watch that shows what it is set to. */
function fakeWatch(limitMs: number): Stopwatch & { now: number } {
  const watch = {
    now: 0,
    limitMs,
    elapsedMs: () => watch.now,
    remainingMs: () => Math.max(0, limitMs - watch.now),
    expired: () => watch.now >= limitMs,
    until: () => watch
  }
  return watch
}

test('a budget of time is spent by the clock, and by no work', () => {
  const watch = fakeWatch(100)
  const budget = Budget.ofTime(watch)
  budget.charge(1000)
  expect([budget.countsWork, budget.isSpent(), budget.remaining(), budget.workLimit]).toEqual([
    false,
    false,
    100,
    Infinity
  ])
  expect(budget.grant).toEqual({ timeLimitMs: 100, workLimit: Infinity })
  watch.now = 100
  expect([budget.isSpent(), budget.isLate(), budget.remaining(), budget.nearest]).toEqual([true, true, 0, 'time'])
})

test('a budget of work is spent by work, and by no clock', () => {
  const watch = fakeWatch(Infinity)
  const budget = Budget.ofWork(100, watch)
  watch.now = 1e9
  expect([budget.countsWork, budget.isSpent(), budget.spent()]).toEqual([true, false, 0])
  budget.charge(40)
  expect(budget.grant).toEqual({ timeLimitMs: Infinity, workLimit: 60 })
  budget.charge(70)
  expect([budget.isSpent(), budget.isLate(), budget.remaining(), budget.work]).toEqual([true, false, 0, 110])
})

test('of both limits the first counts', () => {
  const watch = fakeWatch(100)
  const budget = Budget.ofWork(1000, watch)
  budget.charge(100)
  watch.now = 50
  expect([budget.remaining(), budget.isSpent(), budget.nearest]).toEqual([50, false, 'time'])
  expect(budget.grant).toEqual({ timeLimitMs: 50, workLimit: 900 })
  budget.charge(900)
  expect([budget.isSpent(), budget.isLate(), budget.nearest]).toEqual([true, false, 'work'])
  const late = Budget.ofWork(1000, watch)
  watch.now = 100
  expect([late.isSpent(), late.isLate()]).toEqual([true, true])
})

test('parts of a budget end earlier, and what is charged to one is charged to all', () => {
  const budget = Budget.ofWork(100)
  budget.charge(20)
  const half = budget.share(0.5)
  const few = budget.atMost(10)
  const early = budget.until((limit) => limit / 4)
  expect([half, few, early, budget.atMost(1000)].map((part) => part.remaining())).toEqual([40, 10, 5, 80])
  few.charge(15)
  expect([budget.work, half.remaining(), few.isSpent(), early.isSpent(), budget.isSpent()]).toEqual([
    35,
    25,
    true,
    true,
    false
  ])
  expect(budget.atMost(0).atLeast(7).remaining()).toBe(7)
})
