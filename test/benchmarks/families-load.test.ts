import { brokenRules, type ProblemInput, parseProblem, stayIsLegal } from 'replica-compactor'
import { describe, expect, test } from 'vitest'
import { makeDense } from '../../benchmarks/families/dense.mjs'
import { makeLoad } from '../../benchmarks/families/load.mjs'
import { Room } from '../../benchmarks/families/room.mjs'
import { makeSynthetic } from '../../benchmarks/families/synthetic.mjs'
import { read } from '../../benchmarks/instances.mjs'

const whole: ProblemInput = read('fixtures', 'openb/openb-whole.problem.json')
const slice: ProblemInput = read('fixtures', 'openb/openb-slice-120.problem.json')

/** GPUs that replicas want, over all GPUs there are; and the most that one replica wants, in the same unit. */
function measureLoad({ nodes, deployments, replicas }: ProblemInput) {
  const gpus = nodes.reduce((sum, { capacity }) => sum + (capacity.gpu ?? 0), 0)
  const demands = new Map(deployments.map(({ id, demand }) => [id, demand.gpu ?? 0]))
  const wanted = replicas.reduce((sum, { deployment }) => sum + (demands.get(deployment) ?? 0), 0)
  return { load: wanted / gpus, step: Math.max(...demands.values()) / gpus }
}

/** Limits that the placement of today breaks. */
function brokenToday(input: ProblemInput) {
  const problem = parseProblem(input)
  expect(stayIsLegal(problem)).toBe(true)
  return brokenRules(
    problem,
    problem.replicas.map(({ deployment, node, devices }) => ({ deployment, node: node ?? '', devices }))
  )
}

const originals = [
  ['openb-whole', whole, [0.2, 0.4, 0.6, 0.8]],
  ['a slice of it, with selectors', slice, [0.2, 0.6, 0.8]],
  ['dense', makeDense(50, 1), [0.3, 0.8]],
  ['synthetic', makeSynthetic(100, 1), [0.2, 0.7]]
] as const
const cases = originals.flatMap(([name, original, loads]) => loads.map((load) => [name, load, original] as const))

describe.each(cases)('%s at a GPU load of %d', (_name, gpuLoad, original) => {
  const before = measureLoad(original)
  const made = makeLoad(original, { gpuLoad, seed: 1 })

  test('is reached up to one replica, on the same nodes', () => {
    const { load } = measureLoad(made)
    if (gpuLoad < before.load) expect(load).toBeLessThanOrEqual(gpuLoad + 1e-9)
    else expect(load).toBeGreaterThanOrEqual(gpuLoad - 1e-9)
    expect(Math.abs(load - gpuLoad)).toBeLessThan(before.step + 1e-9)
    expect(made.nodes).toEqual(original.nodes)
    expect(made.source).toContain(`GPU load ${load.toFixed(4)} instead of ${before.load.toFixed(4)}`)
    expect(made.source?.endsWith(original.source ?? '')).toBe(true)
  })

  test('is a Problem whose placement of today is legal', () => {
    expect(brokenToday(made)).toEqual([])
  })

  test('whoever stays keeps its place and its devices; nobody comes below the former load, nobody goes above it', () => {
    const former = new Map(original.replicas.map((replica) => [replica.id, replica]))
    const kept = made.replicas.filter(({ id }) => former.has(id))
    for (const replica of kept) expect(replica).toEqual(former.get(replica.id))
    expect(kept).toHaveLength(Math.min(made.replicas.length, original.replicas.length))
  })

  test('deployments say how many of them run, and those of which none does are left out', () => {
    const counts = new Map<string, number>()
    for (const { deployment } of made.replicas) counts.set(deployment, (counts.get(deployment) ?? 0) + 1)
    expect(new Map(made.deployments.map(({ id, replicas }) => [id, replicas]))).toEqual(counts)
  })

  test('copies that are added run where selectors allow them', () => {
    const labels = new Map(made.nodes.map(({ id, labels: own = {} }) => [id, own]))
    const selectors = new Map(made.deployments.map(({ id, nodeSelector = {} }) => [id, Object.entries(nodeSelector)]))
    for (const { deployment, node } of made.replicas.slice(original.replicas.length)) {
      for (const [label, values] of selectors.get(deployment) ?? []) {
        expect([values].flat()).toContain(labels.get(node ?? '')?.[label])
      }
    }
  })
})

test('the same seed gives the same Problem, another seed another one', () => {
  for (const gpuLoad of [0.2, 0.7]) {
    const make = (seed: number) => makeLoad(slice, { gpuLoad, seed })
    expect(make(3)).toEqual(make(3))
    expect(make(4).replicas).not.toEqual(make(3).replicas)
  }
})

