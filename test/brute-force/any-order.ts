import type { Problem } from '../../models/contract/problem.js'

interface Arrival {
  readonly deployment: string
  readonly node: string
}

/** Whether what arrives on each node, at its peak, fits beside all that it holds now: then every order of the moves is safe. */
export function fitsInAnyOrder(problem: Problem, arrivals: readonly Arrival[]): boolean {
  const level = new Map<string, number>()
  const add = (node: string, resource: string, amount: number) => {
    const key = JSON.stringify([node, resource])
    level.set(key, (level.get(key) ?? 0) + amount)
  }
  const deploymentOf = new Map(problem.deployments.map((deployment) => [deployment.id, deployment]))
  for (const { node, deployment } of problem.replicas) {
    const demand = deploymentOf.get(deployment)?.demand ?? {}
    if (node !== null) for (const [resource, amount] of Object.entries(demand)) add(node, resource, amount)
  }
  for (const { node, deployment } of arrivals) {
    const { demand = {}, startupDemand = {} } = deploymentOf.get(deployment) ?? {}
    for (const resource of new Set([...Object.keys(demand), ...Object.keys(startupDemand)])) {
      add(node, resource, Math.max(demand[resource] ?? 0, startupDemand[resource] ?? 0))
    }
  }
  return problem.nodes.every(({ id, capacity }) => {
    const comes = new Set(arrivals.filter(({ node }) => node === id).map(({ deployment }) => deployment))
    return Object.entries(capacity).every(([resource, limit]) => {
      const joins = [...comes].some((deployment) => {
        const { demand = {}, startupDemand = {} } = deploymentOf.get(deployment) ?? {}
        return Math.max(demand[resource] ?? 0, startupDemand[resource] ?? 0) > 0
      })
      return !joins || (level.get(JSON.stringify([id, resource])) ?? 0) <= limit + 1e-6 * Math.max(1, limit)
    })
  })
}
