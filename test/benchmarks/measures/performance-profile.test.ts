import fc from 'fast-check'
import { expect, test } from 'vitest'
import { performanceProfiles, shareWithin } from '../../../benchmarks/measures/performance-profile.mjs'

test('shares of instances within a factor of the fastest', () => {
  const profiles = performanceProfiles(
    new Map([
      ['quick', [1, 4, 2, Infinity]],
      ['slow', [2, 4, 10, Infinity]],
      ['seldom', [Infinity, 2, Infinity, Infinity]]
    ])
  )
  expect(profiles.get('quick')).toEqual([
    { ratio: 1, share: 0.5 },
    { ratio: 2, share: 0.75 }
  ])
  expect(profiles.get('slow')).toEqual([
    { ratio: 2, share: 0.5 },
    { ratio: 5, share: 0.75 }
  ])
  expect(profiles.get('seldom')).toEqual([{ ratio: 1, share: 0.25 }])
  expect([1, 2, 4.9, 5, 1000].map((ratio) => shareWithin(profiles.get('slow') ?? [], ratio))).toEqual([
    0, 0.5, 0.5, 0.75, 0.75
  ])
})

test('those that tie are both the fastest, also within a hundredth of a second', () => {
  const profiles = performanceProfiles(
    new Map([
      ['one', [3, 0]],
      ['__proto__', [3, 0.009]]
    ])
  )
  expect([...profiles.values()]).toEqual([[{ ratio: 1, share: 1 }], [{ ratio: 1, share: 1 }]])
})

test('without contestants, without instances, without solutions', () => {
  expect(performanceProfiles(new Map()).size).toBe(0)
  expect(performanceProfiles(new Map([['one', []]])).get('one')).toEqual([])
  expect(performanceProfiles(new Map([['one', [Infinity]]])).get('one')).toEqual([])
})

test('profiles rise from at least 1 to the share that is solved, and somebody is the fastest on each that is', () => {
  const time = fc.oneof(fc.double({ min: 0.01, max: 100, noNaN: true }), fc.constant(Infinity))
  const table = fc
    .integer({ min: 1, max: 6 })
    .chain((instances) => fc.array(fc.array(time, { minLength: instances, maxLength: instances }), { minLength: 1 }))
  fc.assert(
    fc.property(table, (rows) => {
      const profiles = performanceProfiles(new Map(rows.map((row, index) => [String(index), row])))
      for (const [index, row] of rows.entries()) {
        const steps = profiles.get(String(index)) ?? []
        const solved = row.filter((seconds) => seconds < Infinity).length / row.length
        expect(steps.at(-1)?.share ?? 0).toBeCloseTo(solved, 12)
        expect(steps.every(({ ratio }, at) => ratio >= 1 && ratio > (steps[at - 1]?.ratio ?? 0))).toBe(true)
      }
      const fastest = [...profiles.values()].reduce((sum, steps) => sum + shareWithin(steps, 1), 0)
      const solvable = (rows[0] ?? []).filter((_, at) => rows.some((row) => (row[at] ?? Infinity) < Infinity)).length
      expect(fastest * (rows[0] ?? []).length).toBeGreaterThanOrEqual(solvable - 1e-9)
    }),
    { seed: 1 }
  )
})
