import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as fc from 'fast-check'
import {
  comparable,
  mergeSweeps,
  parseShard,
  parseSweepJournal,
  runSweep,
  type SweepRecords
} from 'replica-compactor/capacity'
import { fileSweepJournal } from 'replica-compactor/sweep-journal'
import { beforeAll, describe, expect, test } from 'vitest'
import { scenariosOf } from '../../src/capacity/sweep/shard.js'
import { makeFolder } from '../scratch-folder.js'
import { samplePlan, sampleSweep } from './sample-sweep.js'

describe('shards', () => {
  test('have every scenario once, as evenly as can be, whatever their number', () => {
    const { scenarios } = sampleSweep({ ...samplePlan, seeds: [1, 2, 3, 4, 5, 6] })
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50 }), (count) => {
        const shards = Array.from({ length: count }, (_, index) => scenariosOf({ scenarios }, { index, count }))
        const ids = shards.flat().map(({ id }) => id)
        expect(ids.sort()).toEqual(scenarios.map(({ id }) => id).sort())
        const sizes = shards.map(({ length }) => length)
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1)
      }),
      { seed: 1 }
    )
  })

  test.each(['4/4', '1', '-1/4', '1/0', '0/0', 'a/b', '1/2/3', ''])('%j is none', (text) => {
    expect(() => parseShard(text)).toThrow(/expected INDEX\/COUNT/)
  })

  test('are counted from 0, and whoever counts from 1 is told', () => {
    expect(parseShard('0/4')).toEqual({ index: 0, count: 4 })
    expect(() => parseShard('4/4')).toThrow('the last of 4 is 3/4')
  })
})

describe('merging', () => {
  const sweep = sampleSweep()
  let parts: SweepRecords[]
  beforeAll(async () => {
    const folder = makeFolder()
    parts = []
    for (const index of [0, 1, 2]) {
      const path = join(folder, `${index}.jsonl`)
      await runSweep(sweep, { shard: { index, count: 3 }, journal: fileSweepJournal(path) })
      parts.push(parseSweepJournal(readFileSync(path, 'utf8'), `${index}.jsonl`))
    }
  })

  test('the shards give what the whole gives', async () => {
    const whole = await runSweep(sweep)
    const merged = mergeSweeps(parts)
    expect(merged.scenarios.map(comparable)).toEqual(whole.scenarios.map(comparable))
    const seconds = ({ scenarios, ...rest }: typeof whole) => rest
    expect(seconds(merged)).toEqual(seconds(whole))
  })

  test('what is missing is named', () => {
    const merged = mergeSweeps(parts.slice(1))
    expect(merged.missing).toHaveLength(4)
    expect([...merged.scenarios, ...merged.missing].map(({ id }) => id).sort()).toEqual(
      sweep.scenarios.map(({ id }) => id).sort()
    )
  })

  test('what is there twice and agrees is noted, whatever its seconds', () => {
    const [first] = parts as [SweepRecords]
    const slower = { ...first, name: 'again', records: first.records.map((record) => ({ ...record, seconds: 99 })) }
    const merged = mergeSweeps([...parts, slower])
    expect(merged.missing).toEqual([])
    expect(merged.notes).toEqual(['4 records are there more than once, and agree'])
  })

  test('a contradiction is refused, and both places named', () => {
    const [first, second] = parts as [SweepRecords, SweepRecords]
    const [record] = second.records
    if (record === undefined) throw new Error('the shard is empty')
    const forged = { ...second, name: 'forged', records: [{ ...record, bound: 12345 }] }
    expect(() => mergeSweeps([first, second, forged])).toThrow(
      /forged, line 2: found .*bound 12345.*1\.jsonl, line 2 says/s
    )
  })

  test('a failure gives way to an answer, in whatever order', () => {
    const [first] = parts as [SweepRecords]
    const failed = {
      ...first,
      name: 'failed',
      records: first.records.map((record) => ({ ...record, termination: 'failed' as const, objective: null }))
    }
    for (const journals of [
      [failed, ...parts],
      [...parts, failed]
    ])
      expect(mergeSweeps(journals)).toMatchObject({ failed: 0, missing: [] })
    expect(mergeSweeps([failed]).failed).toBe(4)
  })

  test('journals of different sweeps, strangers and nothing are refused', async () => {
    const path = join(makeFolder(), 'other.jsonl')
    const other = sampleSweep({ ...samplePlan, seeds: [3] })
    await runSweep(other, { journal: fileSweepJournal(path) })
    const strange = parseSweepJournal(readFileSync(path, 'utf8'), 'other')
    expect(() => mergeSweeps([...parts, strange])).toThrow(
      /other: found another sweep than 0\.jsonl: one with other axes or seeds/
    )
    const [first] = parts as [SweepRecords]
    expect(() => mergeSweeps([{ ...first, records: strange.records }])).toThrow(
      /0\.jsonl, line 2: found a record of none, none, seed 3/
    )
    expect(() => mergeSweeps([])).toThrow('at least one journal')
  })
})
