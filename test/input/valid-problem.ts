import type { ProblemInput } from '../../models/contract/problem.js'

/** A small Problem that uses every part of the contract, and whose start is legal. */
export function validProblem(): ProblemInput {
  return {
    schemaVersion: 1,
    name: 'everything',
    takenAt: '2026-11-01T08:00:00Z',
    resources: { gpu: { kind: 'device' }, cpu: { kind: 'scalar' } },
    nodes: [
      { id: 'n1', type: 'large', capacity: { cpu: 8, memory: 32, gpu: 2 }, costPerHour: 3, labels: { zone: 'a' } },
      { id: 'n2', capacity: { cpu: 8, memory: 32, gpu: 2 }, costPerHour: 2, labels: { zone: 'b' } },
      { id: 'n3', capacity: { cpu: 4, memory: 16 }, costPerHour: 1, labels: { zone: 'b' }, acceptsReplicas: false },
      { id: 'n4', capacity: { cpu: 4 }, costPerHour: 0.5, releasable: false }
    ],
    nodeTypes: [
      { type: 'small', capacity: { cpu: 4, memory: 16 }, costPerHour: 0.75, labels: { zone: 'c' }, maxNew: 2 }
    ],
    deployments: [
      { id: 'web', replicas: 3, demand: { cpu: 1, memory: 2 }, startupDemand: { memory: 4 }, maxReplicasPerNode: 2 },
      { id: 'model', demand: { gpu: 1, cpu: 2 }, nodeSelector: { zone: ['a', 'b'] }, maxSurge: 1 },
      { id: 'share', demand: { gpu: 0.5 }, priority: 2, moveCost: 3 }
    ],
    replicas: [
      { id: 'web-0', deployment: 'web', node: 'n1' },
      { id: 'web-1', deployment: 'web', node: 'n2' },
      { id: 'web-2', deployment: 'web', node: null },
      { id: 'model-0', deployment: 'model', node: 'n1', devices: { gpu: [0] } },
      { id: 'share-0', deployment: 'share', node: 'n2', devices: { gpu: [1] }, movable: false },
      { id: 'share-1', deployment: 'share', node: 'n2', gang: 'g' },
      { id: 'web-old', deployment: 'web', node: 'n3', state: 'draining' }
    ],
    rules: [
      { kind: 'anti-affinity', deployments: ['model'], max: 1 },
      { kind: 'conflict', between: [['model'], ['share']], topologyKey: 'node' },
      { kind: 'spread', deployments: ['web'], topologyKey: 'zone', minDomains: 2 },
      { kind: 'affinity', deployments: ['share'], topologyKey: 'zone' },
      { kind: 'at-least', deployments: ['web'], count: 1, nodeSelector: { zone: 'b' } }
    ],
    headroom: [{ deployment: 'share', replicas: 1 }],
    budget: { maxMigrations: 3, maxMoveCost: 9 },
    objective: { horizonHours: 24, moveCostPrice: 0.1 },
    gate: { paybackHours: 48, minSavingPerMove: 0 },
    migration: { limits: { inFlight: 4 }, deadlineSeconds: 3600 }
  }
}
