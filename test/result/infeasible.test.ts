import { describe, expect, test } from 'vitest'
import { verifyResult } from '../../models/checker/verify-result.js'
import { parseProblem } from '../../models/contract/parse.js'
import type { ProblemInput } from '../../models/contract/problem.js'
import { compact } from '../../src/compact.js'
import { cluster, deployment, node, replica } from './cluster.js'

/** The conflict that is named, one line a part; without a solver, so that counting alone must do. */
async function conflictOf(input: ProblemInput): Promise<string[]> {
  const problem = parseProblem(input)
  const result = await compact(problem, { solver: 'greedy', timeLimitMs: 2000 })
  expect(verifyResult(problem, result)).toEqual([])
  expect(result).toMatchObject({ primalStatus: 'none', termination: 'infeasible', placement: [], plan: { steps: [] } })
  return (result.explanation.conflict ?? []).map(({ path, message }) => `${path}: ${message}`)
}

const both = [deployment('a', { replicas: 1 }), deployment('b', { replicas: 1 })]
const emptied = [node('n1', 4, { mustEmpty: true }), node('n2', 4)]

describe('an infeasible Problem names the parts that conflict', () => {
  test.each<[string, Partial<ProblemInput>, string[]]>([
    [
      'a demand that fits no node',
      { deployments: [deployment('b'), deployment('a', { demand: { gpu: 8 }, replicas: 1 })] },
      ['deployments[1].demand.gpu: 8 gpu asked, the largest node has 4']
    ],
    [
      'a demand that fits no node of its selector',
      {
        nodes: [node('n1', 4, { labels: { zone: 'a' } }), node('n2', 16)],
        deployments: [deployment('a', { demand: { cpu: 8 }, replicas: 1, nodeSelector: { zone: 'a' } })]
      },
      ['deployments[0].demand.cpu: 8 cpu asked, the largest node admitted by its selector has 4']
    ],
    [
      'two demands that no one node meets together',
      {
        nodes: [
          { id: 'n1', capacity: { cpu: 8, memory: 1 }, costPerHour: 1 },
          { id: 'n2', capacity: { cpu: 1, memory: 8 }, costPerHour: 1 }
        ],
        deployments: [deployment('a', { demand: { cpu: 4, memory: 6 }, replicas: 1 })]
      },
      ['deployments[0].demand.cpu: 4 cpu asked, "n2", the nearest node, has 1']
    ],
    [
      'a selector without nodes',
      {
        nodes: [node('n1', 4, { labels: { zone: 'a' } })],
        deployments: [deployment('a', { replicas: 1, nodeSelector: { zone: ['x', 'y'] } })]
      },
      ['deployments[0].nodeSelector: zone "x" or "y" asked, nodes have zone "a"']
    ],
    [
      'nodes that are closed',
      {
        nodes: [node('n1', 4, { acceptsReplicas: false }), node('n2', 4, { mustEmpty: true })],
        deployments: [deployment('a', { replicas: 1 })]
      },
      ['deployments[0]: every node that is large enough is closed: "n1" accepts no replicas, "n2" must be empty']
    ],
    [
      'more replicas than fit',
      { deployments: [deployment('a', { replicas: 9 })] },
      [
        'deployments[0].replicas: 9 replicas wanted, nodes that may take one (2) have room for 8 when nothing else is there'
      ]
    ],
    [
      'more in all than the nodes have',
      { deployments: [deployment('a', { replicas: 5 }), deployment('b', { replicas: 4 })] },
      ['deployments: 9 cpu wanted by 2 deployments in all, the nodes have 8']
    ],
    [
      'a limit per node',
      { deployments: [deployment('a', { replicas: 3, maxReplicasPerNode: 1 })] },
      ['deployments[0].maxReplicasPerNode: 3 replicas wanted, at most 1 on each of the 2 nodes that may take one']
    ],
    [
      'a pin on a node to be emptied',
      { nodes: emptied, replicas: [replica('a', 0, 'n1', { movable: false })] },
      ['nodes[0].mustEmpty: "n1" must host nothing', 'replicas[0].movable: replica "a-0" on "n1" is pinned to it']
    ],
    [
      'a budget too small to empty a node',
      { nodes: emptied, replicas: [replica('a', 0, 'n1')], budget: { maxMigrations: 0 } },
      ['budget.maxMigrations: 0 allowed, at least 1 needed to empty the nodes that must host nothing']
    ],
    [
      'a deadline too short to empty a node',
      { nodes: emptied, replicas: [replica('a', 0, 'n1')], migration: { deadlineSeconds: 60 } },
      [
        'migration.deadlineSeconds: 60 s allowed, moving one of "a" takes 90 s: needed to empty the nodes that must host nothing'
      ]
    ],
    [
      'more pinned than wanted',
      {
        deployments: [deployment('a', { replicas: 1 })],
        replicas: [replica('a', 0, 'n1', { movable: false }), replica('a', 1, 'n2', { movable: false })]
      },
      ['deployments[0].replicas: 1 replica wanted, 2 are pinned and may not be stopped: "a-0", "a-1"']
    ],
    [
      'anti-affinity with too few domains',
      { deployments: [deployment('a', { replicas: 3 })], rules: [{ kind: 'anti-affinity', deployments: ['a'] }] },
      ['rules[0]: at most 1 of "a" in one domain of "node"; 2 domains may take one, so 2 in all, 3 wanted']
    ],
    [
      'affinity without a domain that is large enough',
      { deployments: [deployment('a', { replicas: 6 })], rules: [{ kind: 'affinity', deployments: ['a'] }] },
      ['rules[0]: affinity wants all 6 of "a" in one domain of "node", the largest has room for 4']
    ],
    [
      'affinity over a label that only nodes have of which none may be bought',
      {
        nodeTypes: [{ type: 't', capacity: { cpu: 4 }, costPerHour: 1, labels: { rack: 'r' }, maxNew: 0 }],
        deployments: [deployment('a', { replicas: 2 })],
        rules: [{ kind: 'affinity', deployments: ['a'], topologyKey: 'rack' }]
      },
      ['rules[0].topologyKey: affinity of "a" asks for nodes with the label "rack", no node has it']
    ],
    [
      'spread over more domains than there are',
      {
        deployments: [deployment('a', { replicas: 3 })],
        rules: [{ kind: 'spread', deployments: ['a'], minDomains: 3 }]
      },
      ['rules[0].minDomains: spread of "a" over 3 domains of "node" asked, 2 domains may take one']
    ],
    [
      'affinity against anti-affinity',
      {
        deployments: both,
        rules: [
          { kind: 'anti-affinity', deployments: ['a', 'b'] },
          { kind: 'affinity', deployments: ['a', 'b'] }
        ]
      },
      [
        'rules[1]: affinity wants "a", "b" in one domain of "node"',
        'rules[0]: anti-affinity allows 1 of "a", "b" in one domain of "node", 2 are wanted'
      ]
    ],
    [
      'affinity against conflict',
      {
        deployments: both,
        rules: [
          { kind: 'affinity', deployments: ['a', 'b'] },
          { kind: 'conflict', between: [['a'], ['b']] }
        ]
      },
      [
        'rules[0]: affinity wants "a", "b" in one domain of "node"',
        'rules[1]: conflict lets no domain of "node" host both "a" and "b"'
      ]
    ],
    [
      'affinity against spread, of replicas that run',
      {
        replicas: [replica('a', 0, 'n1'), replica('a', 1, 'n2')],
        rules: [
          { kind: 'affinity', deployments: ['a'] },
          { kind: 'spread', deployments: ['a'], minDomains: 2 }
        ]
      },
      [
        'rules[0]: affinity wants "a" in one domain of "node"',
        'rules[1]: spread wants "a" in at least 2 domains of "node"'
      ]
    ],
    [
      'headroom that fits nowhere',
      {
        deployments: [deployment('a', { replicas: 1 }), deployment('b', { demand: { cpu: 9 } })],
        headroom: [{ deployment: 'b', replicas: 1 }]
      },
      ['headroom[0]: headroom of "b", beside its replicas: 9 cpu asked, the largest node has 4']
    ]
  ])('%s', async (_, parts, expected) => {
    expect(await conflictOf(cluster(parts))).toEqual(expect.arrayContaining(expected))
  })

  test('shares that leave no device whole', async () => {
    const shares = [
      deployment('a', { demand: { gpu: 0.6 }, replicas: 5 }),
      deployment('b', { demand: { gpu: 0.6 }, replicas: 4 })
    ]
    expect((await conflictOf(cluster({ deployments: shares }))).join()).toMatch(
      /^deployments: 9 .*gpu.* the nodes have 8$/
    )
  })
})
