import { compact, type ProblemInput } from 'replica-compactor'
import { expect, test } from 'vitest'
import { verifyPlacement } from '../../models/checker/verify-placement.js'
import { holes } from '../../src/capacity/holes/holes.js'
import type { Evidence } from '../../src/capacity/question/options.js'
import { reach } from '../../src/capacity/reach/reach.js'
import { node, readFixture, running } from '../compact/planned.js'
import { randomCluster } from '../compact/random-cluster.js'

const QUICK = { timeLimitMs: 4_000, threads: 1 }

function expectChecked({ shows, problem, placement }: Evidence): void {
  expect(verifyPlacement(problem, placement), shows).toEqual([])
}

const simple: ProblemInput = {
  schemaVersion: 1,
  nodes: [node('a'), node('b'), node('c')],
  nodeTypes: [{ type: 'more', capacity: { cpu: 4 }, costPerHour: 2, maxNew: 2 }],
  deployments: [
    { id: 'web', demand: { cpu: 1 } },
    { id: 'big', demand: { cpu: 3 } }
  ],
  replicas: [...running('web', 'a', 'b', 'c'), ...running('big', 'a')]
}

test('how far a small cluster reaches, on the nodes of the plan, on all of them, and with purchases', async () => {
  const { scenarios, notes } = await reach(simple, { ...QUICK, onPlacement: expectChecked })
  const figures = scenarios.map(({ nodes, moves, all, deployments }) => [
    nodes,
    moves,
    all.fits?.factor,
    ...deployments.map(({ fits }) => fits?.added)
  ])
  expect(figures).toEqual([
    // Two nodes: one is full of big and a web, the other has room for two. A second big one is wanted from the first growth on.
    ['plan', 'repack', 1, 2, 0],
    ['plan', 'none', 1, 2, 0],
    ['listed', 'repack', 2, 6, 2],
    ['listed', 'none', 2, 6, 2],
    ['purchasable', 'repack', 3, 14, 4],
    ['purchasable', 'none', 3, 14, 4]
  ])
  expect(notes).toEqual([])
})

test('holes of a small cluster, now and after the plan', async () => {
  const { now, after } = await holes(simple, { ...QUICK, onPlacement: expectChecked })
  expect([now.activeNodes, after?.activeNodes]).toEqual([3, 2])
  expect(now.deployments.map(({ fits, gap }) => [fits?.added, gap])).toEqual([
    [6, 0],
    [2, 0]
  ])
  expect(after?.deployments.map(({ fits, gap }) => [fits?.added, gap])).toEqual([
    [2, 0],
    [0, 0]
  ])
})

test('rules across nodes, shares of devices and places count', async () => {
  const cluster: ProblemInput = {
    schemaVersion: 1,
    nodes: ['x', 'x', 'y'].map((zone, index) =>
      node(`n${index}`, { capacity: { cpu: 8, gpu: 2 }, labels: { zone }, releasable: false })
    ),
    deployments: [
      { id: 'apart', demand: { cpu: 1 } },
      { id: 'share', demand: { cpu: 0.5, gpu: 0.4 } },
      { id: 'placed', demand: { cpu: 1 }, maxReplicasPerNode: 2 },
      { id: 'whole', demand: { cpu: 1, gpu: 2 } }
    ],
    replicas: [
      ...running('apart', 'n0'),
      { id: 's', deployment: 'share', node: 'n0', devices: { gpu: [1] } },
      ...running('placed', 'n0')
    ],
    rules: [{ kind: 'anti-affinity', deployments: ['apart'], topologyKey: 'zone', max: 2 }]
  }
  const { now } = await holes(cluster, { ...QUICK, onPlacement: expectChecked })
  const added = Object.fromEntries(now.deployments.map(({ deployment, fits, gap }) => [deployment, [fits?.added, gap]]))
  // Two per zone less the one there; two shares of 0.4 per device; two on each node; and only free pairs of devices.
  expect(added).toEqual({ apart: [3, 0], share: [11, 0], placed: [5, 0], whole: [2, 0] })
  const [gpu] = now.fragmentation
  expect(gpu).toMatchObject({ resource: 'gpu', free: 5.6 })
  // Only `share` runs; it can use every device.
  expect(gpu?.expected).toBe(0)
})

test('every placement passes the checker, on random clusters with every rule', async () => {
  let shown = 0
  for (let seed = 600; seed < 612; seed++) {
    const problem = randomCluster(seed)
    const options = {
      timeLimitMs: 1_500,
      threads: 1,
      onPlacement: (evidence: Evidence) => {
        expectChecked(evidence)
        shown++
      }
    }
    for (const answer of [await reach(problem, options), await holes(problem, options)]) {
      expect(JSON.parse(JSON.stringify(answer))).toEqual(answer)
    }
  }
  expect(shown).toBeGreaterThan(50)
})

test('of a real cluster the holes are exact one by one, and a plan that is given is used', async () => {
  const problem = readFixture('openb/openb-slice-30')
  const plan = await compact(problem, { timeLimitMs: 3_000 })
  const answer = await holes(problem, { timeLimitMs: 20_000, plan, onPlacement: expectChecked })
  expect(answer.after?.costPerHour).toBeCloseTo(plan.objective?.costPerHour ?? Number.NaN)
  for (const when of [answer.now, answer.after]) {
    for (const { gap } of when?.deployments ?? []) expect(gap).toBe(0)
  }
  const reached = await reach(problem, { timeLimitMs: 10_000, plan, nodes: ['plan'], moves: ['none'] })
  const ofPlan = reached.scenarios[0]?.deployments.map(({ fits }) => fits?.added)
  expect(ofPlan).toEqual(answer.after?.deployments.map(({ fits }) => fits?.added))
})

test('the same seed and work limit give the same answer with any number of threads', async () => {
  const problem = readFixture('openb/openb-slice-30')
  const answers = []
  for (const threads of [1, 2]) {
    const options = { workLimit: 2_000, threads, deployments: ['shape-0', 'shape-2'] }
    const { seconds: _, ...answer } = await reach(problem, options)
    answers.push(answer)
  }
  expect(answers[1]).toEqual(answers[0])
})

test('faults are named: options, deployments, plans of other Problems, values that are none', async () => {
  const other = await compact(simple, { timeLimitMs: 1_000, threads: 1 })
  await expect(reach(simple, { nodes: ['all'] as never })).rejects.toThrow(/nodes: found .*plan, listed, purchasable/)
  await expect(reach(simple, { deployments: ['web', 'wbe'] })).rejects.toThrow(/deployments\[1\]: found "wbe"/)
  await expect(holes({ ...simple, name: 'another' }, { plan: other })).rejects.toThrow(/plan: problem.fingerprint/)
  await expect(holes(simple, { deployments: 'web' as never })).rejects.toThrow(/deployments: found "web"/)
  await expect(holes(null as never)).rejects.toThrow(/problem: found null/)
})
