import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { summarise } from '../../../benchmarks/micro/measure.mjs'
import { readRecord } from '../../../benchmarks/micro/record.mjs'
import { makeFolder } from '../../scratch-folder.js'
import { recordOf } from './made-up.js'

const folder = makeFolder()
const record = recordOf({ one: [1, 2, 3] })

function readText(text: string) {
  const file = join(folder, 'record.json')
  writeFileSync(file, text)
  return readRecord(file)
}

test('a record is read as it was written', async () => {
  expect(await readText(JSON.stringify(record))).toEqual(record)
})

describe('of a file that is no record, every place is named that is wrong', () => {
  const [task] = record.tasks
  test.each([
    ['another version', { ...record, schemaVersion: 2 }, ['schemaVersion: found 2, expected 1']],
    ['no machine', { ...record, machine: undefined }, ['machine: found nothing, expected a mapping']],
    [
      'two mistakes in a task',
      { ...record, tasks: [{ ...task, medianMs: '1 ms', roundsMs: [] }] },
      [
        'tasks[0].medianMs: found "1 ms", expected a finite number',
        'tasks[0].roundsMs: found an empty list, expected a list of at least 3 entries'
      ]
    ],
    [
      'a key that nobody knows',
      { ...record, speed: 1 },
      ['speed: found an unknown key, expected one of schemaVersion, ']
    ],
    ['a task twice', { ...record, tasks: [task, task] }, ['tasks[1].name: found "one", expected every task once']],
    [
      'a list',
      [],
      ['record.json: record: the whole file: found an empty list, expected what -o of npm run micro writes']
    ]
  ])('%s', async (_words, value, faults) => {
    const reading = readText(JSON.stringify(value))
    for (const fault of faults) await expect(reading).rejects.toThrow(fault)
  })

  test('no JSON, and no file', async () => {
    await expect(readText('{\n  "tasks": [,]\n}')).rejects.toThrow(
      /record\.json: line 2, column 13: .*expected a value/
    )
    await expect(readRecord(join(folder, 'nothing.json'))).rejects.toThrow('nothing.json: ')
  })
})

test('rounds are summarised by their medians, samples by their quartiles', () => {
  const rounds = [
    [1, 2, 9],
    [3, 4, 5],
    [3, 3, 100]
  ]
  expect(summarise(rounds)).toEqual({ medianMs: 3, quartilesMs: [3, 5], roundsMs: [2, 4, 3], iterations: 9 })
})
