/** Small crowded clusters and another packing of them: nobody knows beforehand whether one leads to the other. */
import { between, pick, seededRandom, shuffle } from '../families/random.mjs'
import { nth } from './cluster.mjs'
import { takeDevices } from './crowded-cluster.mjs'
import { isNamedWell, withoutGate } from './fair-case.mjs'

/** @import { PlacementInput, ProblemInput } from '../../dist/src/index.js' */
/** @import { Random } from '../families/random.mjs' */
/** @import { Rung } from './cluster.mjs' */

/** @typedef {{ seed: number, problem: ProblemInput, placement: PlacementInput['placement'] }} PackingCase */
/** @typedef {{ cpu: number, memory: number, gpu: number }} Amounts */
/** @typedef {{ node: number, devices: number[] }} Place */

const MOST_MOVES = 7

/** Which rungs a case allows: the default ones, fewer, and each of the others beside them. @type {Rung[][]} */
const RUNGS = [
  ['reorder', 'relabel', 'delay-release', 'hop', 'cut'],
  ['reorder', 'relabel', 'delay-release', 'hop', 'cut'],
  ['reorder', 'relabel', 'delay-release', 'hop', 'cut'],
  ['reorder', 'cut'],
  ['reorder', 'relabel', 'cut'],
  ['reorder', 'relabel', 'hop', 'cut'],
  ['reorder', 'relabel', 'delay-release', 'hop', 'rent', 'cut'],
  ['reorder', 'relabel', 'delay-release', 'hop', 'stop-first', 'cut']
]

/** The case of a seed: at most seven moves on three or four nodes. @type {(seed: number) => PackingCase} */
export function packingCase(seed) {
  const random = seededRandom(seed)
  for (;;) {
    const drawn = drawCase(random, nth(RUNGS, seed % RUNGS.length))
    if (drawn !== null) return { seed, ...drawn }
  }
}

/** Null where the dice find no packing. @type {(random: Random, rungs: Rung[]) => Omit<PackingCase, 'seed'> | null} */
function drawCase(random, rungs) {
  const hasDevices = random() < 0.5
  const crowd = pick(random, [5, 6, 7, 8])
  const nodes = Array.from({ length: between(random, 3, 4) }, (_, index) => ({
    id: `n${index}`,
    capacity: {
      cpu: between(random, 2, crowd),
      memory: between(random, 3, 8),
      gpu: hasDevices ? between(random, 0, 3) : 0
    },
    costPerHour: between(random, 1, 9),
    labels: { zone: pick(random, ['a', 'b']) },
    releasable: random() > 0.1
  }))
  const deployments = Array.from({ length: between(random, 3, 6) }, (_, index) => ({
    id: `d${index}`,
    demand: {
      cpu: between(random, 1, 3),
      memory: between(random, 0, 2),
      gpu: hasDevices ? pick(random, [0, 0.25, 0.5, 0.5, 0.7, 1, 2]) : 0
    },
    ...(random() < 0.15 ? { startupDemand: { memory: between(random, 1, 4) } } : {}),
    ...(random() < 0.15 ? { maxSurge: 1 } : {}),
    ...(random() < (rungs.includes('stop-first') ? 0.6 : 0.1) ? { maxUnavailable: 1 } : {}),
    ...(random() < 0.1 ? { maxReplicasPerNode: 1 } : {}),
    startupSeconds: pick(random, [10, 20, 60]),
    drainSeconds: pick(random, [0, 5, 30])
  }))
  const replicas = deployments.flatMap(({ id, maxReplicasPerNode, demand }) =>
    Array.from({ length: pick(random, [1, 1, 2, 3]) }, (_, number) => ({
      id: `${id}-${number}`,
      deployment: id,
      demand,
      most: maxReplicasPerNode ?? Infinity
    }))
  )
  const capacities = nodes.map(({ capacity }) => capacity)
  const before = pack(random, capacities, replicas, [])
  if (before === null) return null
  const leaving = new Set(shuffle(random, [...replicas.keys()]).slice(0, between(random, 2, MOST_MOVES)))
  const after = pack(
    random,
    capacities,
    replicas,
    before.map((place, index) => (leaving.has(index) ? undefined : place)),
    before
  )
  if (after === null) return null
  /** @type {ProblemInput} */
  const problem = {
    schemaVersion: 1,
    nodes,
    ...(rungs.includes('rent')
      ? {
          nodeTypes: [
            { type: 't', capacity: { cpu: 3, memory: 6, gpu: 1 }, costPerHour: 5, labels: { zone: 'a' }, maxNew: 1 }
          ]
        }
      : {}),
    deployments,
    replicas: replicas.map(({ id, deployment }, index) => ({ id, deployment, ...name(nth(before, index)) })),
    ...(random() < 0.4 ? { budget: { maxMigrations: leaving.size + between(random, 0, 3) } } : {}),
    migration: {
      rungs,
      limits: {
        inFlight: pick(random, [1, 2, 3, 16]),
        startsPerNode: pick(random, [1, 2, null]),
        perDeployment: pick(random, [1, null])
      }
    }
  }
  const placement = replicas.map(({ id }, index) => ({ replica: id, ...name(nth(after, index)) }))
  if (!rungs.includes('relabel') && !isNamedWell(problem, placement)) return null
  return { problem: withoutGate(problem, placement), placement }
}

/** @type {(place: Place) => { node: string, devices?: { gpu: number[] } }} */
function name({ node, devices }) {
  return { node: `n${node}`, ...(devices.length === 0 ? {} : { devices: { gpu: devices } }) }
}

/**
 * Places beside those that are fixed, at random; null where somebody finds none.
 *
 * @param {Random} random
 * @param {readonly Amounts[]} capacities
 * @param {readonly { deployment: string, demand: Amounts, most: number }[]} replicas
 * @param {readonly (Place | undefined)[]} fixed
 * @param {readonly Place[]} former Where each must not be.
 * @returns {Place[] | null}
 */
function pack(random, capacities, replicas, fixed, former = []) {
  const free = capacities.map(({ cpu, memory }) => ({ cpu, memory }))
  const devices = capacities.map(({ gpu }) => new Array(gpu).fill(0))
  /** @type {Place[]} */
  const places = []
  /** @type {(index: number, place: Place) => void} */
  const put = (index, place) => {
    const { demand } = nth(replicas, index)
    const room = nth(free, place.node)
    room.cpu -= demand.cpu
    room.memory -= demand.memory
    const load = nth(devices, place.node)
    for (const device of place.devices) load[device] += Math.min(1, demand.gpu)
    places[index] = place
  }
  for (const [index, place] of fixed.entries()) if (place !== undefined) put(index, place)
  for (const index of shuffle(random, [...replicas.keys()])) {
    if (fixed[index] !== undefined) continue
    const { deployment, demand, most } = nth(replicas, index)
    const options = free.flatMap(({ cpu, memory }, node) => {
      const peers = replicas.filter((peer, other) => peer.deployment === deployment && places[other]?.node === node)
      if (cpu < demand.cpu || memory < demand.memory || peers.length >= most || former[index]?.node === node) return []
      const held = takeDevices(random, nth(devices, node), demand.gpu)
      return held === null ? [] : [{ node, devices: held }]
    })
    if (options.length === 0) return null
    put(index, pick(random, options))
  }
  return places
}
