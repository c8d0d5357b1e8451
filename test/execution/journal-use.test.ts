import { expect, test } from 'vitest'
import { StepError } from '../../src/execution/driver.js'
import { execute } from '../../src/execution/execute.js'
import { type Journal, type JournalEntry, memoryJournal } from '../../src/execution/journal.js'
import { runPlan } from './run-plan.js'
import { emptyOld, move, planFrom } from './small-plans.js'
import { follow, TestCluster } from './test-cluster.js'
import { VirtualClock } from './virtual-clock.js'

const other = { ...planFrom(move('b', 'x', 'y')), id: 'plan-2' }

test('every call stands in the journal before it is made, and when it has ended', async () => {
  const written: string[] = []
  const journal: Journal = {
    read: async () => [],
    append: async (entry) => {
      await Promise.resolve()
      if ('verb' in entry) written.push(`${entry.kind} ${entry.step} ${entry.verb}`)
      else written.push(entry.kind)
    }
  }
  const unwritten: string[] = []
  await runPlan(emptyOld(), {}, { journal }, (cluster) => {
    cluster.onCall = (verb, { id }) => {
      if (!written.includes(`begin ${id} ${verb}`)) unwritten.push(id)
    }
  })
  expect(unwritten).toEqual([])
  expect(written.slice(0, 4)).toEqual([
    'plan',
    'begin cordon:old cordon',
    'end cordon:old cordon',
    'begin start:a start'
  ])
  expect(written.at(-1)).toBe('finish')
})

test('a plan that has ended is not carried out again: the report is the same', async () => {
  const first = await runPlan(emptyOld(), { 'release release:old': { fails: 'no' } })
  const again = await runPlan(emptyOld(), {}, { journal: first.journal })
  expect(again.report).toEqual(first.report)
  expect(again.cluster.calls).toEqual([])
  const { outcome, seconds } = first.report
  expect(again.events).toEqual([{ kind: 'finished', outcome, seconds }])
  expect(first.events.at(-1)).toEqual({ kind: 'finished', outcome, seconds })
})

test('a plan of which nothing remained begins anew, under other ids', async () => {
  const first = await runPlan(emptyOld(), { 'start start:a': { fails: new Error('no') } })
  const again = await runPlan(emptyOld(), {}, { journal: first.journal })
  expect(again.report.outcome).toBe('completed')
  const before = new Set(first.cluster.calls.map(({ id }) => id))
  expect(again.cluster.calls.filter(({ id }) => before.has(id))).toEqual([])
  expect(again.cluster.calls[0]?.id).toBe('plan-1/cordon:old/cordon#4')
  const expired = await runPlan({ ...emptyOld(), validSeconds: 1 }, {}, { madeAt: -2000 })
  const inTime = await runPlan(emptyOld(), {}, { journal: expired.journal })
  expect(inTime.report.outcome).toBe('completed')
})

test('the journal of a plan that has not ended is refused to another, that of one that has is shared', async () => {
  const abandon = new AbortController()
  const first = await runPlan(emptyOld(), {}, { abandon: abandon.signal }, (_, clock) =>
    clock.at(10, () => abandon.abort())
  )
  expect(first.report).toMatchObject({ outcome: 'abandoned', planAgain: false })
  await expect(runPlan(other, {}, { journal: first.journal })).rejects.toMatchObject({
    name: 'JournalError',
    message:
      'the journal is of plan-1, which has not ended, and not of plan-2: finish it with its own plan, or use another journal'
  })
  const ended = await runPlan(emptyOld())
  expect((await runPlan(other, {}, { journal: ended.journal })).report.outcome).toBe('completed')
  const odd = memoryJournal([{ kind: 'cancel', step: 'a', reason: 'b', at: 0 }])
  await expect(runPlan(other, {}, { journal: odd })).rejects.toThrow('of which plan')
})

test('an abandoned execution calls nothing more, and ends its calls’ signals', async () => {
  const abandon = new AbortController()
  const signals: AbortSignal[] = []
  const { report, cluster, clock } = await runPlan(emptyOld(), {}, { abandon: abandon.signal }, (cluster, clock) => {
    cluster.onCall = (_, __, { signal }) => signals.push(signal)
    clock.at(30_000, () => abandon.abort())
  })
  const calls = cluster.calls.length
  await clock.settle()
  expect(cluster.calls.length).toBe(calls)
  expect(signals.at(-1)?.aborted).toBe(true)
  expect(report.steps.find(({ id }) => id === 'start:a')?.state).toBe('running')
  expect(report.moves[0]?.outcome).toBe('unfinished')
})

test('a call of unknown outcome that is too old is not sent again', async () => {
  const entries: JournalEntry[] = [
    { kind: 'plan', plan: 'plan-1', at: 0 },
    { kind: 'begin', step: 'cordon:old', verb: 'cordon', attempt: 1, at: 0 }
  ]
  const resume = async (now: number) => {
    const clock = new VirtualClock(now)
    const cluster = new TestCluster(clock, follow({}))
    cluster.host('a', 'old')
    const report = await clock.run(execute(emptyOld(), cluster, { clock, journal: memoryJournal(entries) }))
    return { id: cluster.calls[0]?.id, report }
  }
  expect((await resume(86_400_000)).id).toBe('plan-1/cordon:old/cordon#1')
  const late = await resume(86_400_001)
  expect(late.id).toBe('plan-1/cordon:old/cordon#2')
  expect(late.report).toMatchObject({ outcome: 'completed', firstFault: { fault: 'unknown' } })
})

test.each([1, 2, 3, 4, 5, 8, 11])('where the journal fails at entry %i, nothing more begins', async (number) => {
  const kept = memoryJournal()
  let count = 0
  const journal: Journal = {
    read: () => kept.read(),
    append: async (entry) => {
      if (++count >= number) throw new Error('disk full')
      await kept.append(entry)
    }
  }
  const { report, cluster } = await runPlan(emptyOld(), {}, { journal })
  expect(report).toMatchObject({ outcome: 'abandoned', planAgain: false, journalFault: 'disk full' })
  const begun = (await kept.read()).flatMap((entry) => (entry.kind === 'begin' ? [`${entry.verb} ${entry.step}`] : []))
  expect(cluster.verbs()).toEqual(begun)
  const clock = new VirtualClock(1_000_000)
  const resumed = new TestCluster(clock, follow({}))
  resumed.host('a', 'old')
  if (number > 4) resumed.host('a', 'new', 'ready')
  const end = await clock.run(execute(emptyOld(), resumed, { clock, journal: kept }))
  expect(end.outcome).toBe('completed')
})

test('a journal that cannot be read rejects', async () => {
  const journal: Journal = { read: () => Promise.reject(new Error('no such disk')), append: async () => {} }
  await expect(runPlan(emptyOld(), {}, { journal })).rejects.toThrow('no such disk')
})

test('cancellations stand when the plan is gone on with', async () => {
  const crash = new AbortController()
  const plan = planFrom(move('a', 'x', 'y'), move('b', 'z', 'x', ['stop:a']), move('c', 'v', 'w'))
  const refused = { 'start start:a': { fails: new StepError('refused', 'no') } }
  const { journal } = await runPlan(plan, refused, { abandon: crash.signal }, (_, clock) =>
    clock.at(30_000, () => crash.abort())
  )
  const { states, events } = await runPlan(plan, {}, { journal }, (cluster) => cluster.host('c', 'w', 'starting'))
  expect(states).toMatchObject({ 'start:a': 'failed', 'start:b': 'cancelled', 'stop:c': 'done' })
  expect(events[0]).toMatchObject({ kind: 'resumed', steps: 2 })
})
