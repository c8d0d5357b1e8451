import { expect, test } from 'vitest'
import { invite, keyOf, listCells } from '../../../benchmarks/bench/cells.mjs'
import { full, quick, type Stage, withGiven } from '../../../benchmarks/bench/suites.mjs'
import type { Contestant } from '../../../benchmarks/contestants/attempt.mjs'
import { contestants } from '../../../benchmarks/contestants/contestants.mjs'

const contestant = (name: string, usesSeed: boolean): Contestant => ({
  ...{ name, kind: 'solver', description: '', usesSeed, versions: () => [], absence: () => null },
  run: () => Promise.reject(new Error('not to be run'))
})
const crowd = [contestant('first', true), contestant('second', true), contestant('deaf', false)]
const place = (name: string) => ({ group: 'given', place: { folder: 'fixtures' as const, name } })
const stage: Stage = {
  experiment: 'race',
  instances: [place('a/one'), place('a/two')],
  invites: () => true,
  budgetShares: [null, 0.5],
  limitSeconds: 3,
  seeds: 2
}

const about = { gap: 1e-4, cores: 2, fingerprintOf: () => 'sha256:0' }

test('seeds come one after the other, and another contestant is first each time', () => {
  const cells = listCells([stage], crowd, about)
  expect(cells.map(({ seed }) => seed)).toEqual([...Array(12).fill(1), ...Array(8).fill(2)])
  const first = (seed: number, name: string) =>
    cells.find((cell) => cell.seed === seed && cell.entry.place.name === name)?.contestant.name
  expect([first(1, 'a/one'), first(1, 'a/two'), first(2, 'a/one')]).toEqual(['second', 'deaf', 'first'])
})

test('whoever uses no seed runs once', () => {
  const cells = listCells([stage], crowd, about).filter((cell) => cell.contestant.name === 'deaf')
  expect(cells.map(({ entry, budgetShare }) => [entry.place.name, budgetShare])).toEqual([
    ...[
      ['a/one', null],
      ['a/one', 0.5]
    ],
    ...[
      ['a/two', null],
      ['a/two', 0.5]
    ]
  ])
})

test('no two runs have the same key, in any suite', () => {
  for (const { stages } of [full, quick]) {
    const keys = listCells(stages, contestants, about).map(keyOf)
    expect(new Set(keys).size).toBe(keys.length)
    expect(keys.length).toBeGreaterThan(50)
  }
})

test('another Problem of the same name, or other cores, are another run', () => {
  const key = (parts: Partial<typeof about>) => keyOf(listCells([stage], crowd, { ...about, ...parts })[0] as never)
  expect(key({})).toBe(key({}))
  expect(new Set([key({}), key({ cores: 1 }), key({ gap: 0.5 }), key({ fingerprintOf: () => 'sha256:1' })]).size).toBe(
    4
  )
})

test('this engine competes whoever else is asked for', () => {
  expect(invite(contestants, /^cbc/).map(({ name }) => name)).toEqual(['replica-compactor', 'cbc, exported'])
})

test("a user's Problems join the race, and nothing else", () => {
  const own = { group: 'mine', place: { folder: 'given' as const, name: 'given/mine', file: '/mine.json' } }
  const joined = withGiven(quick.stages, [own]).filter(({ instances }) => instances.includes(own))
  expect(joined.map(({ experiment }) => experiment)).toEqual(['race'])
})

test('the whole suite compares everybody', () => {
  const race = full.stages.find(({ experiment }) => experiment === 'race')
  expect(contestants.filter(({ name, kind }) => race?.invites(name, kind))).toEqual(contestants)
})

test('savings are measured at four loads and four budgets', () => {
  const savings = full.stages.find(({ experiment }) => experiment === 'savings')
  expect(savings?.instances.map(({ place }) => place.name)).toEqual([
    ...['generated/openb-whole-load-20', 'generated/openb-whole-load-40'],
    ...['generated/openb-whole-load-60', 'generated/openb-whole-load-80']
  ])
  expect(savings?.budgetShares).toEqual([0.01, 0.05, 0.2, 1])
})
