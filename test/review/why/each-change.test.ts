import { expect, test } from 'vitest'
import { compact, type ProblemInput } from '../../../src/index.js'
import { why } from '../../../src/review/index.js'
import { node, running } from '../../compact/planned.js'

type Cluster = Omit<ProblemInput, 'schemaVersion'>
interface Edited {
  readonly path: string
  readonly from: unknown
  readonly to: unknown
}

/** Two nodes of 4 cores for 1 and 2 an hour with half of the load each: whatever a case forbids, `b` would be freed without it. */
const halves: Cluster = {
  nodes: [node('a'), node('b', { costPerHour: 2 })],
  deployments: [{ id: 'd', demand: { cpu: 2 } }],
  replicas: running('d', 'a', 'b')
}
const twoKinds: Cluster = {
  ...halves,
  deployments: [
    { id: 'd', demand: { cpu: 2 } },
    { id: 'e', demand: { cpu: 2 } }
  ],
  replicas: [...running('d', 'a'), ...running('e', 'b')]
}
const [first, second] = halves.replicas as [ProblemInput['replicas'][number], ProblemInput['replicas'][number]]
const pinned = { ...first, movable: false }

/** What forbids the move of one replica from b to a, and what would have to be changed about it. */
const cases: [what: string, cluster: Cluster, changed: Edited[]][] = [
  ['migrations', { ...halves, budget: { maxMigrations: 0 } }, [{ path: 'budget.maxMigrations', from: 0, to: 1 }]],
  ['move cost', { ...halves, budget: { maxMoveCost: 0.5 } }, [{ path: 'budget.maxMoveCost', from: 0.5, to: 1 }]],
  [
    'migrations of a deployment',
    { ...halves, budget: { maxMigrationsPerDeployment: 0 } },
    [{ path: 'budget.maxMigrationsPerDeployment', from: 0, to: 1 }]
  ],
  [
    'a scalar',
    { ...halves, deployments: [{ id: 'd', demand: { cpu: 3 } }], replicas: [pinned, second] },
    [{ path: 'nodes[0].capacity.cpu', from: 4, to: 6 }]
  ],
  [
    'devices',
    {
      ...halves,
      nodes: [node('a', { capacity: { gpu: 1 } }), node('b', { capacity: { gpu: 1 }, costPerHour: 2 })],
      deployments: [{ id: 'd', demand: { gpu: 0.75 } }],
      replicas: [pinned, second]
    },
    [{ path: 'nodes[0].capacity.gpu', from: 1, to: 2 }]
  ],
  [
    'anti-affinity',
    { ...halves, replicas: [pinned, second], rules: [{ kind: 'anti-affinity', deployments: ['d'] }] },
    [{ path: 'rules[0].max', from: 1, to: 2 }]
  ],
  [
    'spread over domains',
    { ...halves, replicas: [pinned, second], rules: [{ kind: 'spread', deployments: ['d'], minDomains: 2 }] },
    [{ path: 'rules[0].minDomains', from: 2, to: 1 }]
  ],
  [
    'skew',
    { ...halves, replicas: [pinned, second], rules: [{ kind: 'spread', deployments: ['d'], maxSkew: 0 }] },
    [{ path: 'rules[0].maxSkew', from: 0, to: 2 }]
  ],
  [
    'at least so many',
    {
      ...halves,
      nodes: [node('a'), node('b', { costPerHour: 2, labels: { tier: 'x' } })],
      rules: [{ kind: 'at-least', deployments: ['d'], count: 1, nodeSelector: { tier: ['x'] } }],
      replicas: [pinned, second]
    },
    [{ path: 'rules[0].count', from: 1, to: 0 }]
  ],
  [
    'a conflict',
    {
      ...twoKinds,
      replicas: [...running('d', 'a').map((one) => ({ ...one, movable: false })), ...running('e', 'b')],
      rules: [{ kind: 'conflict', between: [['d'], ['e']] }]
    },
    [{ path: 'rules[0]', from: expect.objectContaining({ kind: 'conflict' }), to: null }]
  ],
  [
    'replicas on a node',
    { ...halves, deployments: [{ id: 'd', demand: { cpu: 2 }, maxReplicasPerNode: 1 }], replicas: [pinned, second] },
    [{ path: 'deployments[0].maxReplicasPerNode', from: 1, to: 2 }]
  ],
  [
    'a selector',
    {
      ...halves,
      nodes: [node('a', { labels: { tier: 'x' } }), node('b', { costPerHour: 2, labels: { tier: 'y' } })],
      deployments: [{ id: 'd', demand: { cpu: 2 }, nodeSelector: { tier: ['y'] } }],
      replicas: [pinned, second]
    },
    [{ path: 'deployments[0].nodeSelector.tier', from: ['y'], to: ['y', 'x'] }]
  ],
  [
    'a pin',
    {
      ...halves,
      replicas: [first, { ...second, movable: false }],
      nodes: [node('a', { acceptsReplicas: true }), node('b', { costPerHour: 2, acceptsReplicas: false })]
    },
    [{ path: 'replicas[1].movable', from: false, to: true }]
  ],
  [
    'a gang',
    {
      ...halves,
      nodes: [node('a'), node('b', { costPerHour: 2, acceptsReplicas: false })],
      replicas: [first, { ...second, gang: 'g' }]
    },
    [{ path: 'replicas[1].gang', from: 'g', to: null }]
  ],
  [
    'a node that is kept',
    { ...halves, nodes: [node('a'), node('b', { costPerHour: 2, releasable: false, acceptsReplicas: false })] },
    [{ path: 'nodes[1].releasable', from: false, to: true }]
  ],
  [
    'a cordon',
    {
      ...halves,
      nodes: [node('a', { acceptsReplicas: false }), node('b', { costPerHour: 2 })],
      replicas: [pinned, second]
    },
    [{ path: 'nodes[0].acceptsReplicas', from: false, to: true }]
  ],
  [
    'headroom',
    { ...halves, headroom: [{ deployment: 'd', replicas: 1 }] },
    [{ path: 'headroom[0].replicas', from: 1, to: 0 }]
  ],
  [
    'a saving for each move',
    { ...halves, gate: { minSavingPerMove: 3 } },
    [{ path: 'gate.minSavingPerMove', from: 3, to: 2 }]
  ],
  [
    'a payback',
    { ...halves, objective: { moveCostPrice: 10 }, gate: { paybackHours: 1 } },
    [{ path: 'gate.paybackHours', from: 1, to: 5 }]
  ],
  [
    'surge',
    { ...halves, deployments: [{ id: 'd', demand: { cpu: 2 }, maxSurge: 0, maxUnavailable: 1 }] },
    [{ path: 'deployments[0].maxSurge', from: 0, to: 1 }]
  ],
  [
    'the ladder',
    { ...halves, deployments: [{ id: 'd', demand: { cpu: 2 }, maxSurge: 0, maxUnavailable: 1 }] },
    [{ path: 'migration.rungs', from: expect.anything(), to: expect.arrayContaining(['stop-first']) }]
  ],
  [
    'a deadline',
    { ...halves, migration: { deadlineSeconds: 10 } },
    [{ path: 'migration.deadlineSeconds', from: 10, to: null }]
  ]
]

test.each(cases)('finds what frees a node where the way is barred by %s', async (_, cluster, changed) => {
  const problem: ProblemInput = { schemaVersion: 1, ...cluster }
  const result = await compact(problem, { timeLimitMs: 3000 })
  expect(result.releasedNodes).toEqual([])
  const answer = await why(problem, result, { node: 'b', timeLimitMs: 8000 })
  if (answer.kind !== 'why-node') throw new Error(answer.kind)
  const wanted = answer.changes.find(({ edits }) => edits[0]?.path === changed[0]?.path)
  expect(wanted, JSON.stringify(answer)).toMatchObject({ edits: changed, savesPerHour: 2, costPerHour: 1 })
})
