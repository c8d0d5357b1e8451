/** Family load: the cluster of a Problem with as much running on its GPUs as wished. */
import { at } from './crowd.mjs'
import { InstanceError } from './instance-error.mjs'
import { pickWeighted, seededRandom, shuffle } from './random.mjs'
import { Room } from './room.mjs'

/** @import { ProblemInput } from 'replica-compactor' */
/** @import { Random } from './random.mjs' */
/** @typedef {ProblemInput['replicas'][number]} ReplicaInput */
/** @typedef {(deployment: string) => number} GpusOf GPUs that one replica holds. */

/** Sums of decimal shares are not exact. */
const ROUNDING = 1e-9

/**
 * A Problem at a GPU load: the demand for GPUs of all that runs, over all GPUs there are.
 *
 * Below the load of the original, replicas are taken away by chance until it is not exceeded; whoever stays keeps its place and
 * its devices. Above it, copies are added until it is reached, each of a deployment drawn by its share of what runs in the
 * original, on the node that is least full once it is there (`Room.fullness`, by which openb-whole itself was placed) and on
 * the emptiest devices there. A deployment that fits nowhere is drawn no more.
 *
 * @type {(original: ProblemInput, options: { gpuLoad: number, seed: number }) => ProblemInput}
 */
export function makeLoad(original, { gpuLoad, seed }) {
  if (!(gpuLoad > 0 && gpuLoad <= 1)) throw new InstanceError(`a GPU load is above 0 and at most 1, not ${gpuLoad}`)
  checkPlain(original)
  const gpus = original.nodes.reduce((sum, { capacity }) => sum + (capacity.gpu ?? 0), 0)
  if (gpus === 0) throw new InstanceError('the nodes of this Problem have no GPUs')
  const demands = new Map(original.deployments.map(({ id, demand }) => [id, demand.gpu ?? 0]))
  const gpusOf = (/** @type {string} */ deployment) => demands.get(deployment) ?? 0
  const loadOf = (/** @type {readonly ReplicaInput[]} */ some) =>
    some.reduce((sum, { deployment }) => sum + gpusOf(deployment), 0) / gpus
  const before = loadOf(original.replicas)
  const surplus = (before - gpuLoad) * gpus
  const random = seededRandom(seed)
  const replicas =
    surplus > 0
      ? takeAway(original.replicas, surplus, gpusOf, random)
      : [...original.replicas, ...addCopies(original, -surplus, gpusOf, random)]
  const change = replicas.length - original.replicas.length
  const words = change < 0 ? 'replicas taken away by chance' : 'copies added, each on the least allocated node'
  return {
    ...original,
    name: `${original.name ?? 'problem'}-load-${gpuLoad}-${seed}`,
    source: [
      `GPU load ${loadOf(replicas).toFixed(4)} instead of ${before.toFixed(4)}, ${Math.abs(change)} ${words}, ` +
        `seed ${seed} (benchmarks/families/load.mjs)`,
      original.source
    ]
      .filter(Boolean)
      .join(': '),
    deployments: listDeployments(original.deployments, replicas),
    replicas
  }
}

/** What else a Problem may say could be broken by taking away and by adding. @type {(problem: ProblemInput) => void} */
function checkPlain({ replicas, rules = [], headroom = [] }) {
  const isPlain = replicas.every(({ node, state = 'running', replaces, gang }) => {
    return node !== null && state === 'running' && replaces === undefined && gang === undefined
  })
  if (isPlain && rules.length === 0 && headroom.length === 0) return
  throw new InstanceError('the load can be changed only where all replicas run, without gangs, rules and headroom')
}

/**
 * Those who stay, in their order. Of two loads with one seed, what stays at the smaller one stays at the larger, too.
 *
 * @type {(replicas: readonly ReplicaInput[], surplus: number, gpusOf: GpusOf, random: Random) => ReplicaInput[]}
 */
function takeAway(replicas, surplus, gpusOf, random) {
  const gone = new Set()
  let left = surplus
  for (const replica of shuffle(random, replicas)) {
    if (left <= ROUNDING) break
    gone.add(replica)
    left -= gpusOf(replica.deployment)
  }
  return replicas.filter((replica) => !gone.has(replica))
}

/** @type {(problem: ProblemInput, missing: number, gpusOf: GpusOf, random: Random) => ReplicaInput[]} */
function addCopies(problem, missing, gpusOf, random) {
  const { nodes, deployments, replicas } = problem
  const room = seatAll(problem)
  const taken = new Set(replicas.map(({ id }) => id))
  const counts = new Map(listDeployments(deployments, replicas).map(({ id, replicas: count = 0 }) => [id, count]))
  /** @type {ReplicaInput[]} */
  const added = []
  let left = missing
  while (left > ROUNDING) {
    const drawn = [...counts]
    if (!drawn.some(([id]) => gpusOf(id) > 0)) {
      throw new InstanceError(`this load cannot be reached: ${left.toFixed(2)} GPUs below it no more copies fit`)
    }
    const deployment = pickWeighted(random, drawn)
    const found = room.findLeastFull(room.want(deployment), nodes.keys(), 1)
    if (found === null) {
      counts.delete(deployment)
      continue
    }
    room.seat(room.want(deployment), found.node, found.devices, 1)
    left -= gpusOf(deployment)
    added.push({
      id: nameCopy(deployment, taken),
      deployment,
      node: at(nodes, found.node).id,
      ...(Object.keys(found.devices).length === 0 ? {} : { devices: found.devices })
    })
  }
  return added
}

/** All replicas where they are; those that do not state their devices get some. @type {(problem: ProblemInput) => Room} */
function seatAll(problem) {
  const room = new Room(problem)
  const positions = new Map(problem.nodes.map(({ id }, index) => [id, index]))
  const devicesOf = (/** @type {ReplicaInput} */ { deployment }) =>
    room.want(deployment).amounts.reduce((sum, { resource, amount }) => sum + (room.isDevice[resource] ? amount : 0), 0)
  const stated = problem.replicas.filter(({ devices }) => devices !== undefined)
  const unstated = problem.replicas.filter(({ devices }) => devices === undefined)
  for (const replica of [...stated, ...unstated.sort((left, right) => devicesOf(right) - devicesOf(left))]) {
    const [want, node] = [room.want(replica.deployment), positions.get(replica.node ?? '') ?? -1]
    const devices = replica.devices ?? room.devicesFor(want, node, 'fullest')
    if (devices === null) throw new InstanceError(`${replica.node} has no devices for ${replica.id}, which runs there`)
    room.seat(want, node, devices, 1)
  }
  return room
}

/** @type {(deployment: string, taken: Set<string>) => string} */
function nameCopy(deployment, taken) {
  for (let number = 1; ; number++) {
    const id = `${deployment}-added-${number}`
    if (taken.size < taken.add(id).size) return id
  }
}

/** The deployments of which something runs, saying how much. @type {(deployments: ProblemInput['deployments'], replicas: readonly ReplicaInput[]) => ProblemInput['deployments']} */
function listDeployments(deployments, replicas) {
  /** @type {Map<string, number>} */
  const counts = new Map()
  for (const { deployment } of replicas) counts.set(deployment, (counts.get(deployment) ?? 0) + 1)
  return deployments.flatMap((deployment) => {
    const count = counts.get(deployment.id)
    return count === undefined ? [] : [{ ...deployment, replicas: count }]
  })
}
