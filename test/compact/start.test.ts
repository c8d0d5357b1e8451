import { compact, InputError, type ProblemInput, type Result } from 'replica-compactor'
import { describe, expect, test } from 'vitest'
import { seededRandom } from '../../src/random.js'
import { expectChecked, node, planned, readFixture, running } from './planned.js'
import { randomCluster } from './random-cluster.js'

/** Three nodes with a copy each, of which two would do. */
const nodes = [node('a', { costPerHour: 3 }), node('b', { costPerHour: 3 }), node('c', { costPerHour: 3 })]
const deployments = [{ id: 'd', demand: { cpu: 2 } }]
const spread = { nodes, deployments, replicas: running('d', 'a', 'b', 'c') }

const notesOf = ({ explanation }: Result) => explanation.notes ?? []
const startNotes = (result: Result) => notesOf(result).filter((note) => note.startsWith('start: '))

test('a start that greedy does not find is kept, with who made it', async () => {
  const problem = readFixture('synthetic/synthetic-50-1')
  const first = await compact(problem, { timeLimitMs: 4000, threads: 2 })
  const alone = await compact(problem, { solver: 'greedy' })
  expect(first.objective?.total).toBeLessThan(alone.objective?.total ?? 0)
  const second = await compact(problem, { solver: 'greedy', start: first })
  expectChecked(problem, second)
  expect(second.objective?.total).toBeLessThanOrEqual((first.objective?.total ?? 0) + 1e-9)
  expect(second.solve.incumbents[0]).toMatchObject({ search: 'start', producer: first.producer })
  expect(second.producer).toBe(first.producer)
  expect(startNotes(second)).toEqual([])
})

test.each([
  [undefined, 'initial'],
  ['column-generation', 'column-generation']
] as const)('a placement that names the producer %s counts as made by %s', async (named, expected) => {
  const start = {
    schemaVersion: 1,
    placement: ['b', 'b', 'c'].map((id, index) => ({ replica: `d-${index}`, node: id })),
    ...(named === undefined ? {} : { producer: named })
  }
  const { result } = await planned(spread, { solver: 'greedy', start })
  expect(result.solve.incumbents[0]).toMatchObject({ costPerHour: 6, search: 'start', producer: expected })
})

test('nodes that the start buys keep their names', async () => {
  const start = {
    schemaVersion: 1,
    placement: [{ replica: 'd-0', node: 'mine' }],
    newNodes: [{ id: 'mine', type: 'small' }]
  }
  const { result } = await planned(
    {
      nodes: [node('dear', { costPerHour: 9 })],
      nodeTypes: [{ type: 'small', capacity: { cpu: 2 }, costPerHour: 1, maxNew: 2 }],
      deployments,
      replicas: running('d', 'dear')
    },
    { solver: 'greedy', start }
  )
  expect(result.newNodes).toEqual([{ id: 'mine', type: 'small' }])
})

test('devices that the start assumes are held, where the Problem names none', async () => {
  const shares = [{ id: 's', demand: { gpu: 0.5 } }]
  const start = {
    schemaVersion: 1,
    placement: [0, 1].map((index) => ({ replica: `s-${index}`, node: 'a', devices: { gpu: [index] } }))
  }
  const cluster = {
    nodes: [node('a', { capacity: { gpu: 2 } })],
    deployments: shares,
    replicas: running('s', 'a', 'a')
  }
  const { result } = await planned(cluster, { solver: 'greedy', start })
  expect(result.placement.map(({ devices }) => devices?.gpu)).toEqual([[0], [1]])
})

test('a gang that the start moves is moved', async () => {
  const cluster = {
    nodes: [node('dear', { costPerHour: 9 }), node('cheap')],
    deployments,
    replicas: running('d', 'dear', 'dear').map((replica) => ({ ...replica, gang: 'g' }))
  }
  const start = { schemaVersion: 1, placement: [0, 1].map((index) => ({ replica: `d-${index}`, node: 'cheap' })) }
  const { result, cost } = await planned(cluster, { start })
  expect(cost).toBe(1)
  expect(startNotes(result)).toEqual([])
})

