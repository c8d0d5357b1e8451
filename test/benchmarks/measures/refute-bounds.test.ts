import { expect, test } from 'vitest'
import type { BenchInstance } from '../../../benchmarks/bench/record.mjs'
import { referenceCosts } from '../../../benchmarks/measures/reference-cost.mjs'
import { highestBounds, refuteBounds, refuteReport } from '../../../benchmarks/measures/refute-bounds.mjs'
import { sampleRun } from '../bench/sample-run.js'
import { reportOf } from './report-of.js'

const instance: BenchInstance = {
  name: 'one',
  group: 'few',
  nodes: 5,
  replicas: 10,
  deployments: 2,
  fingerprint: 'sha256:0',
  source: null,
  initial: { costPerHour: 150, activeNodes: 5 },
  bestKnown: null,
  gpuLoad: null
}
const wrongs = (runs: Parameters<typeof refuteBounds>[0]) => refuteBounds(runs).map(({ wrong }) => wrong)

test('a bound above a placement that another found is wrong', () => {
  const liar = sampleRun({ contestant: 'liar', cost: 120, bound: 101 })
  expect(wrongs([sampleRun(), liar, { ...liar, instance: 'two' }])).toEqual([
    null,
    'proves 101, yet 100 is possible',
    null
  ])
})

test('a bound above its own placement is wrong', () => {
  expect(wrongs([sampleRun({ cost: 100, bound: 100.1 })])).toEqual(['proves 100.1, yet 100 is possible'])
})

test('what sums leave refutes nothing', () => {
  expect(wrongs([sampleRun({ cost: 100, bound: 100 + 1e-5 })])).toEqual([null])
})

test('a bound above what was known before is wrong, where the Problem alone says how much may move', () => {
  const nothing = sampleRun({ cost: null, incumbents: [], bound: 95 })
  const known = new Map([['one', 90]])
  expect(refuteBounds([nothing, { ...nothing, budgetShare: 0.2 }, sampleRun({ bound: 90 })], known)).toMatchObject([
    { wrong: 'proves 95, yet 90 is known' },
    { wrong: null },
    { wrong: null }
  ])
  const report = reportOf([nothing], { facts: { one: { bestKnown: 90 } } })
  expect(refuteReport(report)[0]?.wrong).toBe('proves 95, yet 90 is known')
  expect(refuteReport(reportOf([nothing]))[0]?.wrong).toBeNull()
})

test('whoever calls infeasible what another places is wrong, and nobody else', () => {
  const nothing = { cost: null, bound: null, incumbents: [], bounds: [] }
  const infeasible = sampleRun({ contestant: 'other', termination: 'infeasible', ...nothing })
  const placed = 'calls it infeasible, yet a placement of cost 100 is possible'
  expect(wrongs([infeasible, sampleRun()])).toEqual([placed, null])
  expect(wrongs([infeasible, sampleRun({ instance: 'two' })])).toEqual([null, null])
  // Whoever may move more proves nothing about who may move less.
  expect(wrongs([{ ...infeasible, budgetShare: 0.05 }, sampleRun()])).toEqual([null, null])
  expect(wrongs([{ ...infeasible, refused: 'too large' }, sampleRun()])).toEqual([null, null])
})

test('placements that do not hold refute nothing', () => {
  const bound = sampleRun({ cost: null, bound: 95, incumbents: [] })
  expect(wrongs([bound, sampleRun({ cost: 80, bound: null, wrong: 'too full' })])).toEqual([null, 'too full'])
})

test('a placement that moves less refutes the bound for whoever may move more, and not the other way round', () => {
  const narrow = sampleRun({ budgetShare: 0.05, cost: 100, bound: null })
  const wide = sampleRun({ cost: 110, bound: 105 })
  expect(wrongs([narrow, wide])).toEqual([null, 'proves 105, yet 100 is possible'])
  const narrowBound = sampleRun({ budgetShare: 0.05, cost: 110, bound: 105 })
  expect(wrongs([narrowBound, sampleRun({ cost: 100, bound: null })])).toEqual([null, null])
})

test('the reference is the least cost that holds or was known, for whoever may move as much', () => {
  const runs = [
    sampleRun({ cost: 100 }),
    sampleRun({ cost: 90, wrong: 'too full' }),
    sampleRun({ budgetShare: 0.05, cost: 130 }),
    sampleRun({ budgetShare: 0.2, cost: 95 })
  ]
  const reference = referenceCosts(runs)
  expect(reference(instance, null)).toBe(95)
  expect(reference({ ...instance, bestKnown: 92 }, null)).toBe(92)
  // What was known moved as much as it liked.
  expect(reference({ ...instance, bestKnown: 92 }, 0.2)).toBe(95)
  expect(reference(instance, 0.1)).toBe(130)
  expect(reference(instance, 0.01)).toBeNull()
  expect(reference({ ...instance, name: '__proto__' }, null)).toBeNull()
})

test('a bound for whoever may move more holds for whoever may move less', () => {
  const runs = [
    sampleRun({ bound: 90 }),
    sampleRun({ bound: 99, wrong: 'refuted' }),
    sampleRun({ budgetShare: 0.2, bound: 94 })
  ]
  const bound = highestBounds(runs)
  expect([bound('one', 0.05), bound('one', 0.2), bound('one', null), bound('two', null)]).toEqual([94, 94, 90, null])
})
