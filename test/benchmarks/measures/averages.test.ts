import fc from 'fast-check'
import { expect, test } from 'vitest'
import { mean, median, shiftedGeometricMean } from '../../../benchmarks/measures/averages.mjs'

test('a median is the middle, or between the two in the middle, and Infinity is a value', () => {
  expect(median([3, 1, 2])).toBe(2)
  expect(median([4, 1, 2, 3])).toBe(2.5)
  expect(median([])).toBeNull()
  expect(median([1, Infinity, 2])).toBe(2)
  expect(median([1, Infinity])).toBe(Infinity)
  expect(median([Infinity, Infinity, 1, Infinity])).toBe(Infinity)
})

test('a median does not depend on the order', () => {
  const values = fc.array(fc.oneof(fc.double({ noNaN: true, min: -1e6, max: 1e6 }), fc.constant(Infinity)))
  fc.assert(
    fc.property(values, (some) => median([...some].reverse()) === median(some)),
    { seed: 1 }
  )
})

test('a mean of nothing is null', () => {
  expect(mean([])).toBeNull()
  expect(mean([1, 2, 6])).toBe(3)
})

test('a shifted geometric mean', () => {
  // √((0 + 1) · (8 + 1)) − 1
  expect(shiftedGeometricMean([0, 8])).toBeCloseTo(2, 12)
  // ∛(2 · 4 · 8) = 4, shifted by 0
  expect(shiftedGeometricMean([2, 4, 8], 0)).toBeCloseTo(4, 12)
  expect(shiftedGeometricMean([])).toBeNull()
})

test('a shifted geometric mean lies between the least and the mean, and is that of equal values', () => {
  const times = fc.array(fc.double({ min: 0, max: 3600, noNaN: true }), { minLength: 1 })
  fc.assert(
    fc.property(times, (some) => {
      const middle = shiftedGeometricMean(some) ?? Number.NaN
      expect(middle).toBeGreaterThanOrEqual(Math.min(...some) - 1e-6)
      expect(middle).toBeLessThanOrEqual((mean(some) ?? 0) + 1e-6)
      expect(shiftedGeometricMean([7, 7, 7])).toBeCloseTo(7, 9)
    }),
    { seed: 1 }
  )
})