describe('what of a start cannot be used is a note', () => {
  const placed = (...entries: [string, string][]) => ({
    schemaVersion: 1,
    placement: entries.map(([replica, at]) => ({ replica, node: at }))
  })

  test('a replica that is there no more', async () => {
    const start = placed(['d-0', 'c'], ['d-1', 'c'], ['d-2', 'b'], ['d-9', 'b'])
    const { result } = await planned(spread, { solver: 'greedy', start })
    expect(result.solve.incumbents[0]).toMatchObject({ costPerHour: 6, search: 'start' })
    expect(startNotes(result)).toEqual(['start: replicas that the problem does not know, left out: "d-9"'])
  })

  test('a replica that it does not know stays where it is', async () => {
    const { result, homeOf } = await planned(spread, { solver: 'greedy', start: placed(['d-0', 'b'], ['d-1', 'b']) })
    expect(homeOf('d-2')).toBe('c')
    expect(result.solve.incumbents[0]).toMatchObject({ costPerHour: 6, search: 'start' })
  })

  test('a pending replica that it does not know is placed', async () => {
    const replicas = running('d', 'a', 'b', 'c', null)
    const start = placed(['d-0', 'b'], ['d-1', 'b'], ['d-2', 'c'])
    const { result } = await planned({ ...spread, replicas }, { solver: 'greedy', start })
    expect(result.solve.incumbents[0]).toMatchObject({ costPerHour: 6, search: 'start' })
  })

  test('nodes that vanished', async () => {
    const start = placed(['d-0', 'gone'], ['d-1', 'b'], ['d-2', 'b'])
    const { result } = await planned(spread, { solver: 'greedy', start })
    expect(result.solve.incumbents[0]).toMatchObject({ costPerHour: 6, search: 'start' })
    expect(startNotes(result)).toEqual([
      'start: nodes that the problem does not know, what it puts there is placed anew: "gone"'
    ])
  })

  test('copies that do not fit where it puts them', async () => {
    const start = placed(['d-0', 'b'], ['d-1', 'b'], ['d-2', 'b'])
    const { result } = await planned(spread, { solver: 'greedy', start })
    expect(result.solve.incumbents[0]).toMatchObject({ costPerHour: 6, search: 'start' })
    expect(startNotes(result)).toEqual(['start: replicas that do not fit where it puts them, placed anew: 1'])
  })

  test('a pinned copy that it moves', async () => {
    const replicas = running('d', 'a', 'b', 'c').map((replica) => ({ ...replica, movable: replica.id !== 'd-0' }))
    const start = placed(['d-0', 'b'], ['d-1', 'b'], ['d-2', 'c'])
    const { result, homeOf } = await planned({ ...spread, replicas }, { solver: 'greedy', start })
    expect(homeOf('d-0')).toBe('a')
    expect(startNotes(result)).toEqual(['start: replicas that must stay where they are: "d-0"'])
  })

  test('more moves than the budget allows', async () => {
    const start = placed(['d-0', 'b'], ['d-1', 'c'], ['d-2', 'c'])
    const { result } = await planned(spread, { solver: 'greedy', start, maxMigrations: 0 })
    expect(result.solve.incumbents.map(({ search }) => search)).not.toContain('start')
    expect(startNotes(result)).toEqual(['start: not used, for it takes more moves than the budget allows'])
  })

  test('surplus that it does not know is stopped', async () => {
    const fewer = [{ id: 'd', demand: { cpu: 2 }, replicas: 2 }]
    const start = placed(['d-0', 'b'], ['d-1', 'b'])
    const { result, homeOf } = await planned({ ...spread, deployments: fewer }, { solver: 'greedy', start })
    expect(result.solve.incumbents[0]).toMatchObject({ costPerHour: 3, search: 'start' })
    expect(homeOf('d-2')).toBeUndefined()
  })

  test('a Result without a placement', async () => {
    const first = await compact({ schemaVersion: 1, ...spread }, { solver: 'greedy' })
    const start = { ...first, primalStatus: 'none', placement: [], headroom: [] }
    const { result } = await planned(spread, { solver: 'greedy', start })
    expect(result.objective?.costPerHour).toBe(6)
  })
})

