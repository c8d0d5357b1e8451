import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { hashCode, Journal } from '../../../benchmarks/bench/journal.mjs'
import { makeFolder } from '../../scratch-folder.js'
import { sampleRun } from './sample-run.js'

const folder = makeFolder()

test('what was noted down is there again', () => {
  const file = join(folder, 'again', 'journal.jsonl')
  new Journal(file).add('one', sampleRun())
  new Journal(file).add('two', sampleRun({ seed: 2, cost: null, incumbents: [] }))
  expect([...new Journal(file).runs]).toEqual([
    ['one', sampleRun()],
    ['two', sampleRun({ seed: 2, cost: null, incumbents: [] })]
  ])
})

test('a line that a kill cut off is run again', () => {
  const file = join(folder, 'cut.jsonl')
  new Journal(file).add('one', sampleRun())
  const line = readFileSync(file, 'utf8')
  appendFileSync(file, line.slice(0, line.length / 2))
  const journal = new Journal(file)
  expect([...journal.runs.keys()]).toEqual(['one'])
  journal.add('two', sampleRun({ seed: 2 }))
  expect([...new Journal(file).runs.keys()]).toEqual(['one', 'two'])
})

test('runs of other code do not count', () => {
  const file = join(folder, 'stale.jsonl')
  new Journal(file).add('one', sampleRun())
  writeFileSync(file, readFileSync(file, 'utf8').replace(hashCode().other, '0123456789abcdef'))
  const journal = new Journal(file)
  expect(journal.runs.size).toBe(0)
  expect(journal.stale).toBe(1)
})

test('runs that are in a report are dropped, and no others', () => {
  const file = join(folder, 'dropped.jsonl')
  const journal = new Journal(file)
  journal.add('one', sampleRun())
  journal.add('two', sampleRun({ seed: 2 }))
  journal.drop(['one'])
  expect([...new Journal(file).runs]).toEqual([['two', sampleRun({ seed: 2 })]])
  journal.drop(['two'])
  expect(existsSync(file)).toBe(false)
})

test('what a policy did is of other code than what the rest did', () => {
  const file = join(folder, 'policy.jsonl')
  new Journal(file).add('theirs', sampleRun({ contestant: 'karpenter' }))
  new Journal(file).add('ours', sampleRun())
  writeFileSync(file, readFileSync(file, 'utf8').replace(hashCode().policy, '0123456789abcdef'))
  expect([...new Journal(file).runs.keys()]).toEqual(['ours'])
})
