import { expect, test } from 'vitest'
import { measureCases } from '../../../benchmarks/measures/cases.mjs'
import {
  bestPolicies,
  bestSavings,
  measureSavings,
  ownSaving,
  savesMore,
  widestRows
} from '../../../benchmarks/measures/savings.mjs'
import { sampleRun } from '../bench/sample-run.js'
import { reportOf } from './report-of.js'

const saved = sampleRun({ experiment: 'savings', budgetShare: 1, cost: 100, bound: 90, activeNodes: 4 })
const policy = { ...saved, contestant: 'a policy', cost: 120, bound: null, bounds: [], incumbents: [], activeNodes: 7 }
const rowsOf = (runs: Parameters<typeof reportOf>[0], facts = {}) => {
  const report = reportOf(runs, { facts })
  return measureSavings(measureCases(report), report.contestants)
}

test('saved is what is less than before', () => {
  const [row] = rowsOf([saved, policy], { one: { gpuLoad: 0.5 } })
  expect(row).toMatchObject({ load: 0.5, budgetShare: 1, before: 150, nodesBefore: 10, bound: 90 })
  expect(row && ownSaving(row)).toMatchObject({ cost: 100, saved: 50, savedNodes: 6, gap: expect.closeTo(0.1, 12) })
  expect(row && bestPolicies(row)).toMatchObject([{ saved: 30, savedNodes: 3, gap: 0.25 }])
  expect(row && savesMore(row)).toEqual([])
})

test('rows go by load, then from little to all that may move, and bounds hold for whoever may move less', () => {
  const small = { ...saved, budgetShare: 0.05, cost: 140, bound: null, bounds: [] }
  const loaded = { ...saved, instance: 'two' }
  const own = { ...small, budgetShare: null }
  const rows = rowsOf([loaded, saved, own, small], { one: { gpuLoad: 0.2 }, two: { gpuLoad: 0.9 } })
  expect(rows.map(({ instance, budgetShare, bound }) => [instance.name, budgetShare, bound])).toEqual([
    ['one', 0.05, 90],
    ['one', 1, 90],
    ['one', null, null],
    ['two', 1, 90]
  ])
  expect(widestRows(rows).map(({ instance, budgetShare }) => [instance.name, budgetShare])).toEqual([
    ['one', null],
    ['two', 1]
  ])
})

test('ties are all the best, and none saves more', () => {
  const [row] = rowsOf([saved, policy, { ...policy, contestant: 'another policy' }])
  expect(row && bestPolicies(row).map(({ contestant }) => contestant.name)).toEqual(['a policy', 'another policy'])
  const [level] = rowsOf([saved, { ...policy, cost: 100 }])
  expect(level && savesMore(level)).toEqual([])
  expect(level && bestSavings(level.savings)).toHaveLength(2)
})

test('whoever saves more is named, the most first', () => {
  const [row] = rowsOf([
    { ...saved, bound: 70 },
    { ...policy, cost: 95 },
    { ...policy, contestant: 'best policy', cost: 90 }
  ])
  expect(row && savesMore(row).map(({ contestant }) => contestant.name)).toEqual(['best policy', 'a policy'])
})

test('what is wrong or refused saves nothing', () => {
  const [row] = rowsOf([saved, { ...policy, wrong: 'too full' }])
  expect(row && bestPolicies(row)).toEqual([])
  expect(row?.savings[1]).toMatchObject({ cost: null, saved: null, savedNodes: null, gap: null })
})

test('what came too late saves nothing, and a bound alone is no row', () => {
  const late = { ...policy, seconds: 12, incumbents: [{ seconds: 12, cost: 80 }], cost: 80 }
  const relaxed = { ...policy, contestant: 'HiGHS, by type', cost: null, bound: 70, activeNodes: null }
  const [row] = rowsOf([saved, late, relaxed])
  expect(row?.savings).toHaveLength(2)
  expect(row?.savings[1]).toMatchObject({ cost: null, saved: null, savedNodes: null, standing: { outcome: 'late' } })
  expect(row && savesMore(row)).toEqual([])
  expect(row?.bound).toBe(70)
})

test('without savings there are no rows', () => {
  expect(rowsOf([sampleRun()])).toEqual([])
  expect(bestSavings([])).toEqual([])
})
