import { describe, expect, test } from 'vitest'
import type { PolicyInput } from '../../src/controller/policy.js'
import type { Snapshot } from '../../src/controller/snapshot.js'
import { StepError } from '../../src/execution/driver.js'
import { type Journal, memoryJournal } from '../../src/execution/journal.js'
import { type LiveCluster, simulatedCluster } from '../../src/simulation/live-cluster.js'
import { describeCluster, smallFleet, tryController } from './small-fleet.js'

/** Reads a cluster, and then lets something happen; `count` from 1. */
function readThen(cluster: LiveCluster, happens: (count: number) => void) {
  let count = 0
  return async (): Promise<Snapshot> => {
    const snapshot = await cluster.read()
    happens(++count)
    return snapshot
  }
}

const atOnce = { stabilitySeconds: 0, watchSeconds: 5 }

test('what has changed since the cluster was planned is planned anew before anything is done', async () => {
  const cluster = simulatedCluster(smallFleet())
  const read = readThen(cluster, (count) => count === 1 && cluster.close('n2'))
  const trial = tryController({ cluster, parts: { read }, policy: atOnce })
  const report = await cluster.clock.run(() => trial.controller.step())
  expect(report).toMatchObject({ outcome: 'executed', plans: 2 })
  expect(trial.told('drifted')).toMatchObject([{ reason: 'node n2 has changed: acceptsReplicas' }])
  // Nothing came to the node that was closed.
  expect((await describeCluster(cluster)).hosts.n2 ?? []).not.toContain('web+1')
})

test('a cluster that changes under every plan is left alone for a while', async () => {
  const cluster = simulatedCluster(smallFleet())
  let number = 0
  const read = async () => {
    const snapshot = await cluster.read()
    const [node, ...nodes] = snapshot.problem.nodes
    return {
      ...snapshot,
      problem: { ...snapshot.problem, nodes: [{ ...node, costPerHour: 1 + number++ / 100 }, ...nodes] }
    }
  }
  const trial = tryController({ cluster, parts: { read: read as never }, policy: { ...atOnce, replanOnDrift: 3 } })
  const report = await cluster.clock.run(() => trial.controller.step())
  expect(report).toMatchObject({ outcome: 'drifted', plans: 4 })
  expect(trial.told('drifted')).toHaveLength(4)
  expect(trial.told('executing')).toEqual([])
  expect(trial.controller.state().backoff.failures).toBe(1)
})

test('a plan that is too old is made anew', async () => {
  const cluster = simulatedCluster(smallFleet())
  let isSlow = true
  const read = readThen(cluster, () => {})
  const trial = tryController({
    cluster,
    parts: {
      read: async () => {
        if (trial.told('planned').length === 1 && isSlow) await cluster.clock.sleep(50_000)
        return read()
      }
    },
    policy: { ...atOnce, maxPlanAgeSeconds: 40 }
  })
  const report = await cluster.clock.run(() => trial.controller.step())
  isSlow = false
  expect(trial.told('drifted')).toMatchObject([{ reason: 'the plan is 50 s old' }])
  expect(report).toMatchObject({ outcome: 'executed', plans: 2 })
})

test('a newcomer on a node that is being emptied cuts the plan short; what has begun is ended, the rest is planned anew', async () => {
  const cluster = simulatedCluster(smallFleet())
  const others = { id: 'stranger', deployment: 'api', node: 'n4' } as const
  let hasCome = false
  const read = async (): Promise<Snapshot> => {
    const { problem, ...rest } = await cluster.read()
    if (!hasCome) return { problem, ...rest }
    const deployments = problem.deployments.map((each) => (each.id === 'api' ? { ...each, replicas: 3 } : each))
    return { problem: { ...problem, deployments, replicas: [...problem.replicas, others] }, ...rest }
  }
  const trial = tryController({
    cluster,
    parts: { read },
    policy: { ...atOnce, execution: { limits: { inFlight: 1 } } }
  })
  cluster.clock.after(20_000, () => {
    hasCome = true
  })
  cluster.clock.after(200_000, () => {
    hasCome = false
  })
  const report = await cluster.clock.run(() => trial.controller.step())
  expect(trial.told('drifted')[0]).toMatchObject({ reason: 'stranger has come to n4, which is being emptied' })
  expect(trial.told('executed')[0]).toMatchObject({ report: { outcome: 'aborted' } })
  expect(report.plans).toBeGreaterThan(1)
  const { unrest, hosts } = await describeCluster(cluster)
  expect(unrest).toEqual([])
  expect(Object.keys(hosts)).toContain('n4')
})