test('of two loads with one seed the smaller is a part of the larger', () => {
  const ids = (gpuLoad: number) => new Set(makeLoad(whole, { gpuLoad, seed: 2 }).replicas.map(({ id }) => id))
  const [small, middle, large, largest] = [0.2, 0.4, 0.6, 0.7].map(ids) as [
    Set<string>,
    Set<string>,
    Set<string>,
    Set<string>
  ]
  expect([...small].every((id) => middle.has(id))).toBe(true)
  expect([...middle].every((id) => large.has(id))).toBe(true)
  expect([...large].every((id) => largest.has(id))).toBe(true)
})

test('copies are drawn by what runs', () => {
  const share = ({ replicas }: ProblemInput, deployment: string) =>
    replicas.filter((replica) => replica.deployment === deployment).length / replicas.length
  const made = makeLoad(whole, { gpuLoad: 0.8, seed: 1 })
  for (const { id } of whole.deployments) expect(Math.abs(share(made, id) - share(whole, id))).toBeLessThan(0.01)
})

test('openb-whole itself was placed by the measure by which copies are added', () => {
  const room = new Room(whole)
  const positions = new Map(whole.nodes.map(({ id }, index) => [id, index]))
  let worst = 0
  for (const { deployment, node, devices = {} } of whole.replicas) {
    const want = room.want(deployment)
    const own = positions.get(node ?? '') ?? -1
    const found = room.findLeastFull(want, whole.nodes.keys(), 1)
    worst = Math.max(worst, room.fullness(want, own, 1) - room.fullness(want, found?.node ?? -1, 1))
    expect(room.offer(want, own, 'emptiest')).toEqual(devices)
    room.seat(want, own, devices, 1)
  }
  expect(worst).toBeLessThan(1e-9)
})

describe('where copies go', () => {
  const original: ProblemInput = {
    schemaVersion: 1,
    nodes: [
      { id: 'full', capacity: { cpu: 8, gpu: 2 }, costPerHour: 1 },
      { id: 'cordoned', capacity: { cpu: 64, gpu: 8 }, costPerHour: 1, acceptsReplicas: false },
      { id: 'open', capacity: { cpu: 8, gpu: 2 }, costPerHour: 1 }
    ],
    deployments: [
      { id: 'half', demand: { cpu: 1, gpu: 0.5 } },
      { id: 'single', demand: { cpu: 1, gpu: 0.5 }, maxReplicasPerNode: 1 }
    ],
    // Where devices are not stated they are assumed: two halves on one, the others on the other.
    replicas: [
      ...[0, 1, 2].map((number) => ({ id: `half-${number}`, deployment: 'half', node: 'full' })),
      { id: 'half-added-1', deployment: 'half', node: 'cordoned', devices: { gpu: [7] } },
      { id: 'single-0', deployment: 'single', node: 'full' }
    ]
  }

  test('neither to a node that takes none, nor beyond maxReplicasPerNode, nor under a name that is taken', () => {
    const made = makeLoad(original, { gpuLoad: 4.5 / 12, seed: 1 })
    const added = made.replicas.slice(original.replicas.length)
    expect(added.map(({ node }) => node)).toEqual(['open', 'open', 'open', 'open'])
    expect(added.filter(({ deployment }) => deployment === 'single').length).toBeLessThanOrEqual(1)
    expect(new Set(made.replicas.map(({ id }) => id)).size).toBe(made.replicas.length)
    expect(brokenToday(made)).toEqual([])
  })

  test('and nowhere at all once there is no room', () => {
    expect(() => makeLoad(original, { gpuLoad: 0.5, seed: 1 })).toThrow(/cannot be reached: 1.50 GPUs below it/)
  })
})

test.each([
  ['a load beyond all GPUs', slice, 1.2, /above 0 and at most 1, not 1.2/],
  ['no load', slice, 0, /above 0 and at most 1, not 0/],
  ['a load that is no number', slice, Number.NaN, /not NaN/],
  [
    'a cluster without GPUs',
    { ...slice, nodes: slice.nodes.map((node) => ({ ...node, capacity: { cpu: 1 } })) },
    0.5,
    /GPUs/
  ],
  ['rules', { ...slice, rules: [{ kind: 'affinity', deployments: ['x'] }] } as ProblemInput, 0.5, /rules/],
  [
    'replicas that wait',
    { ...slice, replicas: slice.replicas.map((replica) => ({ ...replica, node: null })) },
    0.5,
    /run/
  ]
])('refuses %s', (_words, original, gpuLoad, message) => {
  expect(() => makeLoad(original, { gpuLoad, seed: 1 })).toThrow(message)
})
