import fc from 'fast-check'
import { expect, test } from 'vitest'
import { spread } from '../../../src/report/charts/spread.js'

test('labels that would cover each other move apart as little as can be', () => {
  expect(spread([50, 50], 10, 0, 100)).toEqual([45, 55])
  expect(spread([90, 20, 90], 10, 0, 100)).toEqual([85, 20, 95])
  expect(spread([0, 3], 10, 0, 100)).toEqual([0, 10])
  expect(spread([99, 98], 10, 0, 100)).toEqual([100, 90])
})

test('they keep apart, in their order, and between the ends where there is room', () => {
  const wanted = fc.array(fc.double({ min: -50, max: 250, noNaN: true }), { minLength: 1, maxLength: 20 })
  fc.assert(
    fc.property(wanted, fc.double({ min: 1, max: 20, noNaN: true }), (drawn, distance) => {
      const spots = spread(drawn, distance, 0, 200)
      const sorted = [...spots].sort((one, other) => one - other)
      for (const [index, spot] of sorted.entries()) {
        if (index > 0) expect(spot - (sorted[index - 1] ?? 0)).toBeGreaterThanOrEqual(distance - 1e-6)
      }
      expect(sorted[0]).toBeGreaterThanOrEqual(0)
      if ((drawn.length - 1) * distance <= 200) expect(sorted.at(-1)).toBeLessThanOrEqual(200 + 1e-6)
      for (const [one, first] of drawn.entries()) {
        for (const [other, second] of drawn.entries()) {
          if (first < second) expect(spots[one]).toBeLessThan(spots[other] ?? 0)
        }
      }
    })
  )
})
