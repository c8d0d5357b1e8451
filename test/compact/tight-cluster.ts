import type { ProblemInput } from 'replica-compactor'
import { node, running } from './planned.js'

/** Six pending replicas fill two nodes to the last core, 4 + 3 + 3 each. Greedy, which begins with 4 + 4, finds no place for the last. */
export const tightCluster: ProblemInput = {
  schemaVersion: 1,
  nodes: [node('n1', { capacity: { cpu: 10 } }), node('n2', { capacity: { cpu: 10 } })],
  deployments: [
    { id: 'four', demand: { cpu: 4 } },
    { id: 'three', demand: { cpu: 3 } }
  ],
  replicas: [...running('four', null, null), ...running('three', null, null, null, null)]
}