test('a journal that fails while the cluster changes is a failure, and no other plan follows at once', async () => {
  const cluster = simulatedCluster(smallFleet())
  const stranger = { id: 'stranger', deployment: 'api', node: 'n4' } as const
  let hasCome = false
  const read = async (): Promise<Snapshot> => {
    const { problem, ...rest } = await cluster.read()
    return hasCome
      ? { problem: { ...problem, replicas: [...problem.replicas, stranger] }, ...rest }
      : { problem, ...rest }
  }
  const kept = memoryJournal()
  const journal: Journal = {
    read: () => kept.read(),
    append: async (entry) => {
      if (hasCome) throw new Error('the disk is full')
      await kept.append(entry)
    }
  }
  const trial = tryController({ cluster, parts: { read, journal }, policy: atOnce })
  cluster.clock.after(10_000, () => {
    hasCome = true
  })
  const report = await cluster.clock.run(() => trial.controller.step())
  expect(report).toMatchObject({ outcome: 'failed', plans: 1, message: 'journal failed: the disk is full' })
  expect(trial.told('failed')).toMatchObject([{ part: 'journal', reason: 'the disk is full' }])
})

test('a start that the cluster no longer has room for halts the plan, and another one is made at once', async () => {
  const cluster = simulatedCluster(smallFleet())
  const { driver: own } = cluster
  let isClosed = false
  const driver = {
    ...own,
    // After the comparison, and before the first start.
    cordon: async (...asked: Parameters<typeof own.cordon>) => {
      await own.cordon(...asked)
      if (!isClosed) cluster.close('n1')
      isClosed = true
    }
  }
  const trial = tryController({ cluster, parts: { driver }, policy: { ...atOnce, watchSeconds: 0 } })
  const report = await cluster.clock.run(() => trial.controller.step())
  expect(trial.told('drifted')[0]).toMatchObject({ reason: 'n1 takes no newcomers' })
  expect(report).toMatchObject({ outcome: 'executed', plans: 2 })
  expect((await describeCluster(cluster)).unrest).toEqual([])
  expect(report.result?.objective?.costPerHour).toBe(2)
})

describe('a node that cannot be given back in the end', () => {
  /** The driver refuses to give n4 back; `stray` is seen there from then on. */
  function refused(stray: Partial<{ replica: boolean; capacity: number }>) {
    const cluster = simulatedCluster(smallFleet())
    const { driver: own } = cluster
    let hasCome = false
    const read = async (): Promise<Snapshot> => {
      const { problem, ...rest } = await cluster.read()
      if (!hasCome) return { problem, ...rest }
      const { capacity, replica } = stray
      const nodes = problem.nodes.map((node) =>
        node.id === 'n4' && capacity !== undefined ? { ...node, capacity: { cpu: capacity } } : node
      )
      const stranger = { id: 'stranger', deployment: 'api', node: 'n4' } as const
      const replicas = replica === true ? [...problem.replicas, stranger] : problem.replicas
      return { problem: { ...problem, nodes, replicas }, ...rest }
    }
    const driver = {
      ...own,
      release: async (...asked: Parameters<typeof own.release>) => {
        if (asked[0].node !== 'n4') return own.release(...asked)
        hasCome = true
        throw new StepError('refused', 'n4 is not empty')
      }
    }
    const policy = { ...atOnce, watchSeconds: 0 }
    return { cluster, trial: tryController({ cluster, parts: { read, driver }, policy }) }
  }

  test.each([
    ['a replica', { replica: true }, 'stranger has come to n4, which was to be given back'],
    ['something else', { capacity: 3 }, 'others have come to n4, which was to be given back']
  ])('because %s has come there is no failure: it is planned again', async (_, stray, reason) => {
    const { cluster, trial } = refused(stray)
    await cluster.clock.run(() => trial.controller.step())
    expect(trial.told('executed')).toMatchObject([{ report: { outcome: 'failed', firstFault: { fault: 'refused' } } }])
    expect(trial.told('drifted')).toMatchObject([{ reason }])
    expect(trial.told('failed', 'backing-off')).toEqual([])
    expect((await describeCluster(cluster)).unrest).toEqual([])
  })

  test.each([
    ['for no reason that can be seen', {}],
    ['though something has left it', { capacity: 5 }]
  ])('%s is a failure', async (_, stray) => {
    const { cluster, trial } = refused(stray)
    const report = await cluster.clock.run(() => trial.controller.step())
    expect(report).toMatchObject({ outcome: 'failed', message: 'execution failed: n4 is not empty' })
    expect(trial.told('drifted')).toEqual([])
  })
})

