import { describe, expect, test } from 'vitest'
import { type Journal, memoryJournal } from '../../src/execution/journal.js'
import { simulatedCluster } from '../../src/simulation/live-cluster.js'
import { describeCluster, smallFleet, tryController } from './small-fleet.js'

/** Signals that are aborted at moments of virtual time. */
function signalsAt(cluster: ReturnType<typeof simulatedCluster>, softMs: number, hardMs = Number.POSITIVE_INFINITY) {
  const [soft, hard] = [new AbortController(), new AbortController()]
  cluster.clock.after(softMs, () => soft.abort(new Error('enough')))
  if (Number.isFinite(hardMs)) cluster.clock.after(hardMs, () => hard.abort(new Error('at once')))
  return { soft: soft.signal, abandon: hard.signal }
}

test('whenever it is told to end, it ends what it has begun, and the cluster is at rest', async () => {
  for (let second = 0; second <= 120; second += 3) {
    const cluster = simulatedCluster(smallFleet())
    const trial = tryController({ cluster, policy: { stabilitySeconds: 0, execution: { limits: { inFlight: 1 } } } })
    const { soft } = signalsAt(cluster, second * 1000)
    await cluster.clock.run(() => trial.controller.run(soft))
    expect((await describeCluster(cluster)).unrest, `ends after ${second} s`).toEqual([])
    expect(trial.controller.state().phase).toBe('stopped')
    expect(trial.events.at(-1)?.kind).toBe('stopped')
    expect(cluster.clock.now() / 1000).toBeLessThan(second + 200)
  }
})

test('told to leave everything as it is, it resolves at once, and the next goes on', async () => {
  const cluster = simulatedCluster(smallFleet())
  const journal = memoryJournal()
  const policy = { stabilitySeconds: 0 }
  const first = tryController({ cluster, parts: { journal }, policy })
  const { soft, abandon } = signalsAt(cluster, 30_000, 40_000)
  await cluster.clock.run(() => first.controller.run(soft, { abandon }))
  expect(cluster.clock.now()).toBe(40_000)
  expect((await describeCluster(cluster)).unrest).not.toEqual([])
  const second = tryController({ cluster, parts: { journal }, policy })
  await second.runFor(3600)
  expect(second.told('resumed')).toHaveLength(1)
  expect((await describeCluster(cluster)).unrest).toEqual([])
})

test('the hard signal alone is enough, and what was abandoned is gone on with by the same controller, too', async () => {
  const cluster = simulatedCluster(smallFleet())
  const trial = tryController({ cluster, policy: { stabilitySeconds: 0 } })
  const { abandon } = signalsAt(cluster, 1e9, 40_000)
  const report = await cluster.clock.run(() => trial.controller.step(undefined, { abandon }))
  expect(report).toMatchObject({ outcome: 'stopped', execution: { outcome: 'abandoned' } })
  const again = await cluster.clock.run(() => trial.controller.step())
  expect(again).toMatchObject({ outcome: 'executed', execution: { outcome: 'completed' } })
})

test('with a signal that is aborted already nothing is asked of anybody', async () => {
  const trial = tryController({
    parts: {
      read: () => {
        throw new Error('asked')
      }
    }
  })
  await trial.cluster.clock.run(() => trial.controller.run(AbortSignal.abort()))
  expect(trial.events.map(({ kind }) => kind)).toEqual(['started', 'stopped'])
  const report = await trial.cluster.clock.run(() => trial.controller.step(AbortSignal.abort()))
  expect(report.outcome).toBe('stopped')
  expect(trial.told('failed')).toEqual([])
})

test.each(['read', 'compact', 'driver', 'journal'] as const)(
  'it does not wait for a %s that never answers',
  async (part) => {
    const trial = tryController({ parts: { [part]: () => new Promise(() => {}) }, policy: { stabilitySeconds: 0 } })
    await trial.runFor(1)
    expect(trial.cluster.clock.now()).toBe(1000)
    expect(trial.told('failed')).toEqual([])
  }
)

describe.each([0, 1, 3, 8])('with a journal that no longer answers after %i entries', (count) => {
  function beginWith(readSeconds?: number) {
    const kept = memoryJournal()
    let left = count
    const journal: Journal = {
      read: () => kept.read(),
      append: (entry) => (left-- > 0 ? kept.append(entry) : new Promise(() => {}))
    }
    const cluster = simulatedCluster(smallFleet())
    const policy = { stabilitySeconds: 0, ...(readSeconds === undefined ? {} : { readSeconds }) }
    return { cluster, trial: tryController({ cluster, parts: { journal }, policy }) }
  }

  test('it ends when it is told to, after `readSeconds` at most and what was begun', async () => {
    const { cluster, trial } = beginWith(10)
    const { soft } = signalsAt(cluster, 30_000)
    await cluster.clock.run(() => trial.controller.run(soft))
    expect(trial.controller.state().phase).toBe('stopped')
    expect(cluster.clock.now()).toBeLessThan(200_000)
  })

  test('it ends at once when everything is to be left as it is', async () => {
    const { cluster, trial } = beginWith()
    const { soft, abandon } = signalsAt(cluster, 20_000, 30_000)
    await cluster.clock.run(() => trial.controller.run(soft, { abandon }))
    expect(cluster.clock.now()).toBe(30_000)
  })
})

test('a journal that neither answers nor closes holds the end up for twice `readSeconds`', async () => {
  const never = () => new Promise<void>(() => {})
  const cluster = simulatedCluster(smallFleet())
  const journal = async (plan: string | null) => ({
    read: async () => [],
    append: never,
    close: async () => (plan === null ? undefined : never())
  })
  const trial = tryController({ cluster, parts: { journal }, policy: { stabilitySeconds: 0, readSeconds: 10 } })
  const { soft } = signalsAt(cluster, 1000)
  await cluster.clock.run(() => trial.controller.run(soft))
  expect(cluster.clock.now()).toBe(20_000)
})

test('a plan that was begun too long ago is ended, and not gone on with', async () => {
  const cluster = simulatedCluster(smallFleet())
  const journal = memoryJournal()
  const policy = { stabilitySeconds: 0, executionSeconds: 600, execution: { limits: { inFlight: 1 } } }
  const first = tryController({ cluster, parts: { journal }, policy })
  const { soft, abandon } = signalsAt(cluster, 1e9, 30_000)
  await cluster.clock.run(() => first.controller.run(soft, { abandon }))
  await cluster.clock.run(() => cluster.clock.sleep(700_000))
  const second = tryController({ cluster, parts: { journal }, policy })
  const report = await cluster.clock.run(() => second.controller.step())
  expect(report.outcome).toBe('executed')
  expect(report.execution).toMatchObject({ outcome: 'aborted' })
  expect(report.execution?.moves.map(({ outcome }) => outcome).sort()).toEqual(['cancelled', 'done'])
  expect((await describeCluster(cluster)).unrest).toEqual([])
})
