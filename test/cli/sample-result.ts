import { parseProblem } from '../../models/contract/parse.js'
import type { Problem, ProblemInput } from '../../models/contract/problem.js'
import type { Result } from '../../models/contract/result.js'

/** Two nodes with one replica each; one of them suffices. */
export function sampleProblem(changes: Partial<ProblemInput> = {}): Problem {
  return parseProblem({
    schemaVersion: 1,
    name: 'sample',
    nodes: [
      { id: 'large', type: 'p4d', capacity: { cpu: 48, gpu: 8 }, costPerHour: 21.9 },
      { id: 'small', type: 'g5', capacity: { cpu: 8, gpu: 1 }, costPerHour: 1.5 },
      { id: 'idle', type: 'g5', capacity: { cpu: 8, gpu: 1 }, costPerHour: 1.5 }
    ],
    deployments: [{ id: 'chat', demand: { cpu: 2, gpu: 0.5 } }],
    replicas: [
      { id: 'chat-0', deployment: 'chat', node: 'large', devices: { gpu: [0] } },
      { id: 'chat-1', deployment: 'chat', node: 'small', devices: { gpu: [0] } }
    ],
    ...changes
  })
}

/** The plan that moves `chat-0` from `large` to `small`, proven optimal. */
export function sampleResult(changes: Partial<Result> = {}): Result {
  return {
    schemaVersion: 1,
    problem: { name: 'sample', fingerprint: 'sha256:0' },
    termination: 'optimal',
    primalStatus: 'feasible',
    producer: 'mip',
    objective: { costPerHour: 1.5, moveCost: 1, migrations: 1, activeNodes: 1, total: 1.5 },
    bound: { costPerHour: 1.5, moveCost: 1, total: 1.5 },
    gap: 0,
    initial: { costPerHour: 23.4, activeNodes: 2, listedCostPerHour: 24.9 },
    placement: [
      { replica: 'chat-0', node: 'small', devices: { gpu: [0] } },
      { replica: 'chat-1', node: 'small', devices: { gpu: [0] } }
    ],
    assumedDevices: [],
    headroom: [],
    unplaced: [],
    violations: [],
    newNodes: [],
    releasedNodes: ['large', 'idle'],
    plan: {
      status: 'complete',
      steps: [
        { id: 's1', action: 'cordon', node: 'large', after: [], startSeconds: 0, endSeconds: 0 },
        { id: 's2', action: 'release', node: 'idle', after: [], startSeconds: 0, endSeconds: 0 },
        {
          id: 's3',
          action: 'start',
          replica: 'chat-0',
          node: 'small',
          devices: { gpu: [0] },
          after: ['s1'],
          startSeconds: 0,
          endSeconds: 60
        },
        {
          id: 's4',
          action: 'shift',
          replica: 'chat-0',
          from: 'large',
          to: 'small',
          after: ['s3'],
          startSeconds: 60,
          endSeconds: 60
        },
        {
          id: 's5',
          action: 'drain',
          replica: 'chat-0',
          node: 'large',
          after: ['s4'],
          startSeconds: 60,
          endSeconds: 90
        },
        { id: 's6', action: 'stop', replica: 'chat-0', node: 'large', after: ['s5'], startSeconds: 90, endSeconds: 90 },
        { id: 's7', action: 'release', node: 'large', after: ['s6'], startSeconds: 90, endSeconds: 90 }
      ],
      makespanSeconds: 90
    },
    solve: { seconds: 0.42, seed: 1, solver: 'highs', formulation: 'assignment', incumbents: [] },
    explanation: {},
    ...changes
  }
}
