import fc from 'fast-check'
import { expect, test } from 'vitest'
import { firstAtMost, meanUntil, tidySteps, valueAt } from '../../../benchmarks/measures/steps.mjs'

const steps = [
  { seconds: 1, value: 0.5 },
  { seconds: 4, value: 0.1 }
]

test('before the first step nothing is known', () => {
  expect(valueAt([], 5)).toBe(1)
  expect([0, 0.99, 1, 3.9, 4, 100].map((seconds) => valueAt(steps, seconds))).toEqual([1, 1, 0.5, 0.5, 0.1, 0.1])
})

test('the mean over time is the area below the steps', () => {
  // 1 · 1 + 3 · 0.5 + 6 · 0.1 of 10
  expect(meanUntil(steps, 10)).toBeCloseTo(0.31, 12)
  // what comes after the limit does not count
  expect(meanUntil(steps, 2)).toBeCloseTo(0.75, 12)
  expect(meanUntil(steps, 0.5)).toBe(1)
  expect(meanUntil([], 10)).toBe(1)
  expect(meanUntil([{ seconds: 0, value: 0 }], 10)).toBe(0)
  expect(meanUntil([{ seconds: 0, value: 0.2 }], 0)).toBe(0.2)
})

test('the first moment at most so high, which may be never', () => {
  expect(firstAtMost(steps, 0.5)).toBe(1)
  expect(firstAtMost(steps, 0.4)).toBe(4)
  expect(firstAtMost(steps, 0.01)).toBe(Infinity)
  expect(firstAtMost([{ seconds: 2, value: 0.3 - 0.1 - 0.1 }], 0.1)).toBe(2)
})

test('steps that change nothing, or go up, or are at the same moment, are left out', () => {
  const untidy = [
    { seconds: 3, value: 0.4 },
    { seconds: 1, value: 0.5 },
    { seconds: 2, value: 0.7 },
    { seconds: 1, value: 0.45 },
    { seconds: 0, value: 1 },
    { seconds: 5, value: 0.4 }
  ]
  expect(tidySteps(untidy)).toEqual([
    { seconds: 1, value: 0.45 },
    { seconds: 3, value: 0.4 }
  ])
})

test('tidying changes no value of the best so far, and no mean is above 1 or below the last value', () => {
  const step = fc.record({ seconds: fc.nat(50), value: fc.double({ min: 0, max: 1, noNaN: true }) })
  fc.assert(
    fc.property(fc.array(step), fc.nat(60), (some, seconds) => {
      const best = Math.min(1, ...some.flatMap((one) => (one.seconds <= seconds ? [one.value] : [])))
      const tidy = tidySteps(some)
      expect(valueAt(tidy, seconds)).toBe(best)
      const mean = meanUntil(tidy, 60)
      expect(mean).toBeLessThanOrEqual(1 + 1e-12)
      expect(mean).toBeGreaterThanOrEqual(valueAt(tidy, 60) - 1e-12)
    }),
    { seed: 1 }
  )
})
