/**
 * A cluster and where its replicas are wanted, read from a Problem and a placement for the referee of the sequencer. Nothing here
 * is shared with the sequencer: what both say was thought of twice.
 */

/** @import { PlacementInput, Problem } from '../../dist/src/index.js' */

/** @typedef {Problem['migration']['rungs'][number]} Rung */

/**
 * @typedef {object} ClusterNode
 * @property {number} index
 * @property {string} id
 * @property {number[]} scalars Capacity of each scalar resource.
 * @property {number} devices
 * @property {boolean} isOpen Whether anybody may start here.
 * @property {boolean} isReleasable
 * @property {boolean} isForRent Of a node type: there only for the duration.
 */

/**
 * @typedef {object} ClusterDeployment
 * @property {number} index
 * @property {string} id
 * @property {number[]} demand Of each scalar resource, once ready.
 * @property {number[]} starting The same from the start until ready.
 * @property {number} share Devices: a fraction of one, or a whole number.
 * @property {number} maxPerNode
 * @property {number} mostCopies
 * @property {number} leastReady
 * @property {number} surplus Copies to be stopped.
 * @property {number} startupSeconds
 * @property {number} drainSeconds
 */

/**
 * @typedef {object} ClusterReplica
 * @property {number} index
 * @property {string} id
 * @property {number} deployment
 * @property {number} home Place at the outset, as `placeCode` has it; NOWHERE for a pending replica.
 * @property {number} goal Node where it is wanted; −1: it is stopped.
 * @property {boolean} isPinned
 */

/**
 * A rule with the domain of every node; −1 for a node in none. Both sides are the same for anti-affinity.
 *
 * @typedef {{ left: Set<number>, right: Set<number>, domains: number[], max: number }} ClusterRule
 */

/**
 * @typedef {object} Cluster
 * @property {ClusterNode[]} nodes
 * @property {ClusterDeployment[]} deployments
 * @property {ClusterReplica[]} replicas
 * @property {ClusterRule[]} antiAffinities
 * @property {ClusterRule[]} conflicts
 * @property {number[]} wanted Copies wanted at [deployment × nodes.length + node].
 * @property {Set<Rung>} rungs
 * @property {number} mostMigrations
 * @property {Problem['migration']['limits']} limits
 */

export const NOWHERE = 0xffff

/** A node and a set of its first eight devices as one number. @type {(node: number, devices: number) => number} */
export const placeCode = (node, devices) => node * 256 + devices
/** @type {(place: number) => number} */
export const nodeOf = (place) => place >> 8
/** @type {(place: number) => number} */
export const devicesOf = (place) => place & 255

/** An item that is surely there. @type {<Item>(items: ArrayLike<Item>, index: number) => Item} */
export function nth(items, index) {
  const item = items[index]
  if (item === undefined) throw new RangeError(`nothing at ${index} of ${items.length}`)
  return item
}

/** @type {(problem: Problem, placement: PlacementInput['placement']) => Cluster} */
export function readCluster(problem, placement) {
  const resources = [...new Set(problem.nodes.flatMap(({ capacity }) => Object.keys(capacity)))]
  const scalars = resources.filter((name) => name !== 'gpu')
  const bought = problem.nodeTypes.flatMap((type) =>
    Array.from({ length: type.maxNew }, (_, number) => ({ ...type, id: `${type.type}-${number + 1}` }))
  )
  const listed = problem.nodes.map((node) => ({ ...node, isForRent: false }))
  const rentable = bought.map((node) => ({ ...node, isForRent: true, releasable: true }))
  const all = [...listed, ...rentable]
  const nodes = all.map(({ id, capacity, isForRent, releasable }, index) => ({
    index,
    id,
    scalars: scalars.map((name) => capacity[name] ?? 0),
    devices: Math.floor(capacity.gpu ?? 0),
    isOpen: isForRent || isAccepting(problem, index),
    isReleasable: releasable,
    isForRent
  }))
  const nodeIndex = new Map(nodes.map(({ id, index }) => [id, index]))
  const deploymentIndex = new Map(problem.deployments.map(({ id }, index) => [id, index]))
  const goals = new Map(placement.map(({ replica, node }) => [replica, nodeIndex.get(node) ?? -1]))
  const replicas = problem.replicas.map(({ id, deployment, node, devices, movable }, index) => ({
    index,
    id,
    deployment: deploymentIndex.get(deployment) ?? -1,
    home: node === null ? NOWHERE : placeCode(nodeIndex.get(node) ?? -1, maskOf(devices?.gpu ?? [])),
    goal: goals.get(id) ?? -1,
    isPinned: movable === false
  }))
  const deployments = problem.deployments.map((deployment, index) => {
    const own = replicas.filter((replica) => replica.deployment === index)
    const placed = own.filter(({ home }) => home !== NOWHERE).length
    const desired = deployment.replicas ?? own.length
    const { demand, startupDemand = {}, maxSurge = Infinity, maxReplicasPerNode = Infinity } = deployment
    return {
      index,
      id: deployment.id,
      demand: scalars.map((name) => demand[name] ?? 0),
      starting: scalars.map((name) => Math.max(demand[name] ?? 0, startupDemand[name] ?? 0)),
      share: demand.gpu ?? 0,
      maxPerNode: maxReplicasPerNode,
      mostCopies: desired + maxSurge,
      leastReady: Math.min(desired, placed) - deployment.maxUnavailable,
      surplus: Math.max(0, placed - desired),
      startupSeconds: deployment.startupSeconds,
      drainSeconds: deployment.drainSeconds
    }
  })
  const wanted = new Array(deployments.length * nodes.length).fill(0)
  for (const { deployment, goal } of replicas) if (goal >= 0) wanted[deployment * nodes.length + goal]++
  return {
    nodes,
    deployments,
    replicas,
    ...readRules(problem, all, deploymentIndex),
    wanted,
    rungs: new Set(problem.migration.rungs),
    mostMigrations: problem.budget.maxMigrations ?? Infinity,
    limits: problem.migration.limits
  }
}

/** @type {(problem: Problem, node: number) => boolean} */
function isAccepting(problem, node) {
  const listed = nth(problem.nodes, node)
  return listed.acceptsReplicas && !listed.mustEmpty
}

/** @type {(devices: readonly number[]) => number} */
function maskOf(devices) {
  return devices.reduce((mask, device) => mask | (1 << device), 0)
}

/**
 * @type {(
 *   problem: Problem, nodes: readonly { id: string, labels: Record<string, string> }[], deployments: Map<string, number>
 * ) => { antiAffinities: ClusterRule[], conflicts: ClusterRule[] }}
 */
function readRules(problem, nodes, deployments) {
  /** @type {(key: string) => number[]} */
  const domainsOf = (key) => {
    const labels = nodes.map(({ id, labels }) => (key === 'node' ? id : labels[key]))
    return labels.map((label) => (label === undefined ? -1 : labels.indexOf(label)))
  }
  /** @type {(ids: readonly string[]) => Set<number>} */
  const members = (ids) => new Set(ids.map((id) => deployments.get(id) ?? -1))
  return {
    antiAffinities: problem.rules.flatMap((rule) => {
      if (rule.kind !== 'anti-affinity') return []
      const both = members(rule.deployments)
      return [{ left: both, right: both, domains: domainsOf(rule.topologyKey), max: rule.max }]
    }),
    conflicts: problem.rules.flatMap((rule) => {
      if (rule.kind !== 'conflict') return []
      const [left, right] = rule.between
      return [{ left: members(left), right: members(right), domains: domainsOf(rule.topologyKey), max: 0 }]
    })
  }
}
