import { describe, expect, test } from 'vitest'
import type { ControllerParts } from '../../src/controller/controller.js'
import type { ControllerEvent } from '../../src/controller/events.js'
import { type Journal, memoryJournal } from '../../src/execution/journal.js'
import type { ClusterEvent } from '../../src/simulation/cluster-event.js'
import { InvariantWatcher, type SimulatedViolation } from '../../src/simulation/invariant-watcher.js'
import { simulatedCluster } from '../../src/simulation/live-cluster.js'
import { describeCluster, greedily, smallFleet, tryController } from './small-fleet.js'

const broken = async () => {
  throw new Error('connection refused')
}
/** Never answers, and does not listen to signals. */
const silent = () => new Promise<never>(() => {})
const brokenJournal: Journal = { read: async () => [], append: broken }
const angry = () => {
  throw 'no error at all'
}

const faults: readonly (readonly [what: string, part: string, parts: Partial<ControllerParts>])[] = [
  ['read throws', 'read', { read: broken }],
  ['read throws at once', 'read', { read: angry }],
  ['read never answers', 'read', { read: silent }],
  ['read gives nonsense', 'read', { read: async () => ({ nodes: 7 }) as never }],
  ['read gives nothing', 'read', { read: async () => undefined as never }],
  ['compact throws', 'plan', { compact: broken }],
  ['compact never answers', 'plan', { compact: silent }],
  ['compact gives nonsense', 'plan', { compact: async () => ({}) as never }],
  ['the maker of drivers throws', 'driver', { driver: broken }],
  ['the maker of drivers never answers', 'driver', { driver: silent }],
  ['the driver is none', 'execution', { driver: {} as never }],
  ['the journal cannot be read', 'journal', { journal: { read: broken, append: broken } }],
  ['the journal cannot be written', 'journal', { journal: brokenJournal }],
  ['the journal never answers', 'journal', { journal: { read: silent, append: silent } }],
  ['the journal never says that it has written', 'journal', { journal: { read: async () => [], append: silent } }],
  ['the maker of journals throws', 'journal', { journal: broken }],
  ['the maker of journals never answers', 'journal', { journal: silent }]
]

describe.each(faults)('%s', (_, part, parts) => {
  test(`is a failure of ${part}, is told, and ends nothing`, async () => {
    const trial = tryController({ parts })
    await trial.runFor(4000)
    const failures = trial.told('failed')
    expect(failures.length).toBeGreaterThan(2)
    expect(new Set(failures.map((event) => 'part' in event && event.part))).toEqual(new Set([part]))
    expect(trial.controller.state()).toMatchObject({ phase: 'stopped' })
    expect(trial.controller.metrics()).toContain(`replica_compactor_failures_total{part="${part}"} ${failures.length}`)
  })
})

test('what is waited after failures doubles, up to a limit, and begins anew after a success', async () => {
  const cluster = simulatedCluster(smallFleet())
  let isDown = true
  const trial = tryController({
    cluster,
    parts: { read: () => (isDown ? broken() : cluster.read()) },
    policy: { intervalSeconds: 1, backoff: { firstSeconds: 2, mostSeconds: 60 } }
  })
  await trial.runFor(200)
  const waits = trial.told('backing-off').map((event) => 'seconds' in event && event.seconds)
  expect(waits).toEqual([2, 4, 8, 16, 32, 60, 60, 60])
  expect(trial.told('failed').map(({ at }) => at / 1000)).toEqual([0, 2, 6, 14, 30, 62, 122, 182])
  isDown = false
  await trial.runFor(50)
  expect(trial.controller.state().backoff).toEqual({ failures: 0, until: null })
  isDown = true
  await trial.runFor(1)
  expect(trial.told('backing-off').at(-1)).toMatchObject({ seconds: 2, failures: 1 })
})

test('failures of the doing are not forgotten because the looking succeeds', async () => {
  const trial = tryController({ parts: { driver: broken }, policy: { intervalSeconds: 30 } })
  await trial.runFor(3600)
  const failures = trial.told('backing-off').map((event) => 'failures' in event && event.failures)
  expect(failures.slice(0, 5)).toEqual([1, 2, 3, 4, 5])
})

test('listeners that throw, or reject, end nothing; the first fault stands in the state', async () => {
  for (const onEvent of [angry, broken as never]) {
    const trial = tryController({ parts: { onEvent } })
    await trial.runFor(1000)
    expect(trial.controller.state()).toMatchObject({ phase: 'stopped', lastRound: { outcome: 'nothing-better' } })
    expect(trial.controller.state().listenerFault).toMatch(/no error at all|connection refused/)
  }
})

/** Follows what each execution does, and gives what it must not have done. */
function followExecutions() {
  let planned: Extract<ControllerEvent, { kind: 'planned' }> | undefined
  let watcher: InvariantWatcher | undefined
  const violations: SimulatedViolation[] = []
  return {
    violations,
    onClusterEvent: (event: ClusterEvent) => watcher?.watch(event),
    onEvent: (event: ControllerEvent) => {
      if (event.kind === 'planned') planned = event
      if (event.kind === 'executing' && planned !== undefined) {
        const { problem, result } = planned
        watcher = new InvariantWatcher(problem, result.newNodes, result.assumedDevices, problem.migration.limits)
      }
      if (event.kind !== 'executed') return
      violations.push(...(watcher?.violations ?? []))
      watcher = undefined
    }
  }
}

test('moves that fail are tried again by later plans, and end where they should, with every limit kept', async () => {
  let unlucky = 0
  for (const seed of [1, 2, 3, 4, 5, 6]) {
    const { violations, onClusterEvent, onEvent } = followExecutions()
    const trial = tryController({
      weather: { seed, failureRate: 0.4, onEvent: onClusterEvent },
      policy: { intervalSeconds: 300, watchSeconds: 0 },
      parts: { onEvent }
    })
    await trial.runFor(24 * 3600)
    const { unrest, hosts } = await describeCluster(trial.cluster)
    expect(unrest).toEqual([])
    expect(Object.keys(hosts)).toHaveLength(2)
    expect(violations).toEqual([])
    if (/step_failures_total [1-9]/.test(trial.controller.metrics())) unlucky++
  }
  expect(unlucky).toBeGreaterThan(1)
})

test('a journal that cannot be written any more stops the plan where it is; with one that can it is gone on with', async () => {
  const cluster = simulatedCluster(smallFleet())
  const kept = memoryJournal()
  let left = 7
  const journal: Journal = {
    read: () => kept.read(),
    append: (entry) => (left-- > 0 ? kept.append(entry) : broken())
  }
  const trial = tryController({ cluster, parts: { journal: () => journal, compact: greedily(cluster) } })
  await trial.runFor(300)
  expect(trial.told('failed')[0]).toMatchObject({ part: 'journal', reason: 'connection refused' })
  left = Number.POSITIVE_INFINITY
  await trial.runFor(3600)
  expect(trial.told('resumed', 'executed').slice(-2)).toMatchObject([
    { kind: 'resumed' },
    { report: { outcome: 'completed', journalFault: null } }
  ])
  expect(await describeCluster(cluster)).toMatchObject({ unrest: [] })
})
