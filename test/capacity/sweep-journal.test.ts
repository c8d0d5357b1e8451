import { appendFileSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  comparable,
  type Executor,
  inlineExecutor,
  parseSweepJournal,
  runSweep,
  type ScenarioRecord
} from 'replica-compactor/capacity'
import { fileSweepJournal } from 'replica-compactor/sweep-journal'
import { describe, expect, test } from 'vitest'
import { makeFolder } from '../scratch-folder.js'
import { samplePlan, sampleSweep } from './sample-sweep.js'

const sweep = sampleSweep()
const newPath = () => join(makeFolder(), 'sweep.jsonl')
const linesOf = (path: string) => readFileSync(path, 'utf8').split('\n').slice(0, -1)

/** Runs it, and counts what is solved. */
async function run(path: string, plan = sweep, retryFailed = false) {
  const solved: string[] = []
  const answer = await runSweep(plan, {
    executor: inlineExecutor(2),
    journal: fileSweepJournal(path),
    retryFailed,
    onRecord: ({ id }) => solved.push(id)
  })
  return { answer, solved }
}

describe('a journal', () => {
  test('holds a line for each scenario, and what is in it is not solved again', async () => {
    const path = newPath()
    const first = await run(path)
    expect(linesOf(path)).toHaveLength(13)
    expect(statSync(path).mode & 0o777).toBe(0o600)
    const second = await run(path)
    expect(second.solved).toEqual([])
    expect(second.answer).toEqual(first.answer)
    const { header, records } = parseSweepJournal(readFileSync(path, 'utf8'), path)
    expect(header.sweep).toBe(sweep.id)
    expect(new Set(records.map(({ id }) => id)).size).toBe(12)
  })

  test('cut anywhere is gone on from, and half a line is dropped', async () => {
    const path = newPath()
    const whole = await run(path)
    const content = readFileSync(path)
    const ends = [...content.entries()].flatMap(([at, byte]) => (byte === 10 ? [at + 1] : []))
    for (const [lines, beyond] of [
      [13, -1],
      [7, 20],
      [4, 0],
      [1, 1],
      [0, 30],
      [0, 0]
    ] as const) {
      const at = (lines === 0 ? 0 : (ends[lines - 1] as number)) + beyond
      writeFileSync(path, content)
      truncateSync(path, at)
      const { answer, solved } = await run(path)
      const kept = ends.filter((end) => end <= at).length
      expect(solved).toHaveLength(12 - Math.max(0, kept - 1))
      expect(answer.scenarios.map(comparable)).toEqual(whole.answer.scenarios.map(comparable))
      expect(linesOf(path)).toHaveLength(13)
    }
  })

  test.each([
    ['of another problem', () => sampleSweep({ ...samplePlan, options: { workLimit: 300 } }), 'one with other options'],
    ['of other axes', () => sampleSweep({ ...samplePlan, seeds: [1] }), 'one with other axes or seeds']
  ])('%s is refused, and left as it is', async (_, other, words) => {
    const path = newPath()
    await run(path)
    const before = readFileSync(path, 'utf8')
    await expect(run(path, other())).rejects.toThrow(`found the journal of another sweep, ${words}`)
    expect(readFileSync(path, 'utf8')).toBe(before)
  })

  test.each([
    ['{"half": ', /line 14.*not JSON/s],
    ['{}', /line 14/],
    ['{"kind":"replica-compactor-sweep"}', /line 14/],
    ['[]', /line 14/]
  ])('with the line %s is damaged, and says where', async (line, message) => {
    const path = newPath()
    await run(path)
    appendFileSync(path, `${line}\n`)
    await expect(run(path)).rejects.toThrow(message)
    expect(() => parseSweepJournal(readFileSync(path, 'utf8'), path)).toThrow(message)
  })

  test('that cannot be written ends the sweep', async () => {
    await expect(run(join(makeFolder(), 'not', 'there.jsonl'))).rejects.toMatchObject({ code: 'ENOENT' })
  })
})

test('failures are kept, left alone, and tried again where that is asked for', async () => {
  const path = newPath()
  const broken: Executor = {
    concurrency: 2,
    solve: async ({ id }) => {
      throw new Error(`no luck with ${id.slice(0, 4)}`)
    },
    close: async () => {}
  }
  const failed = await runSweep(sweep, { executor: broken, journal: fileSweepJournal(path) })
  expect(failed).toMatchObject({ failed: 12, missing: [] })
  expect(failed.scenarios[0]?.reason).toBe(`no luck with ${sweep.scenarios[0]?.id.slice(0, 4)}`)
  expect((await run(path)).solved).toEqual([])
  const { answer, solved } = await run(path, sweep, true)
  expect(solved).toHaveLength(12)
  expect(answer.failed).toBe(0)
  expect((await run(path)).answer.failed).toBe(0)
})

test('a disk that is full in the middle ends the sweep, and no scenario counts that is not kept', async () => {
  const kept: ScenarioRecord[] = []
  const journal = {
    open: async () => [],
    append: async (record: ScenarioRecord) => {
      if (kept.length === 3) throw Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' })
      kept.push(record)
    },
    close: async () => {}
  }
  const told: string[] = []
  const run = runSweep(sweep, { journal, executor: inlineExecutor(1), onRecord: ({ id }) => told.push(id) })
  await expect(run).rejects.toMatchObject({ code: 'ENOSPC' })
  expect(told).toEqual(kept.map(({ id }) => id))
})
