/** Family dense: some five replicas on every node, and a budget of a quarter of them. Large nodes that hold many small ones. */
import { at, listReplicas, openCrowd, resources } from './crowd.mjs'
import { between, pick, pickWeighted, seededRandom, shuffle } from './random.mjs'

/** @import { ProblemInput } from 'replica-compactor' */
/** @import { DeploymentInput, NodeInput, Seat } from './crowd.mjs' */
/** @import { Random } from './random.mjs' */

/** @type {readonly (readonly [share: number, node: Omit<NodeInput, 'id'>])[]} */
const MIX = [
  [0.25, { type: 'g8', costPerHour: 32.77, capacity: { cpu: 96, memory: 1152, gpu: 8 }, labels: { class: 'big' } }],
  [0.35, { type: 'g4', costPerHour: 5.67, capacity: { cpu: 48, memory: 192, gpu: 4 }, labels: { class: 'standard' } }],
  [0.15, { type: 'g1', costPerHour: 1, capacity: { cpu: 8, memory: 32, gpu: 1 }, labels: { class: 'standard' } }],
  [Infinity, { type: 'c64', costPerHour: 2.5, capacity: { cpu: 64, memory: 256 }, labels: { class: 'standard' } }]
]

/** GPUs of one replica, and how many of a hundred deployments ask for so many. */
const GPUS = /** @type {const} */ ([
  [0, 30],
  [0.25, 15],
  [0.5, 10],
  [1, 24],
  [2, 11],
  [4, 6],
  [8, 4]
])

const FAILURES_IN_A_ROW = 200
const MOST_A_NODE = 9
const BUDGET_SHARE = 0.25

/** @type {(nodes: number, seed: number) => ProblemInput} */
export function makeDense(count, seed) {
  const random = seededRandom(seed)
  const nodes = makeNodes(count)
  const deployments = Array.from({ length: Math.round(1.5 * count ** 0.75) }, (_, index) =>
    makeDeployment(index, random)
  )
  const seats = thinOut(fill(nodes, deployments, random), deployments.length, random)
  return {
    schemaVersion: 1,
    name: `dense-${count}-${seed}`,
    source: `generated: family dense, ${count} nodes, seed ${seed} (benchmarks/families/dense.mjs)`,
    resources,
    nodes,
    ...listReplicas(nodes, deployments, seats),
    budget: { maxMigrations: Math.round(BUDGET_SHARE * seats.length) }
  }
}

/** @type {(count: number) => NodeInput[]} */
function makeNodes(count) {
  /** @type {NodeInput[]} */
  const nodes = []
  for (const [share, node] of MIX) {
    const until = Math.min(count, nodes.length + Math.round(share * count))
    while (nodes.length < until) nodes.push({ id: `n${nodes.length}`, ...node })
  }
  return nodes
}

/** @type {(index: number, random: Random) => DeploymentInput} */
function makeDeployment(index, random) {
  const gpu = pickWeighted(random, GPUS)
  const demand = gpu === 0 ? amounts(0, random) : { ...amounts(gpu, random), gpu }
  const isForBig = gpu === 8 || (gpu > 0 && random() < 0.4)
  const isLimited = random() < 0.4
  return {
    id: `d${index}`,
    demand,
    ...(isLimited ? { maxReplicasPerNode: between(random, 1, 3) } : {}),
    ...(isForBig ? { nodeSelector: { class: 'big' } } : {})
  }
}

/** Cores and GiB of a replica with so many GPUs. @type {(gpu: number, random: Random) => { cpu: number, memory: number }} */
function amounts(gpu, random) {
  if (gpu === 0) {
    const cpu = pick(random, [1, 2, 4, 6, 8])
    return { cpu, memory: cpu * pick(random, [2, 4, 6]) }
  }
  if (gpu < 1) return { cpu: pick(random, [0.5, 1, 1.5, 2]), memory: pick(random, [4, 6, 8]) }
  return { cpu: gpu * pick(random, [2, 4, 6, 8]), memory: gpu * pick(random, [8, 16, 24, 32]) }
}

/**
 * Replicas of random deployments, one after the other, each on a random node where it fits.
 *
 * @type {(nodes: readonly NodeInput[], deployments: readonly DeploymentInput[], random: Random) => Seat[]}
 */
function fill(nodes, deployments, random) {
  const crowd = openCrowd(nodes, deployments)
  const weighted = deployments.map((_, index) => /** @type {const} */ ([index, 0.2 + random()]))
  const order = nodes.map((_, node) => node)
  /** @type {Seat[]} */
  const seats = []
  for (let failures = 0; failures < FAILURES_IN_A_ROW && seats.length < MOST_A_NODE * nodes.length; ) {
    const deployment = pickWeighted(random, weighted)
    const node = drawFitting(order, random, (candidate) => crowd.fits(deployment, candidate))
    if (node === null) failures++
    else {
      failures = 0
      crowd.seat(deployment, node)
      seats.push({ deployment, node })
    }
  }
  return seats
}

/**
 * One of those that fit, all equally likely; null when none does. Leaves `order` in another order.
 *
 * @type {(order: number[], random: Random, fits: (candidate: number) => boolean) => number | null}
 */
function drawFitting(order, random, fits) {
  for (let left = order.length; left > 0; left--) {
    const drawn = Math.floor(random() * left)
    const candidate = at(order, drawn)
    if (fits(candidate)) return candidate
    order[drawn] = at(order, left - 1)
    order[left - 1] = candidate
  }
  return null
}

/** Keeps 35 to 80 % of each deployment, rounded up. @type {(seats: readonly Seat[], deployments: number, random: Random) => Seat[]} */
function thinOut(seats, deployments, random) {
  return Array.from({ length: deployments }, (_, index) => {
    const own = seats.filter(({ deployment }) => deployment === index)
    const share = 0.35 + 0.45 * random()
    return shuffle(random, own).slice(0, Math.ceil(share * own.length))
  }).flat()
}
