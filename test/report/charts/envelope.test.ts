import fc from 'fast-check'
import { expect, test } from 'vitest'
import { thinOut } from '../../../src/report/charts/envelope.js'

const anySeries = fc.array(
  fc.tuple(
    fc.double({ min: 0, max: 1e6, noNaN: true }),
    fc.oneof(fc.double({ min: -1e6, max: 1e6, noNaN: true }), fc.constant(null))
  ),
  { maxLength: 400 }
)

test('every peak and trough of every stretch is kept, and little else', () => {
  fc.assert(
    fc.property(anySeries, fc.integer({ min: 1, max: 60 }), (drawn, stretches) => {
      const sorted = [...drawn].sort(([one], [other]) => one - other)
      const [xs, ys] = [sorted.map(([x]) => x), sorted.map(([, y]) => y)]
      const kept = thinOut(xs, ys, stretches)
      expect(kept).toEqual([...new Set(kept)].sort((one, other) => one - other))
      expect(kept.length).toBeLessThanOrEqual(Math.max(2 * stretches, 3 * stretches + 2))
      const known = (indices: readonly number[]) => indices.flatMap((index) => ys[index] ?? [])
      const all = known(xs.map((_, index) => index))
      if (all.length > 0) {
        expect(Math.max(...known(kept))).toBe(Math.max(...all))
        expect(Math.min(...known(kept))).toBe(Math.min(...all))
      }
      if (xs.length > 0) expect([kept[0], kept.at(-1)]).toEqual([0, xs.length - 1])
      expect(kept.some((index) => ys[index] === null)).toBe(ys.includes(null))
    })
  )
})

test('few points are all kept', () => {
  expect(thinOut([0, 1, 2, 3], [5, 5, 5, 5], 2)).toEqual([0, 1, 2, 3])
})
