/** The nodes and deployments of family knobs. */
import { at } from './crowd.mjs'
import { between, pick, pickWeighted, shuffle } from './random.mjs'

/** @import { DeploymentInput, NodeInput } from './crowd.mjs' */
/** @import { Random } from './random.mjs' */
/** @typedef {Omit<NodeInput, 'id'>} NodeKind */

/** What of a node there is for every GPU, or for every core, and what one costs in a node of ordinary size. */
const GPU_MAKES = /** @type {const} */ ([
  { name: 'plain', cpu: 12, memory: 48, price: 1.4 },
  { name: 'lean', cpu: 8, memory: 32, price: 0.9 },
  { name: 'fast', cpu: 12, memory: 144, price: 4.1 }
])
const CPU_MAKES = /** @type {const} */ ([
  { name: 'plain', cpu: 1, memory: 4, price: 0.04 },
  { name: 'lean', cpu: 1, memory: 2, price: 0.034 },
  { name: 'wide', cpu: 1, memory: 8, price: 0.053 }
])
/** GPUs, or cores, of a node, and by how much one of them is dearer there. */
const GPU_SIZES = /** @type {const} */ ([
  [8, 1],
  [4, 1.08],
  [1, 1.2],
  [2, 0.95]
])
const CPU_SIZES = /** @type {const} */ ([
  [64, 1],
  [32, 1.05],
  [16, 0.92],
  [96, 1.1]
])
/** Every make in every size. */
export const MOST_TYPES = 12

/** GPUs of one replica, and how many of a hundred deployments want so many. */
const GPUS = /** @type {const} */ ([
  [0.25, 22],
  [0.5, 18],
  [1, 40],
  [2, 13],
  [4, 7]
])
const CORES = [1, 2, 4, 8]
/** There always are deployments of these: they fill what the others leave. */
const SMALLEST_WITH_GPU = { cpu: 0.5, memory: 2, gpu: 0.25 }
const SMALLEST_WITHOUT = { cpu: 1, memory: 1 }

/**
 * So many types of nodes, those with GPUs and those without in turns: the first with GPUs if anybody wants some, and only such as
 * anybody wants. Each differs from its neighbours in size, in make, and in what its capacity costs.
 *
 * @type {(count: number, gpuShare: number) => NodeKind[]}
 */
export function listTypes(count, gpuShare) {
  return Array.from({ length: count }, (_, index) => {
    if (gpuShare === 0) return withoutGpus(index)
    if (gpuShare === 1) return withGpus(index)
    return index % 2 === 0 ? withGpus(index / 2) : withoutGpus((index - 1) / 2)
  })
}

/** Sizes and makes in turns, so that twelve in a row are twelve different ones. @type {(index: number) => readonly [size: number, make: number]} */
const vary = (index) => [index % 4, (index + Math.floor(index / 4)) % 3]

/** @type {(index: number) => NodeKind} */
function withGpus(index) {
  const [size, make] = vary(index)
  const [gpu, dearer] = at(GPU_SIZES, size)
  const { name, cpu, memory, price } = at(GPU_MAKES, make)
  return {
    type: `${name}-gpu${gpu}`,
    costPerHour: round(gpu * dearer * price),
    capacity: { cpu: gpu * cpu, memory: gpu * memory, gpu }
  }
}

/** @type {(index: number) => NodeKind} */
function withoutGpus(index) {
  const [size, make] = vary(index)
  const [cpu, dearer] = at(CPU_SIZES, size)
  const { name, memory, price } = at(CPU_MAKES, make)
  return {
    type: `${name}-cpu${cpu}`,
    costPerHour: round(cpu * dearer * price),
    capacity: { cpu, memory: cpu * memory }
  }
}

/** @type {(price: number) => number} */
const round = (price) => Math.round(100 * price) / 100

/**
 * So many deployments with and without GPUs as the share says, and at least one of each kind that there is. A GPU's part of every
 * node is enough for a replica on it.
 *
 * @type {(count: number, gpuShare: number, random: Random) => DeploymentInput[]}
 */
export function makeDeployments(count, gpuShare, random) {
  const least = gpuShare > 0 ? 1 : 0
  const most = gpuShare < 1 ? count - 1 : count
  const wanting = Math.max(least, Math.min(most, Math.round(gpuShare * count)))
  return Array.from({ length: count }, (_, index) => ({
    id: `d${index}`,
    demand: index < wanting ? demandGpus(index === 0, random) : demandCores(index === wanting, random),
    startupSeconds: pick(random, [30, 60, 90, 120]),
    drainSeconds: pick(random, [10, 20, 30])
  }))
}

/** @type {(isSmallest: boolean, random: Random) => DeploymentInput['demand']} */
function demandGpus(isSmallest, random) {
  const gpu = pickWeighted(random, GPUS)
  const [cpu, memory] = [gpu * pick(random, [2, 3, 4, 6]), gpu * pick(random, [8, 16, 24])]
  return isSmallest ? SMALLEST_WITH_GPU : { cpu, memory, gpu }
}

/** @type {(isSmallest: boolean, random: Random) => DeploymentInput['demand']} */
function demandCores(isSmallest, random) {
  const cpu = pick(random, CORES)
  const memory = cpu * between(random, 1, 3)
  return isSmallest ? SMALLEST_WITHOUT : { cpu, memory }
}

/**
 * The nodes in random order, at least one of every type. There are so many with GPUs that they fill up at the same pace as the
 * others, if replicas come in these shares.
 *
 * @type {(count: number, types: readonly NodeKind[], gpuShare: number, deployments: readonly DeploymentInput[], random: Random) => NodeInput[]}
 */
export function makeNodes(count, types, gpuShare, deployments, random) {
  const weights = weighTypes(types, gpuShare, deployments)
  const counts = types.map(() => 1)
  for (let left = count - types.length; left > 0; left--) {
    // The one that is furthest behind its share.
    const behind = weights.map((weight, type) => at(counts, type) / weight)
    const next = behind.indexOf(Math.min(...behind))
    counts[next] = at(counts, next) + 1
  }
  const kinds = types.flatMap((type, index) => new Array(at(counts, index)).fill(type))
  return shuffle(random, kinds).map((kind, index) => ({ id: `n${index}`, ...kind }))
}

/** How many nodes there shall be of each type, in proportion. @type {(types: readonly NodeKind[], gpuShare: number, deployments: readonly DeploymentInput[]) => number[]} */
function weighTypes(types, gpuShare, deployments) {
  const hasGpus = types.map(({ capacity }) => (capacity.gpu ?? 0) > 0)
  const needed = (/** @type {'gpu' | 'cpu'} */ resource, /** @type {boolean} */ withGpu) => {
    const demands = deployments.map(({ demand }) => demand).filter(({ gpu = 0 }) => gpu > 0 === withGpu)
    const capacities = types.flatMap(({ capacity }, type) =>
      hasGpus[type] === withGpu ? [capacity[resource] ?? 0] : []
    )
    return mean(demands.map((demand) => demand[resource] ?? 0)) / mean(capacities)
  }
  const nodesWith = gpuShare === 0 ? 0 : gpuShare * needed('gpu', true)
  const nodesWithout = hasGpus.every(Boolean) ? 0 : (1 - gpuShare) * needed('cpu', false)
  const typesWith = hasGpus.filter(Boolean).length
  return hasGpus.map((has) => (has ? nodesWith / typesWith : nodesWithout / (types.length - typesWith)))
}

/** @type {(amounts: readonly number[]) => number} */
const mean = (amounts) => amounts.reduce((sum, amount) => sum + amount, 0) / amounts.length
