import { describe, expect, test } from 'vitest'
import type { ProblemInput } from '../../models/contract/problem.js'
import { simulatedCluster } from '../../src/simulation/live-cluster.js'
import { describeCluster, smallFleet, tryController } from './small-fleet.js'

const policy = { intervalSeconds: 10, stabilitySeconds: 300 } as const

/** A cluster that is read as it is, until it is said to be otherwise at a moment. */
function changing(before: ProblemInput, seconds: number, after: ProblemInput) {
  const cluster = simulatedCluster(before)
  let now = before
  cluster.clock.after(seconds * 1000, () => {
    now = after
  })
  return { cluster, parts: { read: async () => ({ problem: now }) } }
}

describe('the delay begins anew', () => {
  const fleet = smallFleet()
  const [web, api] = fleet.deployments
  if (web === undefined || api === undefined) throw new Error('there are two deployments')
  test.each([
    [
      'a desired count',
      {
        deployments: [
          { ...web, replicas: 6 },
          { ...api, replicas: 2 }
        ]
      },
      { deployments: [web, { ...api, replicas: 2 }] }
    ],
    ['a demand', {}, { deployments: [web, { ...api, demand: { cpu: 0.5 } }] }],
    ['the set of nodes', {}, { nodes: [...fleet.nodes, { id: 'n5', capacity: { cpu: 4 }, costPerHour: 1 }] }],
    [
      'the place of a replica',
      {},
      { replicas: fleet.replicas.map((each) => (each.id === 'web-5' ? { ...each, node: 'n3' } : each)) }
    ]
  ] satisfies readonly [string, Partial<ProblemInput>, Partial<ProblemInput>][])(
    'when %s changes',
    async (what, before, after) => {
      const trial = tryController({
        ...changing(smallFleet(before), 205, smallFleet(after)),
        policy: { ...policy, mode: 'recommend' }
      })
      await trial.runFor(1000)
      // The same count in other words is no change.
      const expected = what === 'a desired count' ? 300_000 : 510_000
      expect(trial.told('planned')[0]?.at).toBe(expected)
    }
  )
})

test('nothing is planned while copies start or drain; one that does so for ever is planned with in the end', async () => {
  for (const state of ['starting', 'draining'] as const) {
    const replicas = smallFleet().replicas.map((each) => (each.id === 'web-5' ? { ...each, state } : each))
    const problem = smallFleet({ replicas })
    const trial = tryController({
      parts: { read: async () => ({ problem }) },
      policy: { ...policy, mode: 'recommend', stabilitySeconds: 60 }
    })
    await trial.runFor(1000)
    expect(trial.told('waiting')[0]).toMatchObject({ reason: 'in-flight', subject: 'web' })
    // Three times as long as it should take, and at least the delay.
    expect(trial.told('planned')[0]?.at).toBe(state === 'starting' ? 180_000 : 90_000)
  }
})

test('replicas without a node are waited for; where the policy says so they are placed after the delay', async () => {
  const replicas = [...smallFleet().replicas, { id: 'web-6', deployment: 'web', node: null }]
  const read = async () => ({ problem: smallFleet({ replicas }) })
  const waiting = tryController({ parts: { read }, policy: { ...policy, mode: 'recommend' } })
  await waiting.runFor(2000)
  expect(waiting.told('planned')).toEqual([])
  expect(waiting.told('waiting')).toMatchObject([{ reason: 'pending', subject: 'web', remainingSeconds: null }])
  const placing = tryController({ parts: { read }, policy: { ...policy, mode: 'recommend', pending: 'place' } })
  await placing.runFor(2000)
  expect(placing.told('planned')[0]?.at).toBe(300_000)
})

test('with the scope of a deployment only what has changed is left alone', async () => {
  const cluster = simulatedCluster(smallFleet())
  // One deployment never comes to rest.
  const flap = (number: number) => {
    cluster.scale('api', 2 + (number % 2))
    if (number < 60) cluster.clock.after(60_000, () => flap(number + 1))
  }
  flap(0)
  const trial = tryController({ cluster, policy: { ...policy, stabilityScope: 'deployment' } })
  await trial.runFor(3000)
  const executed = trial.told('executed')
  expect(executed.length).toBeGreaterThan(0)
  for (const event of executed) {
    if (event.kind !== 'executed') continue
    for (const { replica, from, to } of event.report.moves) {
      if (from !== null && to !== null) expect(replica).toMatch(/^web/)
    }
  }
  const { hosts } = await describeCluster(cluster)
  expect(Object.keys(hosts).length).toBeLessThan(4)
})

test('with the scope of the cluster one that never comes to rest keeps everything waiting', async () => {
  const cluster = simulatedCluster(smallFleet())
  const flap = (number: number) => {
    cluster.scale('api', 2 + (number % 2))
    if (number < 60) cluster.clock.after(60_000, () => flap(number + 1))
  }
  flap(0)
  const trial = tryController({ cluster, policy })
  await trial.runFor(3000)
  expect(trial.told('planned')).toEqual([])
})

test.each(['cluster', 'deployment'] as const)(
  'a deployment that vanishes takes no node along at once, with the scope of a %s',
  async (stabilityScope) => {
    const { nodes, deployments, replicas } = smallFleet()
    const apart = replicas.map((each) => ({ ...each, node: each.deployment === 'web' ? 'n1' : 'n2' }))
    const large = nodes.slice(0, 2).map((node) => ({ ...node, capacity: { cpu: 6 } }))
    const whole = smallFleet({ nodes: large, replicas: apart })
    const part = {
      ...whole,
      deployments: deployments.filter(({ id }) => id === 'web'),
      replicas: apart.filter(({ deployment }) => deployment === 'web')
    }
    const { cluster, parts } = changing(whole, 1000, part)
    const asked: string[] = []
    const verbs = ['cordon', 'release'] as const
    const spies = verbs.map((verb) => [verb, async ({ node }: { node: string }) => asked.push(`${verb} ${node}`)])
    const trial = tryController({
      cluster,
      parts: { ...parts, driver: { ...cluster.driver, ...Object.fromEntries(spies) } },
      policy: { ...policy, stabilityScope, cooldown: { nodeSeconds: 300 } }
    })
    await trial.runFor(1290)
    expect(asked).toEqual([])
    // What has gone for good leaves its node behind.
    await trial.runFor(30)
    expect(asked).toContain('release n2')
  }
)

test('a node that is idle at the beginning may have just come, and is not given back before its cool-down is over', async () => {
  const idle = { id: 'idle', capacity: { cpu: 4 }, costPerHour: 1 }
  const trial = tryController({
    problem: smallFleet({ nodes: [...smallFleet().nodes, idle] }),
    policy: { ...policy, stabilityScope: 'deployment', cooldown: { nodeSeconds: 600 } }
  })
  await trial.runFor(599)
  expect((await describeCluster(trial.cluster)).hosts).toHaveProperty('idle')
  await trial.runFor(100)
  expect((await describeCluster(trial.cluster)).hosts).not.toHaveProperty('idle')
})
