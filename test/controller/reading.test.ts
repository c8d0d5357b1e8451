import { expect, test } from 'vitest'
import { InputError } from '../../models/contract/parse.js'
import { readSnapshot } from '../../src/controller/read-snapshot.js'
import { simulatedCluster } from '../../src/simulation/live-cluster.js'
import { smallFleet, tryController } from './small-fleet.js'

test('a Problem alone is a snapshot', () => {
  const { problem, startedAt, ownCordons } = readSnapshot(smallFleet())
  expect(problem.replicas).toHaveLength(8)
  expect(startedAt.size).toBe(0)
  expect(ownCordons).toEqual([])
})

test('moments may be said in any way, of replicas with any name', () => {
  const startedAt = new Map<string, unknown>([
    ['__proto__', 5],
    ['b', new Date(6)],
    ['c', '1970-01-01T00:00:00.007Z']
  ])
  expect([...readSnapshot({ problem: smallFleet(), startedAt }).startedAt]).toEqual([
    ['__proto__', 5],
    ['b', 6],
    ['c', 7]
  ])
})

test.each([
  [{ problem: smallFleet(), startedAt: 5 }, 'startedAt'],
  [{ problem: smallFleet(), startedAt: { a: 'yesterday' } }, 'startedAt.a'],
  [{ problem: smallFleet(), startedAt: { 'a b': Number.NaN } }, 'startedAt["a b"]'],
  [{ problem: smallFleet(), ownCordons: 'n1' }, 'ownCordons'],
  [{ problem: {} }, 'schemaVersion'],
  [[], ''],
  [null, '']
])('%j is refused at %s', (given, path) => {
  expect(() => readSnapshot(given)).toThrow(InputError)
  try {
    readSnapshot(given)
  } catch (fault) {
    expect((fault as InputError).issues[0]?.path).toBe(path)
  }
})

test('only nodes that are there and closed count as closed by an earlier plan', () => {
  const nodes = smallFleet().nodes.map((node) => ({ ...node, acceptsReplicas: node.id !== 'n1' }))
  expect(readSnapshot({ problem: smallFleet({ nodes }), ownCordons: ['n1', 'n2', 'gone'] }).ownCordons).toEqual(['n1'])
})

test('what an earlier plan has left closed is opened at once, whatever is in flight; what stays closed is let be', async () => {
  const cluster = simulatedCluster(smallFleet())
  const asked: string[] = []
  const nodes = smallFleet().nodes.map((node) => ({ ...node, acceptsReplicas: node.id === 'n1' }))
  const pending = [...smallFleet().replicas, { id: 'web-7', deployment: 'web', node: null }]
  const read = async () => ({ problem: smallFleet({ nodes, replicas: pending }), ownCordons: ['n2', 'n3'] })
  const driver = {
    ...cluster.driver,
    uncordon: async ({ node }: { readonly node: string }) => {
      asked.push(node)
    }
  }
  const trial = tryController({ cluster, parts: { read, driver: async () => driver } })
  const report = await cluster.clock.run(() => trial.controller.step())
  expect(report.outcome).toBe('reopened')
  expect(asked).toEqual(['n2', 'n3'])
  expect(trial.told('reopened')).toMatchObject([{ nodes: ['n2', 'n3'] }])
  await trial.runFor(300)
  expect(asked).toHaveLength(2)
  await trial.runFor(600)
  expect(asked).toHaveLength(4)
})

test('one that cannot be opened keeps neither the others closed nor everything waiting, and is tried again later', async () => {
  const cluster = simulatedCluster(smallFleet())
  const asked: string[] = []
  const nodes = smallFleet().nodes.map((node) => ({ ...node, acceptsReplicas: node.id === 'n1' || node.id === 'n2' }))
  const read = async () => ({ problem: smallFleet({ nodes }), ownCordons: ['n3', 'n4'] })
  const driver = {
    ...cluster.driver,
    uncordon: async ({ node }: { readonly node: string }) => {
      asked.push(node)
      if (node === 'n3') throw new Error('its kubelet is silent')
    }
  }
  const trial = tryController({ cluster, parts: { read, driver }, policy: { stabilitySeconds: 300, watchSeconds: 0 } })
  await trial.runFor(299)
  expect(asked).toEqual(['n3', 'n4'])
  expect(trial.told('reopened')).toMatchObject([{ nodes: ['n4'] }])
  expect(trial.told('failed')).toMatchObject([{ part: 'driver', reason: 'n3 stays closed: its kubelet is silent' }])
  expect(trial.controller.state()).toMatchObject({ backoff: { failures: 0 }, lastRound: { outcome: 'unstable' } })
  await trial.runFor(700)
  expect(asked.slice(0, 4)).toEqual(['n3', 'n4', 'n3', 'n4'])
})

test('every event has a time and a line of plain text', async () => {
  const trial = tryController({ weather: { failureRate: 0.3, seed: 2 } })
  await trial.runFor(7200)
  expect(trial.events.length).toBeGreaterThan(40)
  for (const { at, message, kind } of trial.events) {
    expect(Number.isFinite(at)).toBe(true)
    expect(message, kind).toMatch(/^\S[^\n]*$/)
    expect(message, kind).not.toMatch(/undefined|NaN|\[object/)
  }
})
