import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sparkline } from '../../../src/report/text/charts/sparkline.js'
import { plainStyle } from '../../../src/report/text/style.js'
import { anyNumber } from '../any-text.js'

test('eight levels from 0, in blocks or in ASCII', () => {
  expect(sparkline([0, 1, 2, 3, 4, 5, 6, 7], 20, plainStyle)).toBe('▁▂▃▄▅▆▇█')
  expect(sparkline([0, 1, 2, 3, 4, 5, 6, 7], 20, { ascii: true })).toBe('_.-=+*#@')
  expect(sparkline([1, null, 1], 20, plainStyle)).toBe('█ █')
  expect(sparkline([], 20, plainStyle)).toBe('')
})

test('it has so many columns at most, and the greatest value is seen', () => {
  const values = fc.array(fc.oneof(anyNumber, fc.constant(null)), { maxLength: 300 })
  fc.assert(
    fc.property(values, fc.integer({ min: 1, max: 80 }), (drawn, columns) => {
      const line = sparkline(drawn, columns, plainStyle)
      expect(line).toHaveLength(Math.min(columns, drawn.length))
      if (drawn.some((value) => value !== null && value > 0 && value <= 1e150)) expect(line).toContain('█')
    })
  )
})
