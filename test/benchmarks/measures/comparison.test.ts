import { expect, test } from 'vitest'
import type { BenchContestant } from '../../../benchmarks/bench/record.mjs'
import { compareLowest } from '../../../benchmarks/measures/comparison.mjs'

const entry = (name: string, value: number, kind: BenchContestant['kind'] = 'solver') => ({
  contestant: { name, kind, description: '', places: true, versions: [] },
  value
})
const ours = (value: number) => entry('replica-compactor', value, 'engine')
const names = (entries: readonly { contestant: BenchContestant }[]) => entries.map(({ contestant }) => contestant.name)

test('the first, and the next that is no part of this package', () => {
  const part = entry('greedy', 2, 'part')
  const { place, ahead, next, of } = compareLowest([entry('cbc', 5), part, ours(1), entry('late', 9)])
  expect({ place, ahead, next: next?.contestant.name, of }).toEqual({ place: 1, ahead: [], next: 'cbc', of: 4 })
})

test('whoever is better is ahead, the best first, whatever it is', () => {
  const { place, ahead, tied } = compareLowest([ours(3), entry('b', 2, 'part'), entry('a', 1), entry('c', 3)])
  expect([place, names(ahead), names(tied)]).toEqual([3, ['a', 'b'], ['c']])
})

test('Infinity ties with Infinity alone', () => {
  const { place, tied, next, ahead } = compareLowest([ours(Infinity), entry('a', Infinity), entry('b', 7)])
  expect([place, names(tied), next, names(ahead)]).toEqual([2, ['a'], null, ['b']])
  expect(names(compareLowest([ours(7), entry('a', Infinity)]).tied)).toEqual([])
})

test('without this engine there is a first, without anybody nobody', () => {
  expect(compareLowest([entry('b', 2), entry('a', 1)])).toMatchObject({ ours: null, first: { value: 1 } })
  expect(compareLowest([])).toMatchObject({ ours: null, first: null })
})
