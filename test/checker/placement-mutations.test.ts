import { expect, test } from 'vitest'
import {
  type PlacementLike,
  type ProblemInput,
  type Result,
  type ViolationCode,
  verifyPlacement
} from '../../models/index.js'
import { cluster, node } from './answers.js'

type Draft = Partial<Omit<PlacementLike, 'placement'>> & { placement: string[] }

/** Two nodes, web-0 and web-1 on a, a draining copy on b, and web-2 waiting. */
function problemWith(more: Partial<ProblemInput>) {
  return cluster({
    nodes: [node('a', { labels: { zone: 'z' } }), node('b')],
    nodeTypes: [{ type: 'small', capacity: { cpu: 8 }, costPerHour: 1, maxNew: 1 }],
    deployments: [{ id: 'web', demand: { cpu: 2 } }],
    replicas: [
      { id: 'web-0', deployment: 'web', node: 'a' },
      { id: 'web-1', deployment: 'web', node: 'a' },
      { id: 'web-2', deployment: 'web', node: null },
      { id: 'old', deployment: 'web', node: 'b', state: 'draining' }
    ],
    ...more
  })
}

/** A placement written as `replica@node`, with the deployment beside new ones. */
function place({ placement, ...more }: Draft): PlacementLike {
  return {
    placement: placement.map((text) => {
      const [replica = '', where = ''] = text.split('@')
      const deployment = replica.split('-new-')[0] ?? ''
      return { replica, node: where, ...(replica.includes('-new-') ? { deployment } : {}) }
    }),
    newNodes: [],
    headroom: [],
    assumedDevices: [],
    ...more
  }
}

const stay = ['web-0@a', 'web-1@a', 'web-2@a']
const replicas = (more: object): ProblemInput['replicas'] => [
  { id: 'web-0', deployment: 'web', node: 'a', ...more },
  { id: 'web-1', deployment: 'web', node: 'a' },
  { id: 'web-2', deployment: 'web', node: null }
]
const web = (more: object): ProblemInput['deployments'] => [{ id: 'web', demand: { cpu: 2 }, ...more }]
const partial: Result['plan'] = { status: 'partial', steps: [], makespanSeconds: 0 }
const waiting = [{ replica: 'web-2', deployment: 'web' }]

const accepted: [string, Partial<ProblemInput>, Draft][] = [
  ['everything as it is', {}, { placement: stay }],
  [
    'one on a new node',
    {},
    { placement: [...stay.slice(0, 2), 'web-2@new'], newNodes: [{ id: 'new', type: 'small' }] }
  ],
  ['a new replica', { deployments: web({ replicas: 4 }) }, { placement: [...stay, 'web-new-1@b'] }],
  ['one unplaced, best effort', { pending: 'best-effort' }, { placement: stay.slice(0, 2), unplaced: waiting }],
  ['one unplaced, partial plan', {}, { placement: stay.slice(0, 2), unplaced: waiting, plan: partial }],
  [
    'what runs outside its selector',
    { deployments: web({ nodeSelector: { zone: 'y' }, replicas: 2 }) },
    { placement: stay.slice(0, 2) }
  ],
  [
    'headroom',
    { headroom: [{ deployment: 'web', replicas: 1 }] },
    { placement: stay, headroom: [{ deployment: 'web', node: 'b' }] }
  ]
]

test.each(accepted)('accepts %s', (_, more, draft) => {
  expect(verifyPlacement(problemWith(more), place(draft))).toEqual([])
})

