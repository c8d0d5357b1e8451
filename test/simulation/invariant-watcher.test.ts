import { expect, test } from 'vitest'
import type { ProblemInput } from '../../models/contract/problem.js'
import { ask, simulatedCluster, violationsOf } from './story.js'

const MOVE = [
  ['start', 'a-0', 'n2'],
  ['ready', 'a-0', 'n2'],
  ['shift', 'a-0', 'n1', 'n2'],
  ['drain', 'a-0', 'n1'],
  ['stop', 'a-0', 'n1']
] as const

const deployment = (options: object) => [{ id: 'a', demand: { cpu: 1 }, ...options }]
const two: ProblemInput['replicas'] = [
  { id: 'a-0', deployment: 'a', node: 'n1' },
  { id: 'a-1', deployment: 'a', node: 'n2' }
]

test('a move as it should be, and the node given back', async () => {
  expect(await violationsOf({}, ['cordon', '', 'n1'], ...MOVE, ['release', '', 'n1'])).toEqual([])
})

test('a new copy that is taken back, and started again', async () => {
  const [start, ready] = MOVE
  expect(await violationsOf({}, start, ['stop', 'a-0', 'n2'], start, ready, ['stop', 'a-0', 'n2'], ...MOVE)).toEqual([])
})

test('the source counts until it is removed', async () => {
  const nodes = [
    { id: 'n1', capacity: { cpu: 1 }, costPerHour: 1 },
    { id: 'n2', capacity: { cpu: 1 }, costPerHour: 1 }
  ]
  const replicas = [...two, { id: 'a-2', deployment: 'a', node: null }]
  expect(await violationsOf({ nodes, replicas }, ['drain', 'a-1', 'n2'], ['start', 'a-2', 'n2'])).toEqual([
    'availability',
    'capacity'
  ])
})

test('a copy that starts holds what it needs to start', async () => {
  const [start, ready] = MOVE
  const deployments = deployment({ startupDemand: { cpu: 4 } })
  const replicas = [...two, { id: 'a-2', deployment: 'a', node: null }]
  expect(await violationsOf({ deployments, replicas }, start)).toEqual(['capacity'])
  const apart = [two[0], { id: 'a-2', deployment: 'a', node: null }] as ProblemInput['replicas']
  expect(await violationsOf({ deployments, replicas: apart }, start, ['start', 'a-2', 'n2'])).toEqual(['capacity'])
  expect(await violationsOf({ deployments, replicas: apart }, start, ready, ['start', 'a-2', 'n2'])).toEqual([
    'capacity'
  ])
  expect(await violationsOf({ deployments, replicas: apart }, start, ready, ['start', 'a-2', 'n3'])).toEqual([])
})

test('two copies on one device', async () => {
  const { clock, driver, watcher, problem } = simulatedCluster({
    deployments: [{ id: 'a', demand: { gpu: 0.6 } }],
    replicas: [
      { id: 'a-0', deployment: 'a', node: 'n1', devices: { gpu: [0] } },
      { id: 'a-1', deployment: 'a', node: 'n2', devices: { gpu: [0] } }
    ]
  })
  const start = {
    id: 's',
    action: 'start' as const,
    after: [],
    startSeconds: 0,
    endSeconds: 0,
    replica: 'a-0',
    node: 'n2'
  }
  const call = { id: 'c', attempt: 1, signal: new AbortController().signal }
  await clock.run(() => driver.start({ ...start, devices: { gpu: [0] } }, call))
  expect(problem.nodes).toHaveLength(3)
  expect(watcher.violations).toMatchObject([
    { code: 'capacity', where: 'n2', by: 'c', atSeconds: 0 },
    { code: 'devices', where: 'n2', by: 'c', atSeconds: 0 }
  ])
})

