import fc from 'fast-check'
import { expect, test } from 'vitest'
import { layOutAxis, nameAxis } from '../../../src/report/charts/axis.js'

const labels = (...args: [...Parameters<typeof layOutAxis>, count: number]) => {
  const [axis, values, round, count] = args
  return layOutAxis(axis, values, round)
    .marks(count)
    .map(({ label }) => label)
}

test('marks are round, with the digits that tell them apart', () => {
  const axis = { label: 'cost' }
  expect(labels(axis, [0, 40], 5, 5)).toEqual(['0', '10', '20', '30', '40'])
  expect(labels(axis, [0, 1.3], 5, 4)).toEqual(['0', '0.5', '1'])
  expect(labels(axis, [16.9, 17.1], undefined, 5)).toEqual(['16.9', '16.95', '17', '17.05', '17.1'])
  expect(labels(axis, [0, 4_000_000], undefined, 3)).toEqual(['0', '1M', '2M', '3M', '4M'])
  expect(labels(axis, [1e20, 2e20], undefined, 2)).toEqual(['1.0e+20', '1.5e+20', '2.0e+20'])
})

test('counts are marked at whole numbers', () => {
  expect(labels({ label: 'nodes', kind: 'whole' }, [0, 2], 5, 8)).toEqual(['0', '1', '2'])
})

test.each([
  [60, ['0', '10 s', '20 s', '30 s', '40 s', '50 s', '60 s']],
  [3600, ['0', '10 min', '20 min', '30 min', '40 min', '50 min', '60 min']],
  [10_800, ['0', '0.5 h', '1 h', '1.5 h', '2 h', '2.5 h', '3 h']],
  [86_400, ['0', '6 h', '12 h', '18 h', '24 h']],
  [3 * 86_400, ['0', '0.5 d', '1 d', '1.5 d', '2 d', '2.5 d', '3 d']],
  [14 * 86_400, ['0', '2 d', '4 d', '6 d', '8 d', '10 d', '12 d', '14 d']],
  [365 * 86_400, ['0', '50 d', '100 d', '150 d', '200 d', '250 d', '300 d', '350 d']]
])('%d seconds are marked as people count them', (seconds, expected) => {
  expect(labels({ label: 'time', kind: 'time' }, [0, seconds], undefined, 8)).toEqual(expected)
})

test('a single value, none, and values that hardly differ have room around them', () => {
  const axis = { label: 'cost' }
  for (const values of [[], [0], [5], [-5], [7, 7 + 1e-12]]) {
    const { first, last, at } = layOutAxis(axis, values)
    expect(last).toBeGreaterThan(first)
    for (const value of values) expect(at(value)).toSatisfy((share: number) => share >= 0 && share <= 1 + 1e-9)
  }
})

test('the unit stands beside the label', () => {
  expect(nameAxis({ label: 'cost', unit: 'an hour' })).toBe('cost, an hour')
  expect(nameAxis({ label: 'migrations' })).toBe('migrations')
})

test('marks lie on the axis, ascend, and are not many more than asked for', () => {
  const kinds = fc.constantFrom('number' as const, 'whole' as const, 'time' as const)
  const values = fc.array(fc.double({ min: -1e150, max: 1e150, noNaN: true }), { minLength: 1, maxLength: 5 })
  fc.assert(
    fc.property(kinds, values, fc.integer({ min: 1, max: 12 }), fc.boolean(), (kind, drawn, count, zero) => {
      const scale = layOutAxis({ label: '', kind, zero }, drawn)
      const at = scale.marks(count).map(({ value }) => scale.at(value))
      expect(at.length).toBeLessThanOrEqual(2 * count + 2)
      for (const [index, share] of at.entries()) {
        expect(share).toBeGreaterThanOrEqual(-1e-6)
        expect(share).toBeLessThanOrEqual(1 + 1e-6)
        if (index > 0) expect(share).toBeGreaterThan(at[index - 1] ?? 0)
      }
    })
  )
})
