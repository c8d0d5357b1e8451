import type { Problem } from '../../../../models/contract/problem.js'
import type { Result } from '../../../../models/contract/result.js'
import { renderReport } from '../../../../src/report/html/result/render-report.js'
import { sampleProblem, sampleResult } from '../../../cli/sample-result.js'
import { planFixture } from '../../cluster/fixture-results.js'

/** A Result with everything that can be told of one, true or not. */
export function fullResult(): Result {
  return sampleResult({
    termination: 'time-limit',
    gap: 0.25,
    bound: { costPerHour: 1.1, moveCost: 0, total: 1.1 },
    headroom: [{ deployment: 'chat', node: 'new-g5-1', devices: { gpu: [0] } }],
    newNodes: [
      { id: 'new-g5-1', type: 'g5' },
      { id: 'new-g5-2', type: 'g5', rented: true }
    ],
    unplaced: [{ replica: 'chat-9', deployment: 'chat' }],
    violations: [{ code: 'spread', where: 'zone', amount: 1, message: 'zone: one more than allowed' }],
    solve: {
      seconds: 10,
      seed: 7,
      workLimit: 500,
      solver: 'highs',
      formulation: 'pattern',
      incumbents: [
        { seconds: 0.1, costPerHour: 23.4, bound: 0, search: 'start' },
        { seconds: 0.4, costPerHour: 3, bound: 1, search: 'greedy' },
        { seconds: 4, costPerHour: 1.5, bound: 1.1, search: 'column-generation' }
      ],
      searches: [
        { name: 'greedy', seconds: 0.3, incumbents: 1, bestCostPerHour: 3 },
        { name: 'column-generation', seconds: 5, incumbents: 1, bestCostPerHour: 1.5, bound: 1.1 }
      ]
    },
    explanation: {
      nodes: [
        { node: 'small', code: 'no-room-elsewhere', replicas: ['chat-0', 'chat-1'], limits: ['gpu', 'rules[2]'] }
      ],
      moves: [{ replica: 'chat-0', code: 'empty-node', node: 'large' }],
      held: [{ replica: 'chat-0', code: 'gang' }],
      givenUp: { costPerHour: 0.4, moves: [{ replica: 'chat-1', reason: 'blocked', limits: ['gpu on small'] }] },
      notes: ['label zone is set on no node']
    }
  })
}

export function fullProblem(): Problem {
  return sampleProblem({
    nodeTypes: [{ type: 'g5', capacity: { cpu: 8, gpu: 1 }, costPerHour: 1.5, maxNew: 3 }],
    replicas: [
      { id: 'chat-0', deployment: 'chat', node: 'large', devices: { gpu: [0] } },
      { id: 'chat-1', deployment: 'chat', node: 'small', devices: { gpu: [0] } },
      { id: 'chat-2', deployment: 'chat', node: 'small', state: 'draining' },
      { id: 'chat-9', deployment: 'chat', node: null }
    ]
  })
}

export const CURVE = {
  points: [
    { migrations: 0, costPerHour: 23.4, bound: 23.4 },
    { migrations: 1, costPerHour: 1.5, bound: 1.1 },
    { migrations: 2, costPerHour: 1.4, bound: 1.1 }
  ],
  knee: 1
}

/** The full Result where each name is another one. */
export function renamed(nameOf: (plain: string) => string): [Problem, Result] {
  const plain = new Set([
    ...['large', 'small', 'idle', 'chat', 'chat-0', 'chat-1', 'chat-2', 'chat-9', 'p4d', 'g5', 'new-g5-1', 'new-g5-2'],
    ...['cpu', 'sample', 'greedy', 'column-generation', 'zone', 'gpu on small', 'label zone is set on no node']
  ])
  const swap = (value: unknown): unknown => {
    if (typeof value === 'string') return plain.has(value) ? nameOf(value) : value
    if (Array.isArray(value)) return value.map(swap)
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [plain.has(key) ? nameOf(key) : key, swap(inner)])
    )
  }
  return [swap(fullProblem()) as Problem, swap(fullResult()) as Result]
}

/** Reports of few nodes and of many, of a Result alone, of one that is wrong, and of none. */
export async function sampleReports(): Promise<Readonly<Record<string, string>>> {
  const madeFrom = [['Problem file', 'cluster.yaml']] as const
  const quickstart = await planFixture('quickstart.problem.yaml')
  const named = await planFixture('openb/openb-slice-30.problem.json')
  const dense = await planFixture('dense/dense-100-1.problem.json')
  return {
    quickstart: renderReport(...quickstart, { madeFrom }),
    'thirty nodes': renderReport(...named),
    'a hundred nodes': renderReport(...dense),
    'everything there is to tell': renderReport(fullProblem(), fullResult(), { curve: CURVE }),
    'a Result alone': renderReport(null, fullResult(), { curve: CURVE }),
    infeasible: renderReport(sampleProblem(), infeasibleResult())
  }
}

export function infeasibleResult(): Result {
  const { objective, bound, gap, producer, ...rest } = sampleResult({
    termination: 'infeasible',
    primalStatus: 'none',
    placement: [],
    releasedNodes: [],
    plan: { status: 'complete', steps: [], makespanSeconds: 0 },
    explanation: {
      conflict: [
        { path: 'deployments[0].demand.gpu', message: 'asks for 9 gpu, the largest node has 8' },
        { path: 'rules[2]', message: 'all in one zone' }
      ]
    }
  })
  return rest
}
