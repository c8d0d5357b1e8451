import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { JournalMaker } from '../../src/controller/controller.js'
import { fileJournal } from '../../src/execution/file-journal.js'
import { memoryJournal } from '../../src/execution/journal.js'
import { simulatedCluster } from '../../src/simulation/live-cluster.js'
import { makeFolder } from '../scratch-folder.js'
import { describeCluster, smallFleet, tryController } from './small-fleet.js'

const policy = { stabilitySeconds: 0, intervalSeconds: 600, watchSeconds: 0 }

/** Files are real: virtual time stands still while they are written. */
function outside(cluster: ReturnType<typeof simulatedCluster>, make: JournalMaker): JournalMaker {
  return async (plan) => {
    const journal = await make(plan)
    return {
      read: () => cluster.clock.outside(journal.read()),
      append: (entry) => cluster.clock.outside(journal.append(entry)),
      close: () => cluster.clock.outside((journal as ReturnType<typeof fileJournal>).close())
    }
  }
}

test('a controller that dies with its file is followed by one that finds plan and place in it', async () => {
  const path = join(makeFolder(), 'moves.journal')
  const cluster = simulatedCluster(smallFleet())
  const journal = outside(cluster, () => fileJournal(path))
  const first = tryController({ cluster, parts: { journal }, policy })
  const end = new AbortController()
  cluster.clock.after(40_000, () => end.abort())
  await cluster.clock.run(() => first.controller.run(new AbortController().signal, { abandon: end.signal }))
  const second = tryController({ cluster, parts: { journal }, policy })
  await second.runFor(7200)
  expect(second.told('resumed')).toHaveLength(1)
  expect(second.told('failed')).toEqual([])
  expect((await describeCluster(cluster)).unrest).toEqual([])
  const entries = readFileSync(path, 'utf8').trimEnd().split('\n')
  expect(entries.filter((line) => JSON.parse(line).kind === 'finish')).toHaveLength(1)
})

test('each plan may have a file of its own; every one that was given is closed', async () => {
  const folder = makeFolder()
  const cluster = simulatedCluster(smallFleet())
  const asked: (string | null)[] = []
  let open = 0
  const journal = outside(cluster, (plan) => {
    asked.push(plan)
    open++
    const newest = readdirSync(folder).sort().at(-1) ?? 'none'
    const file = fileJournal(join(folder, plan ?? newest))
    return {
      ...file,
      close: async () => {
        open--
        await file.close()
      }
    }
  })
  const trial = tryController({ cluster, parts: { journal }, policy: { ...policy, maxMigrationsPerRound: 1 } })
  await trial.runFor(3 * 3600)
  expect(asked[0]).toBeNull()
  expect(asked.slice(1)).toEqual(trial.told('executing').map((event) => 'plan' in event && event.plan))
  expect(asked.length).toBe(3)
  expect(new Set(asked).size).toBe(3)
  expect(open).toBe(0)
})

test('a plan that somebody else has begun in the journal stops everything, with a word of what to do', async () => {
  const journal = memoryJournal([{ kind: 'plan', plan: 'theirs', at: 0 }])
  const trial = tryController({ parts: { journal }, policy })
  const report = await trial.cluster.clock.run(() => trial.controller.step())
  expect(report).toMatchObject({ outcome: 'failed', message: expect.stringContaining('the journal is of theirs') })
  expect(report.message).toContain('finish it with execute')
  expect(trial.told('planned')).toEqual([])
})

test.each([{ made: 7 }, { made: { problem: {}, result: {} } }])('so does one that is damaged: %j', async (made) => {
  const journal = memoryJournal([{ kind: 'plan', plan: 'ours', at: 0, ...made }])
  const trial = tryController({ parts: { journal }, policy })
  const report = await trial.cluster.clock.run(() => trial.controller.step())
  expect(report.outcome).toBe('failed')
  expect(report.message).toMatch(/^journal failed: /)
})

test('in the mode to recommend a journal is not even read', async () => {
  const journal = { read: () => Promise.reject(new Error('read')), append: () => Promise.reject(new Error('written')) }
  const trial = tryController({ parts: { journal }, policy: { ...policy, mode: 'recommend' } })
  await trial.runFor(1000)
  expect(trial.told('failed')).toEqual([])
})

test('the same plan, made again, has another name: no call of one is taken for one of the other', async () => {
  const cluster = simulatedCluster(smallFleet())
  const ids: string[] = []
  const refuse = async (_: unknown, call: { readonly id: string }) => {
    ids.push(call.id)
    throw new Error('no')
  }
  const driver = { ...cluster.driver, start: refuse, cordon: refuse }
  const trial = tryController({
    cluster,
    parts: { driver },
    policy: { ...policy, cooldown: { deploymentSeconds: 0, nodeSeconds: 0 } }
  })
  await trial.runFor(3 * 3600)
  expect(trial.told('executing').length).toBeGreaterThan(2)
  expect(new Set(ids).size).toBe(ids.length)
})
