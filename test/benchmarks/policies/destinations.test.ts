import { expect, test } from 'vitest'
import { makeMixed } from '../../../benchmarks/families/mixed.mjs'
import { between, pick, seededRandom } from '../../../benchmarks/families/random.mjs'
import { listCandidates } from '../../../benchmarks/policies/cluster/candidates.mjs'
import { Destinations } from '../../../benchmarks/policies/cluster/destinations.mjs'
import { replicasOn } from '../../../benchmarks/policies/cluster/evacuation.mjs'
import { host, mayHost } from '../../../benchmarks/policies/cluster/hosting.mjs'
import { randomShares } from './random-shares.js'
import { openState } from './simulated-cluster.js'

const seeds = Array.from({ length: 150 }, (_, index) => index + 1)

test.each([
  ['mixed', makeMixed],
  ['shares', randomShares]
])('%s: what is struck for good would refuse for good, whatever was tried in between', (_name, make) => {
  let asked = 0
  let emptied = 0
  for (const seed of seeds) {
    const random = seededRandom(seed)
    const state = openState(make(seed))
    const { nodes, deployments } = state.instance
    const left = listCandidates(state).filter((node) => (node + seed) % 3 === 0)
    // Nodes that copies left are open again at once, as they are for those who repack everything.
    for (const node of left) for (const { leave } of replicasOn(state, node)) leave()
    const active = [...nodes.keys()].filter((node) => state.isActive(node) || left.includes(node))
    const destinations = new Destinations(state)
    for (const node of active) destinations.insert(node)
    const isAllowed = (node: number) => (node + seed) % 7 !== 0
    for (let trial = 0; trial < 30; trial++) {
      const goes = listCandidates(state).find((node) => active.includes(node))
      if (goes !== undefined && trial % 9 === 8 && active.length > 2) {
        for (const { leave } of replicasOn(state, goes)) leave()
        destinations.remove(goes)
        active.splice(active.indexOf(goes), 1)
        emptied++
      }
      destinations.begin()
      const mark = state.mark()
      for (let step = between(random, 1, 5); step > 0; step--) {
        const { index } = pick(random, deployments)
        const open = active.filter((node) => mayHost(state, index, node))
        expect(destinations.first(index, isAllowed)).toBe(open.find(isAllowed) ?? -1)
        const rank = (node: number) => (node * 7 + seed) % 11
        const best = [...open].sort((one, other) => rank(one) - rank(other) || one - other)[0] ?? -1
        expect(destinations.best(index, rank)).toBe(best)
        asked++
        if (best < 0) continue
        host(state, index, best)
        destinations.touch(best)
      }
      if (random() < 0.7) state.rollBack(mark)
    }
  }
  expect(asked).toBeGreaterThan(5000)
  expect(emptied).toBeGreaterThan(100)
})

test('a refusal for want of another copy to name is none for good', () => {
  const gpus = (id: string, gpu: number) => ({ id, capacity: { cpu: 9, gpu }, costPerHour: 1 })
  const state = openState({
    schemaVersion: 1,
    nodes: [gpus('a', 2), gpus('b', 1)],
    deployments: [
      { id: 'd', demand: { cpu: 1, gpu: 1 } },
      { id: 'other', demand: { cpu: 2, gpu: 1 } }
    ],
    replicas: [
      { id: 'd-0', deployment: 'd', node: 'a', devices: { gpu: [0] } },
      { id: 'd-1', deployment: 'd', node: 'b', devices: { gpu: [0] } },
      { id: 'other-0', deployment: 'other', node: null }
    ]
  })
  const destinations = new Destinations(state)
  for (const node of [0, 1]) destinations.insert(node)
  state.leave(0)
  host(state, 1, 0)
  expect(destinations.first(0, () => true)).toBe(-1)
  state.leave(1)
  destinations.remove(1)
  expect(destinations.first(0, () => true)).toBe(0)
})

test('a refusal for a rule about other nodes is none for good', () => {
  const state = openState({
    schemaVersion: 1,
    nodes: ['a', 'b'].map((id) => ({ id, capacity: { cpu: 2 }, costPerHour: 1, labels: { zone: 'z' } })),
    deployments: [{ id: 'd', demand: { cpu: 1 } }],
    replicas: [{ id: 'd-0', deployment: 'd', node: 'a' }],
    rules: [{ kind: 'anti-affinity', deployments: ['d'], topologyKey: 'zone', max: 1 }]
  })
  const destinations = new Destinations(state)
  for (const node of [0, 1]) destinations.insert(node)
  expect(destinations.first(0, () => true)).toBe(-1)
  state.leave(0)
  destinations.remove(0)
  expect(destinations.first(0, () => true)).toBe(1)
})

test('nodes are asked in their order, or after all others', () => {
  const state = openState({
    schemaVersion: 1,
    nodes: ['a', 'b', 'c'].map((id) => ({ id, capacity: { cpu: 1 }, costPerHour: 1 })),
    deployments: [{ id: 'd', demand: { cpu: 1 } }],
    replicas: [{ id: 'd-0', deployment: 'd', node: null }]
  })
  const destinations = new Destinations(state)
  const listed = () => {
    const seen: number[] = []
    destinations.first(0, (node) => {
      seen.push(node)
      return false
    })
    return seen
  }
  destinations.insert(1)
  destinations.insert(0)
  expect(listed()).toEqual([0, 1])
  destinations.remove(0)
  destinations.insert(2)
  destinations.add(0)
  expect(listed()).toEqual([1, 2, 0])
})
