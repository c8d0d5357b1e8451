/** Clusters in which little is free, so that the order of moves matters. */
import { between, pick, shuffle } from '../families/random.mjs'
import { nth } from './cluster.mjs'

/** @import { ProblemInput } from '../../dist/src/index.js' */
/** @import { Random } from '../families/random.mjs' */

/** @typedef {ProblemInput & { rules: NonNullable<ProblemInput['rules']> }} Draft */

/** A cluster with little room left, every kind of continuous limit among what binds. @type {(random: Random, size: number) => Draft} */
export function drawCluster(random, size) {
  const hasDevices = random() < 0.5
  /** @type {(probability: number) => boolean} */
  const chance = (probability) => random() < probability
  const nodes = Array.from({ length: between(random, 3, 9) * size }, (_, index) => ({
    id: `n${index}`,
    capacity: { cpu: 0, memory: 0, gpu: hasDevices ? between(random, 0, 4) : 0 },
    costPerHour: between(random, 1, 9),
    labels: { zone: pick(random, ['a', 'b', 'c']) },
    releasable: !chance(0.1)
  }))
  const deployments = Array.from({ length: between(random, 2, 7) * size }, (_, index) => ({
    id: `d${index}`,
    demand: {
      cpu: between(random, 1, 3),
      memory: between(random, 0, 4),
      gpu: hasDevices ? pick(random, [0, 0.25, 0.5, 0.5, 0.7, 1, 2]) : 0
    },
    ...(chance(0.2) ? { startupDemand: { memory: between(random, 2, 6) } } : {}),
    ...(chance(0.15) ? { maxSurge: between(random, 1, 2) } : {}),
    ...(chance(0.15) ? { maxUnavailable: 1 } : {}),
    startupSeconds: pick(random, [0, 10, 60]),
    drainSeconds: pick(random, [0, 5, 30])
  }))
  /** @type {Draft['replicas']} */
  const replicas = []
  const devices = nodes.map(({ capacity }) => new Array(capacity.gpu).fill(0))
  const mostReplicas = pick(random, [1, 2, 4])
  for (const { id, demand } of deployments) {
    for (let number = 0, count = between(random, 1, mostReplicas); number < count; number++) {
      const options = nodes.flatMap((_, index) => {
        const held = takeDevices(random, nth(devices, index), demand.gpu)
        return held === null ? [] : [{ index, held }]
      })
      if (chance(0.05)) replicas.push({ id: `${id}-${number}`, deployment: id, node: null })
      if (options.length === 0 || replicas.at(-1)?.id === `${id}-${number}`) continue
      const { index, held } = pick(random, options)
      const load = nth(devices, index)
      for (const device of held) load[device] += Math.min(1, demand.gpu)
      const { capacity, id: node } = nth(nodes, index)
      capacity.cpu += demand.cpu
      capacity.memory += demand.memory
      const pinned = chance(0.05) ? { movable: false } : {}
      const gpu = held.length === 0 ? {} : { devices: { gpu: held } }
      replicas.push({ id: `${id}-${number}`, deployment: id, node, ...gpu, ...pinned })
    }
  }
  // What is left free decides how much order matters.
  const slack = pick(random, [
    [0, 0, 0, 1, 3],
    [0, 0, 1, 1, 2, 3]
  ])
  for (const { capacity } of nodes) {
    capacity.cpu += pick(random, slack)
    capacity.memory += pick(random, slack) * 2
  }
  /** @type {Draft} */
  const draft = { schemaVersion: 1, nodes, deployments, replicas, rules: [] }
  drawRules(random, draft)
  return draft
}

/** Devices for a demand beside a load, at random; null where there are none. @type {(random: Random, load: readonly number[], amount: number) => number[] | null} */
export function takeDevices(random, load, amount) {
  if (amount === 0) return []
  const open = load.flatMap((held, device) => (held + Math.min(1, amount) <= 1 + 1e-9 ? [device] : []))
  const needed = Math.max(1, Math.floor(amount))
  return open.length < needed ? null : shuffle(random, open).slice(0, needed)
}

/** Rules that hold now. @type {(random: Random, draft: Draft) => void} */
function drawRules(random, draft) {
  const { deployments, replicas, nodes, rules } = draft
  const ids = deployments.map(({ id }) => id)
  const some = () => ids.filter(() => random() < 0.4)
  /** The most copies of some deployments in one domain. @type {(members: readonly string[], key: string) => number} */
  const most = (members, key) => {
    /** @type {Map<string, number>} */
    const counts = new Map()
    for (const { deployment, node } of replicas) {
      if (node === null || !members.includes(deployment)) continue
      const domain = key === 'node' ? node : (nodes.find(({ id }) => id === node)?.labels?.zone ?? '')
      counts.set(domain, (counts.get(domain) ?? 0) + 1)
    }
    return Math.max(0, ...counts.values())
  }
  if (random() < 0.3) {
    const members = [...new Set([pick(random, ids), ...some()])]
    const topologyKey = pick(random, ['node', 'node', 'zone'])
    const max = Math.max(1, most(members, topologyKey)) + between(random, 0, 1)
    rules.push({ kind: 'anti-affinity', deployments: members, topologyKey, max })
  }
  if (random() < 0.3) {
    const left = some()
    const right = ids.filter((id) => !left.includes(id) && random() < 0.6)
    const pairs = left.flatMap((one) => right.map((other) => [one, other]))
    const isKept = pairs.every(([one = '', other = '']) => {
      const at = (/** @type {string} */ id) =>
        replicas.flatMap(({ deployment, node }) => (deployment === id ? [node] : []))
      return !at(one).some((node) => node !== null && at(other).includes(node))
    })
    if (left.length > 0 && right.length > 0 && isKept) {
      rules.push({ kind: 'conflict', between: [left, right], topologyKey: 'node' })
    }
  }
  for (const deployment of deployments) {
    if (random() > 0.12) continue
    deployment.maxReplicasPerNode = Math.max(1, most([deployment.id], 'node'))
  }
}
