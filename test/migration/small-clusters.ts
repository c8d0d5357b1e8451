import type { ProblemInput } from '../../models/contract/problem.js'

type NodeInput = ProblemInput['nodes'][number]
type DeploymentInput = ProblemInput['deployments'][number]
type ReplicaInput = ProblemInput['replicas'][number]

/** A node of so many cores that costs 1 an hour. */
export function node(id: string, cpu: number, more: Partial<NodeInput> = {}): NodeInput {
  return { id, capacity: { cpu }, costPerHour: 1, ...more }
}

/** A deployment of so many cores a replica. */
export function deployment(id: string, cpu: number, more: Partial<DeploymentInput> = {}): DeploymentInput {
  return { id, demand: { cpu }, ...more }
}

/** A replica named after its deployment. */
export function replica(id: string, at: string | null, more: Partial<ReplicaInput> = {}): ReplicaInput {
  return { id, deployment: id.slice(0, id.lastIndexOf('-')), node: at, ...more }
}
