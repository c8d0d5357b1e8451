import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import {
  type BestKnown,
  enterKnown,
  type Known,
  listContradictions,
  listInversions,
  lookUpKnown,
  readBestKnown,
  writeBestKnown
} from '../../benchmarks/known.mjs'
import { readResults } from '../../benchmarks/results-markdown.mjs'

const measured = { key: 'one', folder: 'fixtures' as const, cost: 100, bound: 99, commit: 'abc' }
const known: Known = { cost: 100, optimal: false, source: 'somebody' }

describe('what is measured contradicts what is known', () => {
  test('not where both can be true', () => {
    expect(listContradictions(measured, known)).toEqual([])
    expect(listContradictions({ ...measured, cost: 105 }, known)).toEqual([])
    expect(listContradictions({ ...measured, bound: 100.00005 }, known)).toEqual([])
    expect(listContradictions({ ...measured, cost: null, bound: null }, known)).toEqual([])
    expect(listContradictions({ ...measured, cost: 99.6, bound: 100.4 }, { ...known, rounded: true })).toEqual([])
  })

  test.each([
    ['by a bound above the best known cost', { cost: 101, bound: 100.01 }, known, /bound .* wrong/],
    ['by a cost below the optimum', { cost: 99.9 }, { ...known, optimal: true }, /is proven/],
    ['by a cost below what is proven', { cost: 94 }, { ...known, lowerBound: 95 }, /is proven/],
    ['by a better cost that is not entered', { cost: 99.9 }, known, /enter it/],
    ['by a first cost that is not entered', { cost: 99.9 }, { ...known, cost: null }, /enter it/]
  ])('%s', (_words, change, entry, fault) => {
    expect(listContradictions({ ...measured, ...change }, entry)).toEqual([expect.stringMatching(fault)])
  })
})

test('with fewer moves nothing is cheaper: a bound above what a smaller budget costs is wrong', () => {
  const free = { ...measured, bound: 99 }
  const quarter = { ...measured, key: 'one, budget 25 %', cost: 120, bound: 110 }
  const twentieth = { ...measured, key: 'one, budget 5 %', cost: 130, bound: 125 }
  const other = { ...measured, key: 'other, budget 5 %', cost: 1, bound: 1 }
  expect(listInversions([free, quarter, twentieth, other])).toEqual([])
  expect(listInversions([free, { ...quarter, bound: 131 }, twentieth])).toEqual([
    expect.stringMatching(/^one, budget 25 %: .* 131 is wrong, one, budget 5 % costs 130$/)
  ])
  expect(listInversions([{ ...free, bound: 121 }, quarter, twentieth])).toHaveLength(1)
})

describe('entering', () => {
  const listed = (instances: BestKnown['instances']): BestKnown => ({ comment: '', instances, others: {} })

  test('a better cost takes the place of the known one, with its commit and the bound', () => {
    const bestKnown = listed({ one: { ...known, cost: 103, lowerBound: 98 } })
    enterKnown(bestKnown, [measured])
    expect(bestKnown.instances.one).toMatchObject({ cost: 100, optimal: false, lowerBound: 99 })
    expect(bestKnown.instances.one?.source).toContain('abc')
    expect(listContradictions(measured, bestKnown.instances.one as Known)).toEqual([])
  })

  test('a cost whose bound is as high is the optimum', () => {
    const bestKnown = listed({ one: { ...known, cost: null } })
    expect(enterKnown(bestKnown, [{ ...measured, bound: 100 }])).toHaveLength(1)
    expect(bestKnown.instances.one).toMatchObject({ cost: 100, optimal: true })
  })

  test('a better bound alone leaves cost and source', () => {
    const bestKnown = listed({ one: { ...known, lowerBound: 90 } })
    enterKnown(bestKnown, [{ ...measured, cost: 110 }])
    expect(bestKnown.instances.one).toEqual({ cost: 100, optimal: false, lowerBound: 99, source: 'somebody' })
  })

  test.each([
    ['a cost that is worse', known, { cost: 101, bound: 90 }, { lowerBound: 95 }],
    ['a bound that contradicts a placement', known, { cost: 101, bound: 100.5 }, {}],
    ['a cost that contradicts a proof', known, { cost: 90, bound: 89 }, { lowerBound: 95 }],
    ['anything of what is optimal', known, { cost: 90, bound: 90 }, { optimal: true }]
  ])('not %s', (_words, entry, change, proven) => {
    const before = listed({ one: { ...entry, ...proven } })
    const after = structuredClone(before)
    expect(enterKnown(after, [{ ...measured, ...change }])).toEqual([])
    expect(after).toEqual(before)
  })

  test('the file is written as it stands, an entry a line', () => {
    const text = readFileSync(new URL('../../benchmarks/best-known.json', import.meta.url), 'utf8')
    expect(writeBestKnown(JSON.parse(text))).toBe(text)
  })
})

test('no recorded result contradicts what is known', () => {
  const bestKnown = readBestKnown()
  const records = readResults('engine')?.records ?? []
  const faults = records.flatMap((record: Parameters<typeof listContradictions>[0]) => {
    const entry = lookUpKnown(bestKnown, record.key, record.folder)
    return entry === undefined ? [] : listContradictions(record, entry)
  })
  expect([...faults, ...listInversions(records)]).toEqual([])
})
