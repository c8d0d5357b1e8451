import { describe, expect, test } from 'vitest'
import { measureCases, standingOf } from '../../../benchmarks/measures/cases.mjs'
import { listDoubts } from '../../../benchmarks/measures/doubts.mjs'
import { meanGaps, measureRace, profileRace } from '../../../benchmarks/measures/race.mjs'
import { sampleRun } from '../bench/sample-run.js'
import { reportOf } from './report-of.js'

const ours = sampleRun({
  cost: 100,
  bound: 99.5,
  incumbents: [{ seconds: 1, cost: 100 }],
  bounds: [{ seconds: 3, bound: 99.5 }]
})
const other = sampleRun({
  contestant: 'other',
  cost: 125,
  bound: null,
  incumbents: [{ seconds: 2, cost: 125 }],
  bounds: []
})
const nothing = { cost: null, bound: null, incumbents: [], bounds: [] }

const race = (runs: Parameters<typeof reportOf>[0]) => {
  const report = reportOf(runs)
  return measureRace(measureCases(report), report.contestants)
}
const summaryOf = (runs: Parameters<typeof reportOf>[0], name: string) =>
  race(runs).complete.find(({ contestant }) => contestant.name === name)

test('one instance, two contestants', () => {
  expect(summaryOf([ours, other], 'replica-compactor')).toMatchObject({
    cases: 1,
    outcomes: { answered: 1, late: 0, silent: 0, wrong: 0, refused: 0 },
    near: 1,
    proven: 1,
    nearMedian: 1,
    primalIntegral: expect.closeTo(0.1, 12),
    primalGap: 0,
    provenGap: expect.closeTo(0.005, 12)
  })
  expect(summaryOf([ours, other], 'replica-compactor')?.nearMean).toBeCloseTo(1, 12)
  expect(summaryOf([ours, other], 'other')).toMatchObject({
    near: 0,
    proven: 0,
    nearMedian: Infinity,
    // (2 · 1 + 8 · 0.2) / 10
    primalIntegral: expect.closeTo(0.36, 12),
    primalGap: 0.2,
    provenGap: 1
  })
  // Unsolved counts as the limit.
  expect(summaryOf([ours, other], 'other')?.nearMean).toBeCloseTo(10, 9)
})

test('numbers of an instance are medians over its seeds', () => {
  const seeds = [1, 5, 3].map((seconds, index) =>
    sampleRun({ seed: index + 1, cost: 100 + index, seconds, incumbents: [{ seconds, cost: 100 + index }] })
  )
  const [one] = measureCases(reportOf(seeds))
  expect(one?.reference).toBe(100)
  const standing = one && standingOf(one, 'replica-compactor')
  expect(standing).toMatchObject({ seeds: 3, answers: 3, cost: 101, seconds: 3, firstSeconds: 3 })
  expect(standing?.primalGap).toBeCloseTo(1 / 101, 12)
})

describe('wrong answers', () => {
  const wrong = { ...other, cost: 80, wrong: 'too full' }

  test('are listed, count as unsolved and are no reference', () => {
    expect(summaryOf([ours, wrong], 'replica-compactor')?.primalGap).toBe(0)
    expect(summaryOf([ours, wrong], 'other')).toMatchObject({
      outcomes: { answered: 0, late: 0, silent: 0, wrong: 1, refused: 0 },
      near: 0,
      primalIntegral: 1,
      primalGap: 1
    })
    expect(race([ours, wrong]).cases[0]?.standings[1]?.wrong).toEqual(['too full'])
  })

  test('of one seed leave the others as they are, and make the instance wrong', () => {
    const right = (seed: number) => ({ ...other, seed, cost: 100, incumbents: [{ seconds: 2, cost: 100 }] })
    const standing = race([ours, wrong, right(2), right(3)]).cases[0]?.standings[1]
    expect(standing).toMatchObject({ outcome: 'wrong', seeds: 3, answers: 2, cost: 100, nearSeconds: 2 })
  })

  test('a refuted bound makes the answer wrong, but its placement is possible', () => {
    const { cases, complete } = race([{ ...ours, bound: 101 }, other])
    expect(cases[0]?.reference).toBe(100)
    expect(complete[0]?.outcomes.wrong).toBe(1)
    expect(complete[1]?.primalGap).toBe(0.2)
  })
})

test('what is refused, or ends without an answer, is counted and unsolved', () => {
  const refused = sampleRun({ contestant: 'other', ...nothing, refused: 'too large' })
  const silent = sampleRun({ contestant: 'silent', ...nothing })
  const { complete } = race([ours, refused, silent])
  expect(complete[1]).toMatchObject({ outcomes: { refused: 1 }, primalIntegral: 1, provenGap: 1 })
  expect(complete[2]).toMatchObject({ outcomes: { silent: 1 }, primalIntegral: 1, nearMedian: Infinity })
})

