import { expect, test } from 'vitest'
import type { Decisions } from '../../models/contract/decisions.js'
import type { MoveReason, NodeReason } from '../../models/contract/result.js'
import { verifyResult } from '../../models/index.js'
import { aMove } from './golden-plans.js'

const { problem, result } = aMove()
const [mover] = problem.replicas.filter(({ id, node }) => {
  return result.placement.some((entry) => entry.replica === id && entry.node !== node)
})
const from = mover?.node ?? ''
const to = result.placement.find(({ replica }) => replica === mover?.id)?.node ?? ''
const replica = mover?.id ?? ''

function wrongWith(explanation: { nodes?: NodeReason[]; moves?: MoveReason[] }): string[] {
  return verifyResult(problem, { ...result, explanation }).map(
    ({ code, where, message }) => `${code} ${where}: ${message}`
  )
}

test('an explanation that is so passes', () => {
  expect(replica).not.toBe('')
  const nodes: NodeReason[] = [{ node: to, code: 'no-room-elsewhere', replicas: [replica], limits: ['cpu'] }]
  expect(wrongWith({ nodes, moves: [{ replica, code: 'empty-node', node: from }] })).toEqual([])
})

type Lie = [what: string, explanation: Parameters<typeof wrongWith>[0], says: string]

test('what blocks an order of moves is told in words', () => {
  const limits = ['cpu of node-a', 'maxSurge of web', 'devices']
  expect(wrongWith({ nodes: [{ node: to, code: 'migration-blocked', limits }] })).toEqual([])
})

const lies: Lie[] = [
  ['a node that is gone', { nodes: [{ node: from, code: 'not-proven' }] }, 'is no node that stays'],
  ['a pin that is none', { nodes: [{ node: to, code: 'hosts-pinned', replicas: [replica] }] }, 'is not held as'],
  ['a gang that is none', { nodes: [{ node: to, code: 'hosts-gang', replicas: [replica] }] }, 'is not held as'],
  ['a start that is none', { nodes: [{ node: to, code: 'hosts-in-flight', replicas: [replica] }] }, 'is not held as'],
  ['a node that may go', { nodes: [{ node: to, code: 'not-releasable' }] }, 'may be given back'],
  ['a node with a price', { nodes: [{ node: to, code: 'saves-nothing' }] }, 'an hour'],
  ['a gate that is not there', { nodes: [{ node: to, code: 'gate' }] }, 'there is no gate'],
  ...['rules[7]', 'gpuu', 'nodes[99].acceptsReplicas', 'gate.patience', 'toString', 'toString[0].x'].map(
    (limit): Lie => [
      `a limit that is not there, ${limit}`,
      { nodes: [{ node: to, code: 'not-proven', limits: [limit] }] },
      `there is no ${limit} that`
    ]
  ),
  [
    'a replica that is not there',
    { nodes: [{ node: to, code: 'hosts-pinned', replicas: ['nobody'] }] },
    'nobody is not on'
  ],
  ['a replica that does not move', { moves: [{ replica: 'nobody', code: 'none-found' }] }, 'nobody does not migrate'],
  ['a node that it does not leave', { moves: [{ replica, code: 'repair', node: to }] }, 'does not leave'],
  ['a node that need not be empty', { moves: [{ replica, code: 'must-empty', node: from }] }, 'need not be empty'],
  ['a gang of which it is none', { moves: [{ replica, code: 'gang', replicas: [] }] }, 'is not of the gang'],
  ['a rule that is none', { moves: [{ replica, code: 'keep-rule', rule: 'rules[7]' }] }, 'there is no rules[7]'],
  [
    'one that does not come',
    { moves: [{ replica, code: 'make-room', node: from, replicas: [replica] }] },
    'does not come to'
  ],
  [
    'a move told twice',
    {
      moves: [
        { replica, code: 'empty-node', node: from },
        { replica, code: 'empty-node', node: from }
      ]
    },
    'is explained twice'
  ]
]

test.each(lies)('refuses %s', (_, explanation, says) => {
  const [violation, ...others] = wrongWith(explanation)
  expect(violation).toContain(says)
  expect(violation).toMatch(/^claim explanation\.(nodes|moves)\[\d\]/)
  expect(others).toEqual([])
})

/** What the checker says of decisions, each with its path. */
function wrongWithDecisions(changes: Partial<Decisions>): string[] {
  const decisions = { accept: [], reject: [], pin: [], ...changes }
  return verifyResult(problem, { ...result, explanation: { decisions } }).map(({ where, message }) => {
    expect(message).toContain(where)
    return message.slice('explanation.decisions.'.length)
  })
}

const deployment = mover?.deployment ?? ''

test('decisions that the Result obeys pass', () => {
  expect(wrongWithDecisions({ accept: [{ replica, node: to }] })).toEqual([])
  expect(wrongWithDecisions({ reject: [{ replica, deployment, node: from, others: 0 }] })).toEqual([])
})

test.each([
  ['an accepted move that is not made', { accept: [{ replica, node: 'elsewhere' }] }, 'does not end on elsewhere'],
  ['an accepted move that is none', { accept: [{ replica, node: from }] }, 'that is no move'],
  ['a rejected move that is made', { reject: [{ replica, deployment, node: to, others: 1 }] }, `comes to ${to}`],
  [
    'another one in its stead',
    { reject: [{ replica: `${deployment}-new-9`, deployment, node: to, others: 0 }] },
    'at most 0 may'
  ],
  ['a pinned replica that moves', { pin: [{ replica }] }, 'does not stay'],
  ['a replica that there is not', { pin: [{ replica: 'nobody' }] }, 'there is no replica nobody']
])('refuses %s', (_, decisions, says) => {
  const [message, ...others] = wrongWithDecisions(decisions)
  expect(message).toContain(says)
  expect(others).toEqual([])
})
