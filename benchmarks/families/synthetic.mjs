/** Family synthetic: sparse and heavy on GPUs, a few replicas on every node, without a budget. */
import { at, listReplicas, openCrowd, resources } from './crowd.mjs'
import { between, pick, pickWeighted, seededRandom } from './random.mjs'

/** @import { ProblemInput } from 'replica-compactor' */
/** @import { DeploymentInput, NodeInput, Seat } from './crowd.mjs' */
/** @import { Random } from './random.mjs' */

/** Kinds of nodes, and how many of nine are of this kind. @type {readonly (readonly [node: Omit<NodeInput, 'id'>, ninths: number])[]} */
const MIX = [
  [{ type: 'a100x8', costPerHour: 32.77, capacity: { cpu: 96, memory: 1152, gpu: 8 } }, 2],
  [{ type: 'a10x4', costPerHour: 5.67, capacity: { cpu: 48, memory: 192, gpu: 4 } }, 3],
  [{ type: 't4x1', costPerHour: 1, capacity: { cpu: 8, memory: 32, gpu: 1 } }, 2],
  [{ type: 'cpu64', costPerHour: 2.5, capacity: { cpu: 64, memory: 256 } }, 2]
]

/** What one replica of a deployment holds. @type {readonly DeploymentInput['demand'][]} */
const SHAPES = [
  { cpu: 1, memory: 4, gpu: 1 },
  { cpu: 8, memory: 64, gpu: 1 },
  { cpu: 12, memory: 128, gpu: 2 },
  { cpu: 24, memory: 256, gpu: 4 },
  { cpu: 2, memory: 8, gpu: 0.25 },
  { cpu: 4, memory: 16, gpu: 0.5 },
  { cpu: 4, memory: 16 },
  { cpu: 8, memory: 64 },
  { cpu: 1, memory: 2 },
  { cpu: 16, memory: 48 },
  { cpu: 40, memory: 500, gpu: 8 }
]

/** Deployments at so many nodes. */
const DEPLOYMENTS = /** @type {const} */ ([
  [12, 6],
  [25, 8],
  [50, 12],
  [100, 16],
  [200, 24],
  [400, 32],
  [1000, 60],
  [5000, 150],
  [10_000, 200]
])

const LARGEST_GROUP = 8
const TRIES = 30
const FAILURES_IN_A_ROW = 20

/** @type {(nodes: number, seed: number) => ProblemInput} */
export function makeSynthetic(count, seed) {
  const random = seededRandom(seed)
  const nodes = Array.from({ length: count }, (_, index) => ({ id: `n${index}`, ...pickWeighted(random, MIX) }))
  const deployments = Array.from({ length: countDeployments(count) }, (_, index) => makeDeployment(index, random))
  const kept = deployments.map(() => 0.55 * (0.5 + random()))
  const seats = fill(nodes, deployments, random).filter(({ deployment }) => random() < at(kept, deployment))
  return {
    schemaVersion: 1,
    name: `synthetic-${count}-${seed}`,
    source: `generated: family synthetic, ${count} nodes, seed ${seed} (benchmarks/families/synthetic.mjs)`,
    resources,
    nodes,
    ...listReplicas(nodes, deployments, seats)
  }
}

/** As at the nearest sizes that are known, evenly on logarithmic scales. @type {(nodes: number) => number} */
function countDeployments(nodes) {
  const last = DEPLOYMENTS.length - 1
  const next = DEPLOYMENTS.findIndex(([size]) => nodes <= size)
  const upper = Math.max(1, next < 0 ? last : next)
  const [smallSize, few] = at(DEPLOYMENTS, upper - 1)
  const [largeSize, many] = at(DEPLOYMENTS, upper)
  const share = Math.log(nodes / smallSize) / Math.log(largeSize / smallSize)
  return Math.max(1, Math.round(few * (many / few) ** share))
}

/** @type {(index: number, random: Random) => DeploymentInput} */
function makeDeployment(index, random) {
  const demand = pick(random, SHAPES)
  const isLimited = random() < 0.3
  return { id: `d${index}`, demand, ...(isLimited ? { maxReplicasPerNode: between(random, 1, 3) } : {}) }
}

/**
 * Groups of replicas of random deployments on random nodes, until too many in a row find no place.
 *
 * @type {(nodes: readonly NodeInput[], deployments: readonly DeploymentInput[], random: Random) => Seat[]}
 */
function fill(nodes, deployments, random) {
  const crowd = openCrowd(nodes, deployments)
  const hasGpus = nodes.map(({ capacity }) => (capacity.gpu ?? 0) > 0)
  /** @type {Seat[]} */
  const seats = []
  /** @type {(deployment: number) => number | null} */
  const findNode = (deployment) => {
    const needsGpu = (at(deployments, deployment).demand.gpu ?? 0) > 0
    for (let tries = 0; tries < TRIES; tries++) {
      const node = Math.floor(random() * nodes.length)
      const isAvoided = !needsGpu && at(hasGpus, node) && random() < 0.7
      if (!isAvoided && crowd.fits(deployment, node)) return node
    }
    return null
  }
  for (let failures = 0; failures < FAILURES_IN_A_ROW; ) {
    const deployment = Math.floor(random() * deployments.length)
    for (let left = between(random, 1, LARGEST_GROUP); left > 0; left--) {
      const node = findNode(deployment)
      if (node === null) {
        failures++
        continue
      }
      failures = 0
      crowd.seat(deployment, node)
      seats.push({ deployment, node })
    }
  }
  return seats
}
