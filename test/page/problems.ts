import { parseProblem } from '../../models/contract/parse.js'
import type { Problem } from '../../models/contract/problem.js'

/** Two nodes that are half empty, and two replicas that fit on one of them. */
export function twoNodes(): Problem {
  return parseProblem({
    schemaVersion: 1,
    name: 'two',
    nodes: [
      { id: 'a', type: 'small', capacity: { cpu: 2 }, costPerHour: 1 },
      { id: 'b', type: 'large', capacity: { cpu: 2 }, costPerHour: 3 }
    ],
    deployments: [{ id: 'web', demand: { cpu: 1 } }],
    replicas: [
      { id: 'web-0', deployment: 'web', node: 'a' },
      { id: 'web-1', deployment: 'web', node: 'b' }
    ]
  })
}
