import { expect, test } from 'vitest'
import { measureCases } from '../../../benchmarks/measures/cases.mjs'
import { gapToProve, measureGrowth } from '../../../benchmarks/measures/growth.mjs'
import { sampleRun } from '../bench/sample-run.js'
import { reportOf } from './report-of.js'

const sized = (instance: string, seconds: number, parts = {}) =>
  sampleRun({
    experiment: 'sizes',
    instance,
    limitSeconds: 100,
    seconds,
    cost: 100,
    bound: 99,
    incumbents: [{ seconds: 0.001, cost: 100 }],
    bounds: [{ seconds, bound: 99 }],
    ...parts
  })
const facts = {
  small: { nodes: 10 },
  middle: { nodes: 100 },
  large: { nodes: 1000 },
  other: { group: 'other', nodes: 7 }
}

test('seconds to the proof by size, and the exponent, group by group', () => {
  const report = reportOf([sized('large', 64), sized('middle', 8), sized('small', 1), sized('other', 5)], { facts })
  const [few, other] = measureGrowth(measureCases(report), report)
  expect(few).toMatchObject({
    group: 'few',
    leftOut: [],
    fit: { points: 3, exponent: expect.closeTo(Math.log10(8), 9) }
  })
  expect(few?.points.map(({ nodes, seconds }) => [nodes, seconds])).toEqual([
    [10, 1],
    [100, 8],
    [1000, 64]
  ])
  expect(other).toMatchObject({ group: 'other', points: [{ nodes: 7, seconds: 5 }], fit: null })
})

test('what has no proof in time is left out, and it is said why', () => {
  const nothing = { cost: null, bound: null, incumbents: [], bounds: [] }
  const report = reportOf(
    [
      sized('small', 1, { wrong: 'too full' }),
      sized('middle', 100, { bound: 50, bounds: [] }),
      sized('large', 0, { ...nothing, refused: 'not asked' })
    ],
    { facts }
  )
  const [growth] = measureGrowth(measureCases(report), report)
  expect(growth?.points).toEqual([])
  expect(growth?.fit).toBeNull()
  expect(growth?.leftOut.map(({ nodes, reason }) => [nodes, reason])).toEqual([
    [10, 'wrong'],
    [100, 'limit'],
    [1000, 'refused']
  ])
})

test('where all may stop earlier than at 1 %, that is what has to be proven', () => {
  expect(gapToProve({ gap: 1e-4 })).toBe(0.01)
  expect(gapToProve({ gap: 0.05 })).toBe(0.05)
})