describe('lateness', () => {
  const late = { ...other, seconds: 12, incumbents: [{ seconds: 12, cost: 100 }], cost: 100 }

  test('is an outcome of its own, and what came late is no answer', () => {
    expect(summaryOf([ours, late], 'other')).toMatchObject({
      outcomes: { late: 1, answered: 0 },
      near: 0,
      primalGap: 1
    })
    expect(race([ours, late]).cases[0]?.standings[1]).toMatchObject({ answers: 0, cost: null, activeNodes: null })
  })

  test('of an improvement leaves what came before', () => {
    const incumbents = [
      { seconds: 5, cost: 125 },
      { seconds: 12, cost: 100 }
    ]
    const standing = race([ours, { ...late, incumbents }]).cases[0]?.standings[1]
    expect(standing).toMatchObject({ outcome: 'answered', answers: 1, cost: 125, activeNodes: null, migrations: null })
  })

  test('of a bound', () => {
    const standing = race([{ ...ours, seconds: 12, bounds: [{ seconds: 12, bound: 99.5 }] }]).cases[0]?.standings[0]
    expect(standing).toMatchObject({ outcome: 'answered', cost: 100, bound: null })
  })
})

test('who places nothing answers by a bound, and is not raced', () => {
  const relaxed = sampleRun({ contestant: 'HiGHS, by type', ...nothing, bound: 95 })
  const { cases, complete, incomplete } = race([
    ours,
    relaxed,
    { ...relaxed, contestant: 'GLPK, by type', bound: null }
  ])
  expect(complete.map(({ contestant }) => contestant.name)).toEqual(['replica-compactor'])
  expect(incomplete).toEqual([])
  expect(cases[0]?.standings.slice(1)).toMatchObject([
    { outcome: 'answered', answers: 1, bound: 95 },
    { outcome: 'silent', answers: 0, bound: null }
  ])
})

test('near is at most 1 % above the best known cost', () => {
  const near = (cost: number) => ({ ...other, cost, incumbents: [{ seconds: 4, cost }] })
  expect(summaryOf([ours, near(101)], 'other')?.near).toBe(1)
  expect(summaryOf([ours, near(101.005)], 'other')?.near).toBe(0)
})

test('whoever did not run everywhere is not held against the others', () => {
  const { complete, incomplete } = race([ours, { ...ours, instance: 'two' }, other])
  expect(complete.map(({ contestant }) => contestant.name)).toEqual(['replica-compactor'])
  expect(incomplete).toMatchObject([{ contestant: { name: 'other' }, cases: 1 }])
})

test('without runs there is no race', () => {
  expect(race([])).toEqual({ cases: [], complete: [], incomplete: [] })
  const report = reportOf([{ ...ours, experiment: 'savings' }])
  expect(measureRace(measureCases(report), report.contestants).complete).toEqual([])
})

test('gaps over time are means over instances', () => {
  const measured = race([ours, { ...ours, instance: 'two', incumbents: [{ seconds: 5, cost: 100 }] }])
  expect(meanGaps(measured, 'replica-compactor', 'primalSteps', [0.5, 1, 4.9, 5, 50])).toEqual([1, 0.5, 0.5, 0, 0])
  expect(meanGaps(measured, 'nobody', 'primalSteps', [1])).toEqual([1])
})

test('profiles take the time to within 1 %', () => {
  const close = { ...other, cost: 100.5, incumbents: [{ seconds: 4, cost: 100.5 }] }
  expect([...profileRace(race([ours, close]))]).toEqual([
    ['replica-compactor', [{ ratio: 1, share: 1 }]],
    ['other', [{ ratio: 4, share: 1 }]]
  ])
})

test('names from anywhere are names', () => {
  const strange = [ours, { ...other, contestant: '__proto__' }, { ...other, contestant: 'constructor' }]
  const report = reportOf(strange.map((run) => ({ ...run, instance: '__proto__' })))
  const { complete } = measureRace(measureCases(report), report.contestants)
  expect(complete.map(({ contestant }) => contestant.name)).toEqual(['replica-compactor', '__proto__', 'constructor'])
})

test('unequal times are doubts, and a bound above what is known is wrong', () => {
  const report = reportOf([ours, { ...other, limitSeconds: 20 }], { facts: { one: { bestKnown: 99 } } })
  expect(listDoubts(report, measureCases(report))).toEqual(['On one, not all had the same time.'])
  expect(measureCases(report)[0]?.standings[0]?.wrong).toEqual(['proves 99.5, yet 99 is known'])
  const fine = reportOf([ours, other], { facts: { one: { bestKnown: 99.5 } } })
  expect(listDoubts(fine, measureCases(fine))).toEqual([])
})
