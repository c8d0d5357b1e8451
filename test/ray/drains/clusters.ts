import { parseProblem } from '../../../models/contract/parse.js'
import type { Problem } from '../../../models/contract/problem.js'

/** Three small nodes of 10 cores and a large one, of which two can be drained: with the ids by which Ray knows them. */
export function threeAndOne(): Problem {
  const nodes = ['a', 'b', 'c', 'large'].map((id, index) => ({
    id,
    capacity: { cpu: id === 'large' ? 20 : 10 },
    costPerHour: index + 1,
    labels: { 'ray.io/node-id': `${index}`.repeat(56) }
  }))
  const on = (deployment: string, ...homes: string[]) =>
    homes.map((node, index) => ({ id: `${deployment}-${index}`, deployment, node }))
  return parseProblem({
    schemaVersion: 1,
    name: 'small',
    nodes: [
      ...nodes,
      { id: 'idle', capacity: { cpu: 4 }, costPerHour: 1, labels: { 'ray.io/node-id': 'f'.repeat(56) } }
    ],
    deployments: [2, 4, 5].map((cpu) => ({ id: `d${cpu}`, demand: { cpu } })),
    replicas: [...on('d5', 'a', 'b', 'large'), ...on('d2', 'a', 'b', 'c'), ...on('d4', 'c')]
  })
}

/** Three nodes of 10 cores that hold 5 and 2, 5 and 2, 4 and 2: one of them can be given up, but not by draining it. */
export function threeOfSevenAndSix(): Problem {
  const { nodes, replicas, ...others } = threeAndOne()
  const kept = new Set(['a', 'b', 'c'])
  return parseProblem({
    ...others,
    nodes: nodes.filter(({ id }) => kept.has(id)),
    replicas: replicas.filter(({ node }) => kept.has(node ?? ''))
  })
}
