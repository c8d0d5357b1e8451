/** How many replicas a deployment has, as Ray Serve decides it: by the requests that are in service and waiting. */

/** @import { ServingCluster } from './serving-cluster.mjs' */
/** @import { Copy, Deployment, Replica } from './serving-parts.mjs' */

/** Serve's defaults, in seconds. */
const LOOK_BACK = 30
const UPSCALE_DELAY = 30
const DOWNSCALE_DELAY = 600
const INTERVAL = 10

export class ReplicaAutoscaler {
  #cluster
  #deployment
  /** Ongoing requests in the last seconds. */
  #seen = new Float64Array(LOOK_BACK)
  #sum = 0
  /** Since when more are wanted than there are, or fewer. */
  #since = { more: Infinity, fewer: Infinity }

  /** @param {ServingCluster} cluster @param {Deployment} deployment */
  constructor(cluster, deployment) {
    this.#cluster = cluster
    this.#deployment = deployment
  }

  /** @param {number} second */
  tick(second) {
    const { desk, service, target } = this.#deployment
    const { ongoing } = desk
    this.#sum += ongoing - (this.#seen[second % LOOK_BACK] ?? 0)
    this.#seen[second % LOOK_BACK] = ongoing
    if (second % INTERVAL !== 0) return
    const average = this.#sum / Math.min(second + 1, LOOK_BACK)
    const wanted = replicasFor(service, average)
    this.#since.more = wanted > target ? Math.min(this.#since.more, second) : Infinity
    this.#since.fewer = wanted < target ? Math.min(this.#since.fewer, second) : Infinity
    const isDue = second - this.#since.more >= UPSCALE_DELAY || second - this.#since.fewer >= DOWNSCALE_DELAY
    if (isDue) setTarget(this.#cluster, this.#deployment, wanted)
  }
}

/** @type {(service: Deployment['service'], ongoing: number) => number} */
export function replicasFor({ targetOngoing, minReplicas, maxReplicas }, ongoing) {
  return Math.min(Math.max(minReplicas, maxReplicas), Math.max(minReplicas, Math.ceil(ongoing / targetOngoing)))
}

/** @type {(cluster: ServingCluster, deployment: Deployment, target: number) => void} */
export function setTarget(cluster, deployment, target) {
  cluster.aim(deployment, target)
  while (deployment.replicas.size < target) cluster.addReplica(deployment)
  for (const victim of chooseVictims(deployment, deployment.replicas.size - target)) cluster.retire(victim)
}

/**
 * Who goes, as Serve has it: first who does not serve yet, then who is on the node with the fewest replicas of all deployments, the
 * newest first.
 *
 * @type {(deployment: Deployment, count: number) => Replica[]}
 */
function chooseVictims({ replicas }, count) {
  if (count <= 0) return []
  const ranked = [...replicas].map((replica, age) => {
    const [copy] = [...replica.copies].filter(isServing)
    return { replica, age, crowd: copy?.node.copies.size ?? -1 }
  })
  ranked.sort((one, other) => one.crowd - other.crowd || other.age - one.age)
  return ranked.slice(0, count).map(({ replica }) => replica)
}

/** @type {(copy: Copy) => boolean} */
const isServing = ({ state }) => state !== 'starting'