test('an execution that takes too long ends what it has begun, and the rest is planned again at once', async () => {
  const trial = tryController({
    policy: { stabilitySeconds: 0, executionSeconds: 50, execution: { limits: { inFlight: 1 } } }
  })
  const report = await trial.cluster.clock.run(() => trial.controller.step())
  expect(trial.told('overdue')[0]).toMatchObject({ at: 50_000, seconds: 50 })
  const [first, second] = trial.told('executed').map((event) => (event.kind === 'executed' ? event.report : null))
  expect(first?.outcome).toBe('aborted')
  expect(first?.moves.filter(({ outcome }) => outcome === 'done')).toHaveLength(1)
  expect(second).toMatchObject({ outcome: 'completed', moves: [{ outcome: 'done' }] })
  expect(report).toMatchObject({ outcome: 'executed', plans: 2 })
  expect(trial.told('failed', 'drifted', 'backing-off')).toEqual([])
  expect(await describeCluster(trial.cluster)).toMatchObject({ unrest: [], hosts: { n1: { length: 4 } } })
})

describe('executions that take too long and get nothing done', () => {
  /** No copy is ready before it is too late, until `isMended`, nor does one stop. `surplus`: so many copies are to go, and none to move. */
  function slowStarts(policy: PolicyInput, surplus = 0) {
    const { deployments, ...fleet } = smallFleet()
    const wanted = deployments.map((each) => (each.id === 'web' ? { ...each, replicas: 6 - surplus } : each))
    const cluster = simulatedCluster({ ...fleet, deployments: wanted })
    const { driver: own } = cluster
    const state = { isMended: false }
    const driver = {
      ...own,
      ready: async (...asked: Parameters<typeof own.ready>) => {
        if (state.isMended) return own.ready(...asked)
        await cluster.clock.sleep(80_000)
        throw new Error('not ready')
      },
      stop: async (...asked: Parameters<typeof own.stop>) => {
        if (state.isMended || asked[1].id.includes('undo')) return own.stop(...asked)
        await cluster.clock.sleep(80_000)
        throw new Error('not stopped')
      }
    }
    const trial = tryController({
      cluster,
      parts: { driver },
      policy: { ...atOnce, watchSeconds: 0, executionSeconds: 50, execution: { retries: 0 }, ...policy }
    })
    return { cluster, trial, state }
  }

  test('are a failure when there are too many in a row', async () => {
    const { cluster, trial } = slowStarts({ replanOnDrift: 2 })
    const report = await cluster.clock.run(() => trial.controller.step())
    expect(trial.told('overdue')).toHaveLength(3)
    const reason = '3 executions in a row took longer than 50 s and got nothing done'
    expect(report).toMatchObject({ outcome: 'failed', plans: 3, message: `execution failed: ${reason}` })
    expect(trial.told('failed')).toMatchObject([{ part: 'execution', reason }])
    expect(trial.told('drifted')).toEqual([])
    expect((await describeCluster(cluster)).unrest).toEqual([])
  })

  test('also where copies drain and never stop', async () => {
    const { cluster, trial } = slowStarts({ replanOnDrift: 1 }, 2)
    const report = await cluster.clock.run(() => trial.controller.step())
    expect(trial.told('overdue')).toHaveLength(2)
    expect(report).toMatchObject({ outcome: 'failed', plans: 2 })
    const [first] = trial.told('executed').map((event) => (event.kind === 'executed' ? event.report : null))
    expect(first?.steps.find(({ id }) => id.includes('drain'))).toMatchObject({ state: 'done' })
    expect(first?.moves).toMatchObject([
      { to: null, outcome: 'stuck' },
      { to: null, outcome: 'stuck' }
    ])
  })

  test('are counted from round to round, until something gets done', async () => {
    const policy = {
      replanOnDrift: 1,
      backoff: { firstSeconds: 10 },
      cooldown: { deploymentSeconds: 0, nodeSeconds: 0 }
    }
    const { cluster, trial, state } = slowStarts(policy)
    const waits = () => trial.told('backing-off').map((event) => 'seconds' in event && event.seconds)
    await trial.runFor(330)
    expect(trial.told('overdue')).toHaveLength(3)
    expect(waits()).toEqual([10, 20])
    state.isMended = true
    await trial.runFor(1000)
    expect(trial.controller.state().backoff.failures).toBe(0)
    expect(waits()).toEqual([10, 20])
    expect(await describeCluster(cluster)).toMatchObject({ unrest: [], hosts: { n1: { length: 4 } } })
  })
})