test.each([
  ['availability', { replicas: two }, [['drain', 'a-0', 'n1']]],
  ['availability', {}, [MOVE[0], MOVE[1], ['drain', 'a-0', 'n2'], ['drain', 'a-0', 'n1']], ['order', 'availability']],
  ['a shift too early', {}, [MOVE[0], MOVE[2]], ['availability']],
  ['no shift', {}, [MOVE[0], MOVE[1], MOVE[3]], ['order']],
  ['no drain', {}, [MOVE[0], MOVE[1], MOVE[2], MOVE[4]], ['order']],
  ['no drain and no shift', {}, [MOVE[0], MOVE[1], MOVE[4]], ['order', 'order']],
  ['surge', { deployments: deployment({ maxSurge: 0, maxUnavailable: 1 }) }, [MOVE[0]]],
  ['max-replicas-per-node', { deployments: deployment({ maxReplicasPerNode: 1 }), replicas: two }, [MOVE[0]]],
  [
    'anti-affinity',
    { rules: [{ kind: 'anti-affinity', deployments: ['a'], topologyKey: 'zone', max: 1 }], replicas: two },
    [['drain', 'a-1', 'n2'], MOVE[0]],
    ['availability', 'anti-affinity']
  ],
  [
    'conflict',
    {
      rules: [{ kind: 'conflict', between: [['a'], ['b']], topologyKey: 'zone' }],
      deployments: [...deployment({}), { id: 'b', demand: { cpu: 1 } }],
      replicas: [...two.slice(0, 1), { id: 'b-0', deployment: 'b', node: 'n2' }]
    },
    [MOVE[0]]
  ],
  ['pinned', { deployments: deployment({ movable: false }) }, [MOVE[0]]],
  [
    'pinned',
    { replicas: [{ id: 'a-0', deployment: 'a', node: 'n1', movable: false }] },
    MOVE.slice(0, 4),
    ['pinned', 'pinned']
  ],
  ['cordon', {}, [['cordon', '', 'n2'], MOVE[0]]],
  ['cordon', {}, [['cordon', '', 'n2'], ['uncordon', '', 'n2'], MOVE[0]], []],
  ['selector', { deployments: deployment({ nodeSelector: { zone: 'n3' } }) }, [MOVE[0]]],
  ['release', {}, [['release', '', 'n1']], ['release', 'availability']],
  ['limit', { replicas: two, migration: { limits: { inFlight: 1 } } }, [MOVE[0], ['start', 'a-1', 'n3']]],
  ['limit', { replicas: two, migration: { limits: { perDeployment: 1 } } }, [MOVE[0], ['start', 'a-1', 'n3']]],
  [
    'limit',
    { replicas: two, migration: { limits: { startsPerNode: 1 } } },
    [
      ['start', 'a-0', 'n3'],
      ['start', 'a-1', 'n3']
    ]
  ],
  [
    'limit',
    { replicas: two, migration: { limits: { startsPerNode: 1 } } },
    [
      ['start', 'a-0', 'n3'],
      ['ready', 'a-0', 'n3'],
      ['start', 'a-1', 'n3']
    ],
    []
  ],
  ['order', {}, [['start', 'a-0', 'n1']]]
] as const)('%s', async (name, input, script, codes: readonly string[] = [name]) => {
  const story = violationsOf(
    input as unknown as Partial<ProblemInput>,
    ...(script as Parameters<typeof violationsOf>[1][])
  )
  expect(await story).toEqual(codes)
})

test('nothing starts on a node that is bought before it is there', async () => {
  const { clock, driver, watcher } = simulatedCluster({})
  await expect(clock.run(() => ask(driver, ['start', 'a-0', 'new-1']))).rejects.toThrow('absent')
  expect(watcher.violations).toMatchObject([{ code: 'provision', where: 'new-1' }])
  expect(await violationsOf({}, ['provision', '', 'new-1'], ['start', 'a-0', 'new-1'])).toEqual([])
})

test('a copy is not removed while it drains, unless that is waited for no longer', async () => {
  const { clock, driver, watcher } = simulatedCluster({ deployments: deployment({ maxUnavailable: 1 }) })
  await clock.run(() => Promise.all([ask(driver, ['drain', 'a-0', 'n1']), ask(driver, ['stop', 'a-0', 'n1'])]))
  expect(watcher.violations).toMatchObject([{ code: 'order', message: 'a-0 is removed from n1 before it has drained' }])
  const forced = simulatedCluster({ deployments: deployment({ maxUnavailable: 1 }) })
  await forced.clock.run(async () => {
    const signal = AbortSignal.abort(new Error('too long'))
    await expect(ask(forced.driver, ['drain', 'a-0', 'n1'], { signal })).rejects.toThrow('too long')
    await ask(forced.driver, ['stop', 'a-0', 'n1'])
  })
  expect(forced.watcher.violations).toEqual([])
})

test('what dies with a node is no fault of the executor, then and later', async () => {
  const { clock, driver, watcher, cluster } = simulatedCluster({
    replicas: [...two, { id: 'a-2', deployment: 'a', node: 'n3' }]
  })
  await clock.run(async () => {
    for (const words of MOVE.slice(0, 2)) await ask(driver, words)
    cluster.kill(cluster.node('n3'))
    for (const words of MOVE.slice(2)) await ask(driver, words)
    // As many as before, though fewer than desired.
    expect(watcher.violations).toEqual([])
    await ask(driver, ['drain', 'a-1', 'n2'])
  })
  expect(watcher.violations).toMatchObject([{ code: 'availability', amount: 1 }])
})

test('a replica that died and runs again is asked for again', async () => {
  const { clock, driver, watcher, cluster } = simulatedCluster({ replicas: two })
  await clock.run(async () => {
    await ask(driver, ['start', 'a-1', 'n3'])
    cluster.kill(cluster.node('n2'))
    watcher.watch({ kind: 'death-noted', node: 'n2', atSeconds: 1 })
    await ask(driver, ['ready', 'a-1', 'n3'])
    await ask(driver, ['drain', 'a-1', 'n3'])
  })
  expect(watcher.violations).toMatchObject([{ code: 'availability' }])
})
