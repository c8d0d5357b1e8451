import type { ProblemInput } from 'replica-compactor'
import { expect, test } from 'vitest'
import { makeMixed } from '../../../benchmarks/families/mixed.mjs'
import { pick, seededRandom } from '../../../benchmarks/families/random.mjs'
import { replicasOn } from '../../../benchmarks/policies/cluster/evacuation.mjs'
import { host, leaversFrom, mayHost } from '../../../benchmarks/policies/cluster/hosting.mjs'
import { nameReplicas } from '../../../dist/src/search/name-replicas.js'
import type { PackingState } from '../../../dist/src/search/packing-state.js'
import { randomShares } from './random-shares.js'
import { follow, openState, violationsOf } from './simulated-cluster.js'

const seeds = Array.from({ length: 600 }, (_, index) => index + 1)
const [wanted, other] = [0, 1]
const [a, b, c] = [0, 1, 2]

/**
 * Nodes of two GPUs, one that is paid for, `a`, among them; a replica of `d` on the first GPU of each of some. Another deployment
 * takes a GPU, too.
 */
function gpusOn(...homes: readonly string[]): ProblemInput {
  return {
    schemaVersion: 1,
    nodes: ['a', 'b', 'c'].map((id) => ({ id, capacity: { cpu: 8, gpu: 2 }, costPerHour: 1, releasable: id !== 'a' })),
    deployments: [
      { id: 'd', demand: { cpu: 1, gpu: 1 } },
      { id: 'other', demand: { cpu: 2, gpu: 1 } }
    ],
    replicas: [
      ...homes.map((node) => ({ id: `d-${node}`, deployment: 'd', node, devices: { gpu: [0] } })),
      { id: 'other-0', deployment: 'other', node: 'c', devices: { gpu: [1] } }
    ]
  }
}

/** All replicas have left their nodes, and the other deployment took the first GPU of `a`. */
function leftAndTaken(...homes: readonly string[]): PackingState {
  const state = openState(gpusOn(...homes))
  for (const node of [a, b, c]) for (const { leave } of replicasOn(state, node)) leave()
  host(state, other, a)
  return state
}

function placesOf(state: PackingState): string[] {
  const { copies } = nameReplicas(state)
  return state.instance.copies.map(({ id }, index) => `${id} on ${state.instance.nodes[copies[index]?.node ?? -1]?.id}`)
}

test('whoever comes back takes the very place that was left', () => {
  const state = openState(gpusOn('a', 'b'))
  state.leave(0)
  expect(mayHost(state, wanted, a)).toBe(true)
  host(state, wanted, a)
  expect(state.migrations).toBe(0)
})

test('a lone copy cannot come back to other devices', () => {
  const state = leftAndTaken('a')
  expect(state.admits(wanted, a)).toBe(true)
  expect(mayHost(state, wanted, a)).toBe(false)
  expect(mayHost(state, wanted, b)).toBe(true)
})

test('where another copy can be named, other devices do', () => {
  const state = leftAndTaken('a', 'b')
  expect(mayHost(state, wanted, a)).toBe(true)
  host(state, wanted, a)
  host(state, wanted, c)
  expect(placesOf(state)).toEqual(['d-a on c', 'd-b on a', 'other-0 on a'])
  expect(violationsOf(state)).toEqual([])
})

test('two change places rather than that one stays and the other has nobody to change with', () => {
  const state = leftAndTaken('a', 'b')
  host(state, wanted, a)
  expect(mayHost(state, wanted, b)).toBe(true)
  host(state, wanted, b)
  expect(placesOf(state)).toEqual(['d-a on b', 'd-b on a', 'other-0 on a'])
  expect(violationsOf(state)).toEqual([])
})

test('with a third one, whoever can stay stays', () => {
  const state = leftAndTaken('a', 'b', 'c')
  for (const node of [a, b, c]) host(state, wanted, node)
  expect(placesOf(state)).toEqual(['d-a on c', 'd-b on b', 'd-c on a', 'other-0 on a'])
  expect(violationsOf(state)).toEqual([])
})

test('repacking opens no more nodes than it needs for that', () => {
  const problem = gpusOn('a', 'b')
  const nodes = problem.nodes.map((node) => (node.id === 'a' ? node : { ...node, capacity: { cpu: 8, gpu: 1 } }))
  const [first, second] = problem.replicas
  if (first === undefined || second === undefined) throw new Error('a cluster without replicas')
  const replicas = [first, second, { id: 'other-0', deployment: 'other', node: 'c', devices: { gpu: [0] } }]
  // The other one, which is the largest, takes the very GPU of the first.
  const { cost, contents } = follow('first-fit-decreasing', { ...problem, nodes, replicas })
  expect(Object.values(contents)).toEqual([['d', 'other'], ['d']])
  expect(cost).toBe(2)
})

test.each([
  ['mixed', makeMixed],
  ['shares', randomShares]
])('%s: whatever is hosted in whatever order, no one that stays changes devices', (_name, make) => {
  let finished = 0
  let met = 0
  for (const seed of seeds) {
    const random = seededRandom(seed)
    const state = openState(make(seed))
    const { instance } = state
    const meetsOn = (deployment: number, node: number) => leaversFrom(state, deployment, node).length > 0
    for (const { index, state: running, hold } of instance.copies) {
      if (running !== 'draining' && hold === 'none' && random() < 0.8) state.leave(index)
    }
    const missing = instance.deployments.flatMap(({ index, desired }) => {
      return new Array<number>(Math.max(0, desired - (state.placed[index] ?? 0))).fill(index)
    })
    let isComplete = true
    while (missing.length > 0 && isComplete) {
      const [deployment = -1] = missing.splice(Math.floor(random() * missing.length), 1)
      const nodes = [...instance.nodes.keys()].filter((node) => mayHost(state, deployment, node))
      const taken = nodes.filter((node) => {
        const leavers = leaversFrom(state, deployment, node)
        return leavers.length > 0 && !leavers.some((copy) => state.mayReturn(copy))
      })
      isComplete = nodes.length > 0
      if (isComplete) host(state, deployment, pick(random, taken.length > 0 ? taken : nodes))
    }
    if (!isComplete) continue
    finished++
    met += state.arrivals.flat().filter(({ deployment, node }) => meetsOn(deployment, node)).length
    const found = violationsOf(state).filter(({ code }) => code === 'devices')
    expect(found, instance.problem.name).toEqual([])
  }
  expect(finished).toBeGreaterThan(40)
  expect(met).toBeGreaterThan(20)
})