const rejected: [string, ViolationCode, Partial<ProblemInput>, Draft][] = [
  ['an unknown node', 'reference', {}, { placement: ['web-0@a', 'web-1@a', 'web-2@constructor'] }],
  ['an unknown replica', 'reference', {}, { placement: [...stay, 'ghost@a'] }],
  ['a replica twice', 'reference', {}, { placement: [...stay, 'web-2@b'] }],
  ['a missing replica', 'count', {}, { placement: stay.slice(0, 2) }],
  ['a replica too many', 'count', {}, { placement: [...stay, 'web-new-1@b'] }],
  ['a draining copy', 'count', {}, { placement: ['web-0@a', 'web-1@a', 'old@b'] }],
  [
    'a wrong name of a new one',
    'reference',
    { deployments: web({ replicas: 4 }) },
    { placement: [...stay, 'web-new-x@b'] }
  ],
  ['one unplaced where all are required', 'count', {}, { placement: stay.slice(0, 2), unplaced: waiting }],
  ['one unplaced that is not listed', 'count', { pending: 'best-effort' }, { placement: stay.slice(0, 2) }],
  ['a running one unplaced', 'count', { pending: 'best-effort' }, { placement: ['web-0@a'], unplaced: waiting }],
  ['one placed and unplaced', 'count', { pending: 'best-effort' }, { placement: stay, unplaced: waiting }],
  ['an unknown node type', 'reference', {}, { placement: stay, newNodes: [{ id: 'new', type: 'toString' }] }],
  ['the id of a node taken', 'reference', {}, { placement: stay, newNodes: [{ id: 'a', type: 'small' }] }],
  ['too many new nodes', 'count', {}, { placement: stay, newNodes: ['n', 'm'].map((id) => ({ id, type: 'small' })) }],
  ['too little room', 'capacity', { deployments: web({ demand: { cpu: 3 } }) }, { placement: stay }],
  [
    'the selector',
    'selector',
    { deployments: web({ nodeSelector: { zone: 'z' } }) },
    { placement: [...stay.slice(0, 2), 'web-2@b'] }
  ],
  ['a closed node', 'closed-node', { nodes: [node('a', { acceptsReplicas: false }), node('b')] }, { placement: stay }],
  [
    'a node that must be empty',
    'must-empty',
    { nodes: [node('a', { mustEmpty: true }), node('b')] },
    { placement: stay }
  ],
  [
    'a pinned one moved',
    'pinned',
    { replicas: replicas({ movable: false }) },
    { placement: ['web-0@b', 'web-1@a', 'web-2@a'] }
  ],
  [
    'a pinned one stopped',
    'pinned',
    { replicas: replicas({ movable: false }), deployments: web({ replicas: 2 }) },
    { placement: ['web-1@a', 'web-2@a'] }
  ],
  [
    'half a gang moved',
    'gang',
    { replicas: replicas({ gang: 'g' }).map((replica) => ({ ...replica, gang: 'g' })) },
    { placement: ['web-0@b', 'web-1@a', 'web-2@a'] }
  ],
  ['two that trade names', 'naming', {}, { placement: ['web-0@b', 'web-1@a', 'web-2@a'] }],
  ['too many migrations', 'budget', { budget: { maxMigrations: 0 } }, { placement: ['web-0@b', 'web-1@a', 'web-2@b'] }],
  ['too dear migrations', 'budget', { budget: { maxMoveCost: 0.5 } }, { placement: ['web-0@b', 'web-1@a', 'web-2@b'] }],
  ['headroom left out', 'headroom', { headroom: [{ deployment: 'web', replicas: 1 }] }, { placement: stay }],
  [
    'headroom on a released node',
    'headroom',
    { headroom: [{ deployment: 'web', replicas: 1 }] },
    { placement: stay, headroom: [{ deployment: 'web', node: 'b' }], releasedNodes: ['b'] }
  ],
  [
    'headroom that does not fit',
    'capacity',
    { headroom: [{ deployment: 'web', replicas: 2 }] },
    { placement: stay, headroom: Array(2).fill({ deployment: 'web', node: 'a' }) }
  ],
  [
    'devices nobody demands',
    'devices',
    {},
    { placement: stay, assumedDevices: [{ replica: 'web-0', devices: { gpu: [0] } }] }
  ]
]

test.each(rejected)('rejects %s: %s', (_, code, more, draft) => {
  expect(verifyPlacement(problemWith(more), place(draft)).map((violation) => violation.code)).toContain(code)
})
