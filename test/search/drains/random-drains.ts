import { parseProblem } from '../../../models/contract/parse.js'
import type { Problem, ProblemInput } from '../../../models/contract/problem.js'
import { seededRandom } from '../../../src/random.js'

/**
 * A small cluster at rest, everything in its place: five to seven nodes of a few sizes and prices, replicas with shares of GPUs or without,
 * labels, limits and rules now and then. Nothing is broken at the start.
 */
export function randomDrains(seed: number): Problem {
  const random = seededRandom(seed)
  const chance = (probability: number) => random() < probability
  const between = (low: number, high: number) => low + Math.floor(random() * (high - low + 1))
  const pick = <Item>(items: readonly Item[]) => items[Math.floor(random() * items.length)] as Item
  const hasGpus = chance(0.5)
  const zones = ['a', 'b']
  const nodes = Array.from({ length: between(4, 7) }, (_, index) => ({
    id: `n${index}`,
    capacity: { cpu: pick([8, 10, 16]), ...(hasGpus && chance(0.8) ? { gpu: pick([1, 2, 4]) } : {}) },
    costPerHour: pick([1, 2, 3, 5.5]),
    labels: { zone: pick(zones) },
    ...(chance(0.1) ? { releasable: false } : {}),
    ...(chance(0.08) ? { acceptsReplicas: false } : {})
  }))
  const deployments = Array.from({ length: between(2, 5) }, (_, index) => ({
    id: `d${index}`,
    demand: {
      cpu: pick([1, 2, 3, 4, 5]),
      ...(hasGpus && chance(0.6) ? { gpu: pick([0.2, 0.4, 0.5, 0.6, 1, 2]) } : {})
    },
    ...(chance(0.15) ? { nodeSelector: { zone: pick(zones) } } : {}),
    ...(chance(0.2) ? { maxReplicasPerNode: between(1, 3) } : {}),
    ...(chance(0.25) ? { maxSurge: between(1, 2) } : {}),
    ...(chance(0.15) ? { startupDemand: { cpu: between(3, 6) } } : {}),
    moveCost: pick([1, 1, 2]),
    movable: !chance(0.05)
  }))
  const replicas: ProblemInput['replicas'][number][] = []
  const used = new Map(nodes.map(({ id }) => [id, { cpu: 0, devices: [] as number[] }]))
  for (const deployment of deployments) {
    for (let number = between(1, 4); number > 0; number--) {
      const fits = nodes.filter(({ id, capacity, labels }) => {
        const own = replicas.filter((other) => other.deployment === deployment.id && other.node === id).length
        const isLabelled = deployment.nodeSelector === undefined || deployment.nodeSelector.zone === labels.zone
        const here = used.get(id)
        if (here === undefined || !isLabelled || own >= (deployment.maxReplicasPerNode ?? Infinity)) return false
        return (
          here.cpu + deployment.demand.cpu <= capacity.cpu &&
          seats(deployment.demand.gpu ?? 0, capacity.gpu ?? 0, here.devices) !== null
        )
      })
      const node = fits.length === 0 ? undefined : pick(fits)
      const here = used.get(node?.id ?? '')
      if (node === undefined || here === undefined) continue
      const devices = seats(deployment.demand.gpu ?? 0, node.capacity.gpu ?? 0, here.devices) ?? []
      here.cpu += deployment.demand.cpu
      for (const device of devices)
        here.devices[device] = (here.devices[device] ?? 0) + Math.min(1, deployment.demand.gpu ?? 0)
      replicas.push({
        id: `${deployment.id}-${number}`,
        deployment: deployment.id,
        node: node.id,
        ...(devices.length > 0 ? { devices: { gpu: devices } } : {})
      })
    }
  }
  const ids = deployments.map(({ id }) => id)
  const rules: NonNullable<ProblemInput['rules']> = []
  if (chance(0.2))
    rules.push({ kind: 'anti-affinity', deployments: [pick(ids)], topologyKey: pick(['node', 'zone']), max: 4 })
  if (chance(0.2)) rules.push({ kind: 'spread', deployments: [pick(ids)], topologyKey: 'zone', maxSkew: 4 })
  return parseProblem({
    schemaVersion: 1,
    nodes,
    deployments,
    replicas,
    rules,
    budget: chance(0.25)
      ? { maxMigrations: between(1, 8), ...(chance(0.5) ? { maxMoveCost: between(2, 9) } : {}) }
      : {},
    migration: chance(0.1) ? { rungs: ['reorder', 'cut'] } : {}
  })
}

function seats(demand: number, devices: number, load: readonly number[]): number[] | null {
  if (demand === 0) return []
  const indices = Array.from({ length: devices }, (_, device) => device)
  const free = indices.filter((device) => (load[device] ?? 0) + Math.min(1, demand) <= 1 + 1e-9)
  const count = Math.max(demand, 1)
  return free.length < count ? null : free.slice(-count)
}
