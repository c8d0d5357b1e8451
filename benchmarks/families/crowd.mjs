/** Nodes that fill up with replicas, one after the other: what both families are made by. */

/** @import { ProblemInput } from 'replica-compactor' */
/** @typedef {ProblemInput['nodes'][number]} NodeInput */
/** @typedef {ProblemInput['deployments'][number]} DeploymentInput */
/** @typedef {{ deployment: number, node: number }} Seat Positions of the deployment and of the node. */

/** What both families count. Fractions of a GPU are ¼ and ½: they fill devices wherever their sum does. */
const RESOURCES = ['cpu', 'memory', 'gpu']

/** @type {ProblemInput['resources']} */
export const resources = { cpu: { kind: 'scalar' }, memory: { kind: 'scalar' }, gpu: { kind: 'device' } }

/**
 * Which replicas fit where, while nodes fill up.
 *
 * @type {(nodes: readonly NodeInput[], deployments: readonly DeploymentInput[]) =>
 *   { fits: (deployment: number, node: number) => boolean, seat: (deployment: number, node: number) => void }}
 */
export function openCrowd(nodes, deployments) {
  const free = nodes.map(({ capacity }) => RESOURCES.map((resource) => capacity[resource] ?? 0))
  const demands = deployments.map(({ demand }) => RESOURCES.map((resource) => demand[resource] ?? 0))
  /** @type {Map<number, number>} */
  const together = new Map()
  const key = (/** @type {number} */ deployment, /** @type {number} */ node) => deployment * nodes.length + node
  return {
    fits(deployment, node) {
      const { maxReplicasPerNode = Infinity, nodeSelector = {} } = at(deployments, deployment)
      const { labels = {} } = at(nodes, node)
      const room = at(free, node)
      return (
        at(demands, deployment).every((amount, resource) => amount <= at(room, resource)) &&
        (together.get(key(deployment, node)) ?? 0) < maxReplicasPerNode &&
        Object.entries(nodeSelector).every(([label, value]) => labels[label] === value)
      )
    },
    seat(deployment, node) {
      const room = at(free, node)
      for (const [resource, amount] of at(demands, deployment).entries()) room[resource] = at(room, resource) - amount
      together.set(key(deployment, node), (together.get(key(deployment, node)) ?? 0) + 1)
    }
  }
}

/**
 * The deployments that have any of these seats, saying how many, and their replicas, deployment by deployment.
 *
 * @type {(nodes: readonly NodeInput[], deployments: readonly DeploymentInput[], seats: readonly Seat[]) =>
 *   Pick<ProblemInput, 'deployments' | 'replicas'>}
 */
export function listReplicas(nodes, deployments, seats) {
  if (seats.length === 0) throw new Error('no replica found a place: so few nodes need another seed')
  const byDeployment = deployments.map(() => /** @type {number[]} */ ([]))
  for (const { deployment, node } of seats) at(byDeployment, deployment).push(node)
  return {
    deployments: deployments
      .map((deployment, index) => ({ ...deployment, replicas: at(byDeployment, index).length }))
      .filter(({ replicas }) => replicas > 0),
    replicas: byDeployment.flatMap((homes, index) => {
      const { id } = at(deployments, index)
      return homes
        .sort((left, right) => left - right)
        .map((node, number) => ({ id: `${id}-${number}`, deployment: id, node: at(nodes, node).id }))
    })
  }
}

/** @type {<Item>(items: readonly Item[], index: number) => Item} */
export function at(items, index) {
  if (!(index in items)) throw new RangeError(`no item ${index} of ${items.length}`)
  return /** @type {any} */ (items[index])
}
