import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readOptions } from '../../../benchmarks/bench/options.mjs'
import { UsageError } from '../../../benchmarks/usage-error.mjs'
import { makeFolder } from '../../scratch-folder.js'

const folder = makeFolder()

test('nothing asked for is the whole suite', () => {
  const { task, suite, words, stages, gap, keep } = readOptions([])
  expect({ task, suite, words, gap, keep }).toEqual({
    task: 'run',
    suite: 'full',
    words: 'full',
    gap: 1e-4,
    keep: false
  })
  expect(stages.map(({ experiment }) => experiment)).toEqual(['race', 'savings', 'sizes'])
})

test('parts of a suite are chosen, and named', () => {
  const { words, stages } = readOptions([
    '--quick',
    '--experiment',
    'race',
    '--only',
    'openb',
    '--limit',
    '4',
    '--seeds',
    '2'
  ])
  expect(words).toBe('quick: race, instances like openb, 4 s each, 2 seeds')
  expect(stages).toMatchObject([{ experiment: 'race', limitSeconds: 4, seeds: 2 }])
  expect(stages[0]?.instances.map(({ place }) => place.name)).toEqual(['openb/openb-slice-30'])
})

test('one seed is one', () => {
  expect(readOptions(['--seeds', '1']).words).toBe('full: 1 seed')
})

test('sizes keep their limit: it is what they are compared by', () => {
  const [sizes] = readOptions(['--experiment', 'sizes', '--limit', '1']).stages
  expect(sizes?.limitSeconds).toBeGreaterThan(1)
})

test("a folder of Problems joins the race, in the group of the folder's name", () => {
  const own = join(folder, 'own')
  mkdirSync(own)
  for (const file of ['b.problem.json', 'a.json', 'a.known.json', 'b.placement.json', 'result.json', 'notes.txt']) {
    writeFileSync(join(own, file), '{}')
  }
  const [race] = readOptions(['--quick', '--experiment', 'race', '--problems', own, '--only', '^given/']).stages
  expect(race?.instances).toEqual(
    ['a', 'b'].map((name) => ({
      group: 'own',
      place: { folder: 'given', name: `given/own/${name}`, file: join(own, name === 'a' ? 'a.json' : 'b.problem.json') }
    }))
  )
})

test('two Problems of one name are refused', () => {
  const [one, two] = ['one', 'two'].map((name) => join(folder, name, 'clusters'))
  for (const own of [one, two]) {
    mkdirSync(own as string, { recursive: true })
    writeFileSync(join(own as string, 'a.json'), '{}')
  }
  expect(() => readOptions(['--problems', one as string, '--problems', two as string])).toThrow('two of clusters/a')
})

test.each([
  [['--experiment', 'chess'], 'race, savings, sizes'],
  [['--keep', '--quick'], '--keep is for the whole suite: without --quick'],
  [['--keep', '--output', 'here'], '--keep is for the whole suite: without --output'],
  [['--experiment', 'savings', '--problems', 'fixtures/openb'], '--problems are raced'],
  [['--only', '('], '--only'],
  [['--contestants', '['], '--contestants'],
  [['--gap', '2'], '--gap must be a number from 0 to 1'],
  [['--gap', ''], '--gap'],
  [['--limit', 'long'], '--limit'],
  [['--seeds', '1.5'], '--seeds must be a whole number'],
  [['--cores', '0'], '--cores'],
  [['--problems', join(folder, 'nowhere')], 'there is no folder'],
  [['--problems', folder], 'there is no *.json or *.yaml']
])('%j is refused with the words %s', (args, words) => {
  expect(() => readOptions(args)).toThrow(UsageError)
  expect(() => readOptions(args)).toThrow(words)
})
