import { parseProblem } from '../../models/contract/parse.js'
import type { Problem, ProblemInput } from '../../models/contract/problem.js'

type Parts = Pick<ProblemInput, 'deployments' | 'replicas' | 'rules' | 'migration'>

/** Two nodes, `here` and `there`, by their capacities. */
function problem(name: string, here: Record<string, number>, there: Record<string, number>, parts: Parts): Problem {
  return parseProblem({
    schemaVersion: 1,
    name,
    nodes: [
      { id: 'here', capacity: here, costPerHour: 5, labels: { zone: 'here' } },
      { id: 'there', capacity: there, costPerHour: 1 }
    ],
    ...parts
  })
}

const onlyHere = { nodeSelector: { zone: 'here' } }
const stays = { node: 'here', movable: false }

/** What random Problems hardly ever ask, each by the constraint of the reference that answers it. */
export const rareProblems: ReadonlyMap<string, Problem> = new Map([
  [
    'any_order_room',
    problem(
      'where every order must be safe nobody takes the room of who leaves, nor of who drains',
      { cpu: 3 },
      { cpu: 2 },
      {
        deployments: [
          { id: 'mover', demand: { cpu: 1 }, startupDemand: { cpu: 2 } },
          { id: 'drains', demand: { cpu: 1 } }
        ],
        replicas: [
          { id: 'a', deployment: 'mover', node: 'here' },
          { id: 'b', deployment: 'drains', node: 'there', state: 'draining' }
        ],
        migration: { level: 'any-order' }
      }
    )
  ],
  [
    'room_joined',
    problem(
      'a newcomer may not take the room that a leaver gives while the node stays overfull',
      { cpu: 2 },
      { cpu: 1 },
      {
        deployments: [
          { id: 'large', demand: { cpu: 2 } },
          { id: 'leaver', demand: { cpu: 1 } },
          { id: 'newcomer', demand: { cpu: 1 }, ...onlyHere }
        ],
        replicas: [
          { id: 'a', deployment: 'large', ...stays },
          { id: 'b', deployment: 'leaver', node: 'here' },
          { id: 'c', deployment: 'newcomer', node: null }
        ]
      }
    )
  ],
  [
    'device_joined',
    problem(
      'nor the share of a device',
      { gpu: 2 },
      { gpu: 1 },
      {
        deployments: [
          { id: 'large', demand: { gpu: 0.6 } },
          { id: 'leaver', demand: { gpu: 0.5 } },
          { id: 'newcomer', demand: { gpu: 0.5 }, ...onlyHere }
        ],
        replicas: [
          { id: 'a', deployment: 'large', devices: { gpu: [0] }, ...stays },
          { id: 'b', deployment: 'large', devices: { gpu: [1] }, ...stays },
          { id: 'c', deployment: 'leaver', node: 'here', devices: { gpu: [0] } },
          { id: 'd', deployment: 'newcomer', node: null }
        ]
      }
    )
  ],
  [
    'places_joined',
    problem(
      'nor the place of a copy of its deployment',
      { gpu: 2 },
      { gpu: 1 },
      {
        deployments: [
          { id: 'single', demand: { gpu: 0.5 }, maxReplicasPerNode: 1 },
          { id: 'other', demand: { gpu: 0.6 } }
        ],
        replicas: [
          { id: 'a', deployment: 'single', devices: { gpu: [1] }, ...stays },
          { id: 'b', deployment: 'single', node: 'here', devices: { gpu: [0] } },
          { id: 'c', deployment: 'other', devices: { gpu: [0] }, ...stays },
          { id: 'd', deployment: 'single', node: null }
        ]
      }
    )
  ],
  [
    'anti_affinity_joined',
    problem(
      'nor the place of a member in a domain',
      {},
      {},
      {
        deployments: [
          { id: 'first', demand: {} },
          { id: 'second', demand: {}, ...onlyHere }
        ],
        replicas: [
          { id: 'a', deployment: 'first', ...stays },
          { id: 'b', deployment: 'first', node: 'here' },
          { id: 'c', deployment: 'second', node: null }
        ],
        rules: [{ kind: 'anti-affinity', deployments: ['first', 'second'] }]
      }
    )
  ],
  [
    'conflict_joined',
    problem(
      'nobody joins a conflict, not even its larger side',
      {},
      {},
      {
        deployments: [
          { id: 'left', demand: {}, ...onlyHere },
          { id: 'right', demand: {} }
        ],
        replicas: [
          { id: 'a', deployment: 'left', ...stays },
          { id: 'b', deployment: 'right', ...stays },
          { id: 'c', deployment: 'left', node: null }
        ],
        rules: [{ kind: 'conflict', between: [['left'], ['right']] }]
      }
    )
  ],
  [
    'devices_of',
    problem(
      'three shares of 0.6 need three devices',
      { gpu: 1 },
      { gpu: 2 },
      {
        deployments: [{ id: 'share', demand: { gpu: 0.6 }, replicas: 3 }],
        replicas: []
      }
    )
  ],
  [
    'affinity_unlabelled',
    problem(
      'members outside every domain are broken each for itself',
      {},
      {},
      {
        deployments: [{ id: 'member', demand: {}, movable: false }],
        replicas: [
          { id: 'a', deployment: 'member', node: 'there' },
          { id: 'b', deployment: 'member', node: 'there' }
        ],
        rules: [{ kind: 'affinity', deployments: ['member'], topologyKey: 'zone' }]
      }
    )
  ],
  [
    'pins',
    problem(
      'the copies that are left of a pinned deployment stay where they are',
      {},
      {},
      {
        deployments: [{ id: 'pinned', demand: {}, movable: false, replicas: 1 }],
        replicas: ['a', 'b'].map((id) => ({ id, deployment: 'pinned', node: 'here' }))
      }
    )
  ],
  [
    'pinned_stay',
    problem(
      'of a pinned deployment the surplus one is the copy that is not pinned',
      {},
      {},
      {
        deployments: [{ id: 'pinned', demand: {}, movable: false, replicas: 1 }],
        replicas: [
          { id: 'a', deployment: 'pinned', node: 'here' },
          { id: 'b', deployment: 'pinned', node: 'there', movable: true }
        ]
      }
    )
  ]
])

/** One member of a gang could join the other; together they have nowhere to go that is cheaper. */
export const splitGang: Problem = problem(
  'a split gang',
  {},
  {},
  {
    deployments: [{ id: 'pair', demand: {} }],
    replicas: [
      { id: 'a', deployment: 'pair', node: 'here', gang: 'pair' },
      { id: 'b', deployment: 'pair', node: 'there', gang: 'pair' }
    ]
  }
)
