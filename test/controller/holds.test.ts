import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseProblem } from '../../models/contract/parse.js'
import { verifyResult } from '../../models/verify.js'
import { compact } from '../../src/compact.js'
import { imposeHolds } from '../../src/controller/impose-holds.js'
import { simulatedCluster } from '../../src/simulation/live-cluster.js'
import { smallFleet, tryController } from './small-fleet.js'

const fleet = parseProblem(smallFleet())
const ids = (items: readonly { readonly id: string }[]) => items.map(({ id }) => id)

describe('what is held stays, in every plan of the Problem that says so', () => {
  test('deployments keep their nodes, held nodes keep what they have, and the checker agrees', async () => {
    const some = (all: readonly string[]) => fc.subarray([...all]).map((list) => new Set(list))
    const held = fc.record({
      deployments: some(ids(fleet.deployments)),
      nodes: some([...ids(fleet.nodes), 'idle']),
      unsettled: fc.constant(new Set<string>()),
      givenBack: fc.constant(new Set<string>()),
      replicas: some(ids(fleet.replicas))
    })
    const problem = { ...fleet, nodes: [...fleet.nodes, { ...fleet.nodes[0], id: 'idle' }] } as typeof fleet
    await fc.assert(
      fc.asyncProperty(held, async (each) => {
        const imposed = imposeHolds(problem, each)
        expect(parseProblem(imposed)).toEqual(imposed)
        const result = await compact(imposed, { solver: 'greedy' })
        expect(verifyResult(imposed, result)).toEqual([])
        const homes = new Map(result.placement.map(({ replica, node }) => [replica, node]))
        for (const { id, deployment, node } of problem.replicas) {
          const isHeld = each.deployments.has(deployment) || each.nodes.has(node ?? '') || each.replicas.has(id)
          if (isHeld) expect(homes.get(id)).toBe(node)
        }
        for (const node of each.nodes) expect(result.releasedNodes).not.toContain(node)
        // Nothing is drawn to a node that is only kept.
        if (each.nodes.has('idle')) expect([...homes.values()]).not.toContain('idle')
      }),
      { numRuns: 40, seed: 7 }
    )
  })

  test('surplus may go from a deployment that is held, but not from one that somebody else is scaling', async () => {
    const surplus = { ...fleet, deployments: fleet.deployments.map((each) => ({ ...each, replicas: 1 })) }
    const web = {
      deployments: new Set(['web']),
      nodes: new Set<string>(),
      unsettled: new Set<string>(),
      givenBack: new Set<string>(),
      replicas: new Set<string>()
    }
    const stops = (await compact(imposeHolds(surplus, web), { solver: 'greedy' })).plan.steps.filter(
      (step) => step.action === 'stop'
    )
    expect(stops).toHaveLength(6)
    const left = imposeHolds(surplus, { ...web, unsettled: new Set(['web']) })
    const kept = (await compact(left, { solver: 'greedy' })).placement.filter(({ replica }) =>
      replica.startsWith('web')
    )
    expect(kept).toHaveLength(6)
  })

  test('what must be emptied is never held', async () => {
    const nodes = fleet.nodes.map((node) => ({ ...node, mustEmpty: node.id === 'n4' }))
    const everything = {
      deployments: new Set(ids(fleet.deployments)),
      nodes: new Set(ids(nodes)),
      unsettled: new Set<string>(),
      givenBack: new Set<string>(),
      replicas: new Set<string>()
    }
    const result = await compact(imposeHolds({ ...fleet, nodes }, everything), { solver: 'greedy' })
    expect(result.releasedNodes).toEqual(['n4'])
    expect(result.objective?.migrations).toBe(1)
  })
})

test('after a plan its deployments and nodes are left alone for a while', async () => {
  const trial = tryController({
    policy: {
      stabilitySeconds: 30,
      intervalSeconds: 10,
      maxMigrationsPerRound: 1,
      cooldown: { deploymentSeconds: 1000, nodeSeconds: 400 }
    }
  })
  await trial.runFor(300)
  const [first] = trial.told('executed')
  const ended = first?.at ?? 0
  const { held } = trial.controller.state()
  expect(held.deployments).toEqual([{ id: 'web', until: ended + 1_000_000, reason: 'cool-down' }])
  expect(held.nodes.every(({ until }) => until === ended + 400_000)).toBe(true)
  await trial.runFor(3000)
  const [, second] = trial.told('executing')
  expect((second?.at ?? 0) - ended).toBeGreaterThanOrEqual(1_000_000)
})

test('a node that has just come is not given back at once', async () => {
  const before = smallFleet()
  const after = smallFleet({ nodes: [...before.nodes, { id: 'n5', capacity: { cpu: 4 }, costPerHour: 1 }] })
  const cluster = simulatedCluster(before)
  let problem = before
  cluster.clock.after(95_000, () => {
    problem = after
  })
  const trial = tryController({
    cluster,
    parts: { read: async () => ({ problem }) },
    policy: { mode: 'recommend', stabilitySeconds: 30, intervalSeconds: 10, cooldown: { nodeSeconds: 500 } }
  })
  await trial.runFor(1000)
  const releases = trial.told('planned').map((event) => {
    return event.kind === 'planned' && event.result.releasedNodes.includes('n5') ? event.at : 0
  })
  expect(Math.min(...releases.filter((at) => at > 0))).toBe(600_000)
})

test('a new controller knows by the age of replicas what was moved before it came', async () => {
  const cluster = simulatedCluster(smallFleet())
  await cluster.clock.run(() => cluster.clock.sleep(2_000_000))
  const startedAt = { 'web-0': 1_500_000, 'web-1': new Date(10_000), 'api-0': new Date(100).toISOString(), gone: 5 }
  const trial = tryController({
    cluster,
    parts: { read: async () => ({ problem: smallFleet(), startedAt }) },
    policy: { mode: 'recommend', stabilitySeconds: 0 }
  })
  await trial.runFor(1)
  expect(trial.controller.state().held).toEqual({
    deployments: [{ id: 'web', until: 3_300_000, reason: 'cool-down' }],
    nodes: [{ id: 'n1', until: 2_100_000, reason: 'cool-down' }]
  })
})
