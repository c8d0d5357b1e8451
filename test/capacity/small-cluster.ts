import type { ProblemInput } from '../../models/contract/problem.js'

/** Two zones, two deployments, a type to buy: small enough to be solved in a moment, with something of everything that changes may name. */
export const smallCluster: ProblemInput = {
  schemaVersion: 1,
  name: 'small',
  nodes: [
    { id: 'n1', type: 'large', capacity: { cpu: 16, memory: 64, gpu: 2 }, costPerHour: 4, labels: { zone: 'a' } },
    { id: 'n2', type: 'large', capacity: { cpu: 16, memory: 64, gpu: 2 }, costPerHour: 4, labels: { zone: 'b' } },
    { id: 'n3', type: 'small', capacity: { cpu: 8, memory: 32, gpu: 1 }, costPerHour: 2.5, labels: { zone: 'b' } }
  ],
  nodeTypes: [
    { type: 'small', capacity: { cpu: 8, memory: 32, gpu: 1 }, costPerHour: 2.5, labels: { zone: 'a' }, maxNew: 6 },
    {
      type: 'large:spot',
      capacity: { cpu: 16, memory: 64, gpu: 2 },
      costPerHour: 1.5,
      labels: { zone: 'b' },
      maxNew: 4
    }
  ],
  deployments: [
    { id: 'chat', demand: { cpu: 4, memory: 16, gpu: 1 } },
    { id: 'embed', demand: { cpu: 2, memory: 8, gpu: 0.5 }, replicas: 3 }
  ],
  replicas: [
    { id: 'chat-0', deployment: 'chat', node: 'n1', devices: { gpu: [0] } },
    { id: 'chat-1', deployment: 'chat', node: 'n2', devices: { gpu: [0] } },
    { id: 'embed-0', deployment: 'embed', node: 'n3', devices: { gpu: [0] } },
    { id: 'embed-1', deployment: 'embed', node: 'n2', devices: { gpu: [1] } },
    { id: 'embed-2', deployment: 'embed', node: null }
  ],
  rules: [
    { kind: 'spread', deployments: ['chat'], topologyKey: 'zone', minDomains: 2 },
    { kind: 'conflict', between: [['chat'], ['embed']], topologyKey: 'node' }
  ],
  headroom: [{ deployment: 'embed', replicas: 1 }],
  budget: { maxMigrations: 5, maxMoveCost: 10 }
}