test.each([
  [null, 'start: found null, expected a Placement { schemaVersion, placement } or a whole Result'],
  [{ schemaVersion: 1, placement: [{ replica: 'd-0' }] }, 'start: placement[0].node: found nothing'],
  [{ ...spread, schemaVersion: 1 }, 'start: found what looks like a Problem, expected a Placement {']
])('a start that is neither placement nor Result is an input error', async (start, message) => {
  const run = compact({ schemaVersion: 1, ...spread }, { solver: 'greedy', start })
  await expect(run).rejects.toThrow(InputError)
  await expect(run).rejects.toThrow(message)
})

/** What comes before the cost, and the cost. */
function worthOf({ violations, unplaced, objective }: Result) {
  const broken = violations.reduce((sum, { amount }) => sum + amount, 0)
  return { broken, unplaced: unplaced.length, total: objective?.total ?? Infinity }
}

describe('random clusters with everything a Problem may ask for', () => {
  const seeds = Array.from({ length: 40 }, (_, seed) => seed)

  test.each(seeds)('what was planned before is not made worse: seed %i', async (seed) => {
    const problem = randomCluster(seed)
    const first = await compact(problem, { timeLimitMs: 800, threads: 1, seed })
    if (first.primalStatus === 'none') return
    const second = await compact(problem, { solver: 'greedy', start: first })
    expectChecked(problem, second)
    const [before, after] = [worthOf(first), worthOf(second)]
    expect(after.broken).toBeLessThanOrEqual(before.broken + 1e-6)
    if (after.broken < before.broken - 1e-6) return
    expect(after.unplaced).toBeLessThanOrEqual(before.unplaced)
    if (after.unplaced < before.unplaced) return
    expect(after.total).toBeLessThanOrEqual(before.total + 1e-6)
  })

  test.each(seeds)('a plan of a cluster that changed since is used as far as it goes: seed %i', async (seed) => {
    const problem = randomCluster(seed)
    const first = await compact(problem, { solver: 'greedy' })
    const changed = changedCluster(problem, seed)
    const alone = await compact(changed, { solver: 'greedy' })
    const second = await compact(changed, { solver: 'greedy', start: first })
    expectChecked(changed, second)
    expect(second.primalStatus).toBe(alone.primalStatus)
  })
})

/** The same cluster some time later: nodes and replicas are gone, others have come. */
function changedCluster(problem: ProblemInput, seed: number): ProblemInput {
  const random = seededRandom(seed + 1000)
  const gone = new Set(problem.nodes.filter(() => random() < 0.2).map(({ id }) => id))
  const replicas = problem.replicas.filter(({ node: home }) => (home === null || !gone.has(home)) && random() < 0.8)
  const kept = new Set(replicas.map(({ id }) => id))
  return {
    ...problem,
    nodes: [
      ...problem.nodes.filter(({ id }) => !gone.has(id)),
      ...problem.nodes.slice(0, 2).map((old) => ({ ...old, id: `${old.id} again` }))
    ],
    deployments: problem.deployments.map(({ replicas: _count, ...deployment }) => deployment),
    replicas: [
      ...replicas.map(({ replaces, ...replica }) =>
        replaces !== undefined && kept.has(replaces) ? { ...replica, replaces } : replica
      ),
      ...problem.deployments.map(({ id }) => ({ id: `${id} newcomer`, deployment: id, node: null }))
    ]
  }
}
