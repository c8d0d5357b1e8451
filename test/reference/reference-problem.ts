import { parseProblem } from '../../models/contract/parse.js'
import type { Problem } from '../../models/contract/problem.js'
import { seededRandom } from '../../src/random.js'
import { type RandomProblemOptions, randomProblem } from '../brute-force/random-problem.js'
import { stateDevices } from '../brute-force/state-devices.js'

/** Bytes of a GiB. */
const GIB = 2 ** 30

/**
 * A tiny random Problem with what `randomProblem` draws, and what it does not: a second device resource, more of a resource while a copy
 * starts, replicas that may move though their deployment may not, memory in bytes. Every running copy states its devices.
 */
export function referenceProblem(seed: number, options: RandomProblemOptions = {}): Problem {
  const random = seededRandom(seed + 77)
  const chance = (probability: number) => random() < probability
  const pick = <Item>(items: readonly Item[]) => items[Math.floor(random() * items.length)] as Item
  const drawn = stateDevices(randomProblem(seed, options))
  const [hasTpus, startsHeavier, isPinned] = [chance(0.3), chance(0.2), chance(0.15)]
  const bytes = chance(0.15) ? GIB : 1
  const inBytes = (amounts: Readonly<Record<string, number>>) =>
    amounts.memory === undefined ? {} : { memory: amounts.memory * bytes }
  const tpus = (amount: number) => (hasTpus ? { tpu: amount } : {})
  const deployments = drawn.deployments.map((deployment) => {
    const startupDemand = startsHeavier && chance(0.5) ? { memory: pick([2, 5, 8.2]) * bytes } : undefined
    return {
      ...deployment,
      demand: { ...deployment.demand, ...inBytes(deployment.demand), ...tpus(pick([0, 0, 0.3, 0.4, 0.6, 1])) },
      ...(startupDemand === undefined ? {} : { startupDemand }),
      ...(isPinned && chance(0.6) ? { movable: false } : {})
    }
  })
  const capacity = (amounts: Readonly<Record<string, number>>, most: number) => {
    return { ...amounts, ...inBytes(amounts), ...tpus(pick([0, 1, 2].slice(-most))) }
  }
  const problem = {
    ...drawn,
    name: `reference ${seed}`,
    resources: hasTpus ? { tpu: { kind: 'device' as const } } : {},
    nodes: drawn.nodes.map((node) => ({ ...node, capacity: capacity(node.capacity, 2) })),
    nodeTypes: drawn.nodeTypes.map((type) => ({ ...type, capacity: capacity(type.capacity, 3) })),
    deployments,
    replicas: drawn.replicas.map((replica) => {
      const tpu = deployments.find(({ id }) => id === replica.deployment)?.demand
      const needs = tpu !== undefined && 'tpu' in tpu && tpu.tpu > 0 && replica.node !== null
      const isFree = isPinned && replica.movable === undefined && chance(0.3)
      return {
        ...replica,
        ...(needs ? { devices: { ...replica.devices, tpu: [0] } } : {}),
        ...(isFree ? { movable: true } : {})
      }
    })
  }
  return parseProblem(problem)
}
