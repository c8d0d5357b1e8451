import type { ProblemInput } from '../../models/contract/problem.js'

/** A node with 4 gpus that costs 1 an hour. */
export function node(id: string, cpu: number, more: Partial<ProblemInput['nodes'][number]> = {}) {
  return { id, capacity: { cpu, gpu: 4 }, costPerHour: 1, ...more }
}

/** A deployment whose copies take one core each. */
export function deployment(id: string, more: Partial<ProblemInput['deployments'][number]> = {}) {
  return { id, demand: { cpu: 1 }, ...more }
}

/** The replica `<deployment>-<k>`. */
export function replica(
  of: string,
  k: number,
  on: string | null,
  more: Partial<ProblemInput['replicas'][number]> = {}
) {
  return { id: `${of}-${k}`, deployment: of, node: on, ...more }
}

/** Two nodes of 4 cores and one deployment `a`, unless the parts say otherwise. */
export function cluster(parts: Partial<ProblemInput>): ProblemInput {
  return {
    schemaVersion: 1,
    nodes: [node('n1', 4), node('n2', 4)],
    deployments: [deployment('a')],
    replicas: [],
    ...parts
  }
}
