import { expect, test } from 'vitest'
import { parseProblem } from '../../../models/contract/parse.js'
import { compact, type ProblemInput } from '../../../src/index.js'
import { alternatives, why } from '../../../src/review/index.js'
import { findOptimum, TooLargeError } from '../../brute-force/enumerate-placements.js'
import { randomProblem } from '../../brute-force/random-problem.js'
import { stateDevices } from '../../brute-force/state-devices.js'
import { node, running } from '../../compact/planned.js'

test('keeping a replica where it runs costs what the enumeration says', async () => {
  let compared = 0
  for (let seed = 0; seed < 120; seed++) {
    const drawn = randomProblem(seed, { broken: false, mostReplicas: 5 })
    const problem = stateDevices(parseProblem({ ...drawn, pending: 'required', objective: {} }))
    const result = await compact(problem, { timeLimitMs: 2000, threads: 1 })
    const [moved] = result.explanation.moves ?? []
    if (result.primalStatus === 'none' || moved === undefined || result.violations.length > 0) continue
    const answer = await why(problem, result, { replica: moved.replica, workLimit: 3000, threads: 1 })
    if (answer.kind !== 'why-replica') throw new Error(answer.kind)
    expect(answer, `seed ${seed}`).toMatchObject({ fate: 'moves', purpose: moved })
    const pinned = {
      ...problem,
      replicas: problem.replicas.map((one) => (one.id === moved.replica ? { ...one, movable: false } : one))
    }
    try {
      const best = findOptimum(parseProblem(pinned))
      const least = best === null || best.broken > 0 ? Infinity : best.total
      if (answer.kept?.verdict === 'impossible') expect(least, `seed ${seed}`).toBe(Infinity)
      if (answer.kept?.price === undefined) continue
      compared++
      expect(answer.kept.price.total, `seed ${seed}`).toBeGreaterThanOrEqual(least - 1e-6)
      expect(answer.kept.price.bound, `seed ${seed}`).toBeLessThanOrEqual(least + 1e-6)
    } catch (error) {
      if (!(error instanceof TooLargeError)) throw error
    }
  }
  expect(compared).toBeGreaterThan(10)
}, 120_000)

const problem: ProblemInput = {
  schemaVersion: 1,
  nodes: [node('a'), node('b', { costPerHour: 2 }), node('c', { costPerHour: 3 }), node('idle', { costPerHour: 5 })],
  deployments: [
    { id: 'd', demand: { cpu: 2 } },
    { id: 'e', demand: { cpu: 3 } }
  ],
  replicas: [...running('d', 'a', 'c', null), ...running('e', 'b')]
}

test('a replica that stays is told what keeps it off other nodes, and what an idle one would cost', async () => {
  const result = await compact(problem, { timeLimitMs: 2000 })
  const answer = await why(problem, result, { replica: 'e-0', timeLimitMs: 3000 })
  expect(answer).toMatchObject({
    fate: 'stays',
    from: 'b',
    to: 'b',
    elsewhere: { verdict: 'works', node: 'idle', rooms: 0, price: { savesPerHour: -3, moreMigrations: 1 } }
  })
  expect(answer).toMatchObject({ elsewhere: { limits: [{ limit: 'cpu', nodes: 2 }] } })
})

test('where else a replica could be is what its alternatives say, nodes to buy among them', async () => {
  const full = parseProblem({
    schemaVersion: 1,
    nodes: [node('a'), node('b', { costPerHour: 2 })],
    nodeTypes: [{ type: 'large', capacity: { cpu: 8 }, costPerHour: 3, maxNew: 2 }],
    deployments: [{ id: 'd', demand: { cpu: 4 } }],
    replicas: running('d', 'a', 'b')
  })
  const result = await compact(full, { timeLimitMs: 2000 })
  const { possible } = await alternatives(full, result, 'd-0')
  const bought = possible.find(({ isPlanned }) => !isPlanned)
  expect(bought).toMatchObject({ type: 'large', reachable: 'yes' })
  expect(await why(full, result, { replica: 'd-0', timeLimitMs: 3000 })).toMatchObject({
    elsewhere: { verdict: 'works', node: bought?.node, type: 'large', rooms: 0, price: { savesPerHour: -2 } }
  })
})

test('why never contradicts alternatives about a replica that has a place', async () => {
  const seen = { works: 0, impossible: 0, unknown: 0 }
  for (let seed = 0; seed < 150; seed++) {
    const drawn = parseProblem({ ...randomProblem(seed, { broken: false, mostReplicas: 6 }), pending: 'required' })
    const result = await compact(drawn, { solver: 'greedy', timeLimitMs: 2000 })
    if (result.primalStatus === 'none') continue
    const [first] = result.placement.filter(({ replica }) => drawn.replicas.some(({ id }) => id === replica))
    if (first === undefined) continue
    const answer = await why(drawn, result, { replica: first.replica, solver: 'greedy', workLimit: 2000 })
    if (answer.kind !== 'why-replica') throw new Error(answer.kind)
    if (answer.elsewhere === undefined) continue
    const { possible } = await alternatives(drawn, result, first.replica, { limit: Infinity, check: 10 })
    const others = possible.filter(({ isPlanned }) => !isPlanned)
    const reached = others.find(({ reachable }) => reachable === 'yes')
    const { verdict, price } = answer.elsewhere
    seen[verdict]++
    expect(verdict, `seed ${seed}`).toBe(
      others.length === 0 ? 'impossible' : reached === undefined ? 'unknown' : 'works'
    )
    expect(answer.elsewhere.node, `seed ${seed}`).toBe(reached?.node)
    if (reached === undefined) continue
    expect(price?.costPerHour, `seed ${seed}`).toBeCloseTo(reached.costPerHour, 9)
    expect(price?.migrations, `seed ${seed}`).toBe(reached.migrations)
  }
  expect(seen.works).toBeGreaterThan(10)
  expect(seen.impossible).toBeGreaterThan(10)
}, 60_000)

test('what holds a replica is named where it forbids every other node', async () => {
  const pinned = { ...problem, replicas: running('d', 'a', 'b').map((one) => ({ ...one, movable: false })) }
  const result = await compact(pinned, { timeLimitMs: 2000 })
  expect(await why(pinned, result, { replica: 'd-0', timeLimitMs: 2000 })).toMatchObject({
    elsewhere: { verdict: 'impossible', rooms: 0, limits: [{ nodes: 1 }] }
  })
})

test('a replica that waits starts, and has no home to be kept on', async () => {
  const result = await compact(problem, { timeLimitMs: 2000 })
  const answer = await why(problem, result, { replica: 'd-2', timeLimitMs: 3000 })
  expect(answer).toMatchObject({ fate: 'placed', from: null })
  expect(answer).not.toHaveProperty('kept')
})
