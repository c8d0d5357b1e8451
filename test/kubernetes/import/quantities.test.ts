import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseQuantity } from '../../../src/adapters/kubernetes/objects/quantity.js'

describe('a quantity', () => {
  it.each([
    ['100m', 1000, 100],
    ['1.1', 1000, 1100],
    [0.1, 1000, 100],
    ['1n', 1000, 1],
    ['31127824Ki', 1, 31127824 * 1024],
    ['0.5Gi', 1, 2 ** 29],
    ['1e3', 1, 1000],
    ['1E', 1, 1e18],
    ['12e-1', 1000, 1200],
    ['.5', 1000, 500],
    ['5.', 1, 5],
    ['+2', 1, 2],
    ['100500m', 1, 101]
  ] as const)('%s in parts of %d is %d', (text, parts, amount) => {
    expect(parseQuantity(text, parts)).toBe(amount)
  })

  it.each(['', '.', 'x', '1 Gi', '1gi', '1KiB', '1e', 'NaN', 'Infinity', `1${'0'.repeat(80)}`, '1e99', '__proto__'])(
    'is not %j',
    (text) => {
      expect(parseQuantity(text, 1)).toBeNull()
    }
  )

  it('is exact in thousandths, whatever the suffix', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e12 }), (milli) => {
        expect(parseQuantity(`${milli}m`, 1000)).toBe(milli)
        expect(parseQuantity(`${Math.floor(milli / 1000)}.${String(milli % 1000).padStart(3, '0')}`, 1000)).toBe(milli)
      }),
      { seed: 1 }
    )
  })
})
