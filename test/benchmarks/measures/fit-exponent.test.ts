import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fitExponent } from '../../../benchmarks/measures/fit-exponent.mjs'

test('a power is found again, exactly', () => {
  const exponents = fc.double({ min: -3, max: 3, noNaN: true })
  fc.assert(
    fc.property(exponents, fc.double({ min: 50, max: 500, noNaN: true }), (exponent, factor) => {
      const points = [10, 20, 40, 80].map((nodes) => ({ nodes, seconds: factor * 1e6 * nodes ** exponent }))
      const fit = fitExponent(points)
      expect(fit?.exponent).toBeCloseTo(exponent, 8)
      expect(fit?.standardError).toBeCloseTo(0, 6)
      expect((fit?.factor ?? 0) / factor / 1e6).toBeCloseTo(1, 6)
    }),
    { seed: 1 }
  )
})

test('the standard error is that of the slope', () => {
  // ln nodes 0, 1, 2 and ln seconds 0, 2, 1: slope 0.5, residuals −0.5, 1, −0.5, so √(1.5 / 1 / 2).
  const points = [
    [0, 0],
    [1, 2],
    [2, 1]
  ].map(([x = 0, y = 0]) => ({ nodes: Math.exp(x), seconds: Math.exp(y) }))
  const fit = fitExponent(points)
  expect(fit?.exponent).toBeCloseTo(0.5, 12)
  expect(fit?.standardError).toBeCloseTo(Math.sqrt(0.75), 12)
  expect(fit?.points).toBe(3)
})

test('two points have a slope without an error; one size has none', () => {
  const [one, two] = [
    { nodes: 10, seconds: 1 },
    { nodes: 100, seconds: 100 }
  ]
  expect(fitExponent([one, two])).toMatchObject({ exponent: expect.closeTo(2, 12), standardError: null })
  expect(fitExponent([one])).toBeNull()
  expect(fitExponent([one, { nodes: 10, seconds: 5 }])).toBeNull()
  expect(fitExponent([])).toBeNull()
})

test('times too short for the clock are as short as it tells', () => {
  const points = [
    { nodes: 10, seconds: 0 },
    { nodes: 100, seconds: 0.1 }
  ]
  expect(fitExponent(points)?.exponent).toBeCloseTo(1, 12)
})
