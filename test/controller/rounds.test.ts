import { expect, test } from 'vitest'
import { verifyResult } from '../../models/verify.js'
import { describeCluster, smallFleet, tryController } from './small-fleet.js'

test('waits until nothing has changed, plans, carries out, and then has nothing to do', async () => {
  const trial = tryController()
  await trial.runFor(3600)
  const kinds = trial.events.map(({ kind }) => kind).filter((kind) => kind !== 'execution' && kind !== 'round')
  expect(kinds.slice(0, 4)).toEqual(['started', 'waiting', 'planned', 'executing'])
  expect(kinds.filter((kind) => kind === 'executing')).toHaveLength(1)
  expect(kinds.slice(-2)).toEqual(['planned', 'stopped'])
  expect(await describeCluster(trial.cluster)).toEqual({
    hosts: { n1: ['api', 'web', 'web', 'web'], n2: ['api', 'web', 'web', 'web'] },
    unrest: []
  })
  expect(trial.controller.state()).toMatchObject({ phase: 'stopped', lastRound: { outcome: 'nothing-better' } })
})

test('nothing is planned before the delay is over, and what waits is told once', async () => {
  const trial = tryController({ policy: { stabilitySeconds: 200, intervalSeconds: 50 } })
  await trial.runFor(190)
  expect(trial.told('waiting')).toHaveLength(1)
  expect(trial.told('waiting')[0]).toMatchObject({ at: 0, reason: 'changed', remainingSeconds: 200 })
  expect(trial.told('planned')).toEqual([])
  expect(trial.told('round')).toHaveLength(4)
})

test('a recommendation is told once for each plan, is a plan that the checker passes, and the driver is never asked', async () => {
  const cluster = { calls: 0 }
  const driver = new Proxy({}, { get: () => () => cluster.calls++ }) as never
  const trial = tryController({ policy: { mode: 'recommend' }, parts: { driver } })
  await trial.runFor(3600)
  expect(trial.told('recommended')).toHaveLength(1)
  expect(trial.controller.state().lastRound).toMatchObject({ outcome: 'recommended', plans: 0 })
  const [event] = trial.told('recommended')
  if (event?.kind !== 'recommended') throw new Error('nothing is recommended')
  expect(event.savingPerHour).toBe(2)
  expect(verifyResult(event.problem, event.result)).toEqual([])
  // Another plan is another recommendation; the same one again is none.
  trial.cluster.scale('web', 4)
  await trial.runFor(3600)
  expect(trial.told('recommended')).toHaveLength(2)
  trial.cluster.scale('web', 5)
  await trial.runFor(3600)
  expect(trial.told('planned').length).toBeGreaterThan(2)
  expect(trial.told('recommended')).toHaveLength(2)
  expect(cluster.calls).toBe(0)
})

test('without a mode and a driver it recommends', async () => {
  const trial = tryController({ parts: { driver: undefined, policy: {} } as never })
  await trial.runFor(1000)
  expect(trial.told('started')[0]).toMatchObject({ mode: 'recommend' })
  expect(trial.told('recommended')).toHaveLength(1)
})

test('a step is a round, and says what became of it', async () => {
  const { controller, cluster } = tryController({ policy: { stabilitySeconds: 0 } })
  const report = await cluster.clock.run(() => controller.step())
  expect(report).toMatchObject({ outcome: 'executed', at: 0, plans: 1, execution: { outcome: 'completed' } })
  expect(report.seconds).toBeGreaterThan(90)
  expect(report.result?.objective?.costPerHour).toBe(2)
  expect(JSON.parse(JSON.stringify(controller.state()))).toEqual(controller.state())
})

test('two rounds at a time are refused', async () => {
  const { controller, cluster } = tryController()
  await cluster.clock.run(async () => {
    const first = controller.step()
    await expect(controller.step()).rejects.toThrow('running already')
    await expect(controller.run(new AbortController().signal)).rejects.toThrow('running already')
    await first
  })
})

test('a round moves no more than the policy allows', async () => {
  const trial = tryController({
    policy: { stabilitySeconds: 0, maxMigrationsPerRound: 1, gate: { minSavingShare: 0 } }
  })
  const report = await trial.cluster.clock.run(() => trial.controller.step())
  expect(report.execution?.moves).toHaveLength(1)
})

test('what cannot be satisfied is told, with the reason', async () => {
  const replicas = [...smallFleet().replicas, { id: 'web-9', deployment: 'web', node: null }]
  const deployments = [
    { id: 'web', demand: { cpu: 1 }, nodeSelector: { gpu: 'yes' } },
    ...smallFleet().deployments.slice(1)
  ]
  const trial = tryController({
    problem: smallFleet({ replicas, deployments }),
    policy: { pending: 'place', mode: 'recommend' }
  })
  await trial.runFor(1000)
  expect(trial.controller.state().lastRound).toMatchObject({ outcome: 'infeasible' })
  expect(trial.told('kept')).toHaveLength(1)
})
