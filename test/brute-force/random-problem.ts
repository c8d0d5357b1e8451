import { parseProblem } from '../../models/contract/parse.js'
import type { Problem, ProblemInput } from '../../models/contract/problem.js'
import { seededRandom } from '../../src/random.js'

type Node = ProblemInput['nodes'][number]
type Deployment = ProblemInput['deployments'][number]
type Replica = ProblemInput['replicas'][number]
type Rule = NonNullable<ProblemInput['rules']>[number]

/** What a random Problem may contain beyond nodes, deployments and replicas. Everything else is drawn from the seed. */
export interface RandomProblemOptions {
  /** `none`: no device resource. `whole`: whole devices, packed as sums. `shares`: fractions too. Default: drawn. */
  readonly devices?: 'none' | 'whole' | 'shares'
  /** Whether the start may break limits and rules. Default: drawn, one in five. */
  readonly broken?: boolean
  readonly mostReplicas?: number
}

/**
 * A tiny Problem (1–4 nodes, up to 8 replicas) with every rule and option, drawn from a seed. Replicas start where they fit, unless the
 * start may be broken; whatever else holds is left to chance, so some of the Problems have no answer.
 */
export function randomProblem(seed: number, options: RandomProblemOptions = {}): Problem {
  const dice = throwDice(seed)
  const { chance, between, pick } = dice
  const devices = options.devices ?? pick(['none', 'whole', 'shares'] as const)
  const isBroken = options.broken ?? chance(0.2)
  const plain = chance(0.3)
  const rare = (probability: number) => !plain && chance(probability)
  const mostGpus = devices === 'none' ? 0 : 4
  // A label that no node has is an input error: the first node has them all.
  const labels = (mayLack = true): Record<string, string> =>
    rare(0.15) && mayLack ? {} : { zone: pick(['a', 'b', 'c']), tier: pick(['x', 'y']) }
  const nodes = Array.from(
    { length: between(1, 4) },
    (_, index): Node => ({
      id: `n${index}`,
      capacity: { cpu: between(2, 8), memory: pick([4, 6, 8.5]), gpu: between(0, mostGpus) },
      costPerHour: pick([1, 2, 3, 3.5, 4.2]),
      labels: labels(index > 0),
      releasable: !rare(0.1),
      acceptsReplicas: !rare(0.1),
      mustEmpty: rare(0.05)
    })
  )
  if (chance(0.3)) for (const node of nodes.slice(1)) Object.assign(node, { ...nodes[0], id: node.id })
  const demands = { none: [0], whole: [0, 0, 1, 1, 2], shares: [0, 0.25, 0.3, 0.4, 0.5, 0.6, 0.7, 1, 2] }[devices]
  const deployments = Array.from(
    { length: between(1, 4) },
    (_, index): Deployment => ({
      id: `d${index}`,
      demand: { cpu: pick([0.5, 1, 1.5, 2, 3]), memory: pick([0, 0, 1, 2.5]), gpu: pick(demands) },
      priority: between(0, 2),
      moveCost: pick([0, 1, 1, 2, 2.5]),
      ...(rare(0.25) ? { maxReplicasPerNode: between(1, 2) } : {}),
      ...(rare(0.15)
        ? {
            nodeSelector: pick([
              { zone: ['a', 'b'] },
              { tier: 'x' },
              { tier: { exists: false } },
              { zone: { notIn: ['a'] } }
            ])
          }
        : {}),
      ...(rare(0.05) ? { movable: false } : {})
    })
  )
  const replicas = drawReplicas(dice, nodes, deployments, options.mostReplicas ?? between(1, 8), isBroken, rare)
  const ids = deployments.map(({ id }) => id)
  return parseProblem({
    schemaVersion: 1,
    name: `random ${seed}`,
    nodes,
    nodeTypes: rare(0.3)
      ? [
          {
            type: 't',
            capacity: { cpu: between(4, 9), memory: 8, gpu: mostGpus },
            costPerHour: pick([1.5, 2, 6]),
            labels: labels(),
            maxNew: between(1, 2)
          }
        ]
      : [],
    deployments: deployments.map((deployment) => {
      const listed = replicas.filter(({ deployment: id, state }) => id === deployment.id && state !== 'draining').length
      return rare(0.25) ? { ...deployment, replicas: Math.max(0, listed + pick([-2, -1, 1])) } : deployment
    }),
    replicas: replicas.length > 0 ? replicas : [{ id: 'r0', deployment: 'd0', node: null }],
    rules: Array.from({ length: rare(0.6) ? between(1, 2) : 0 }, () => drawRule(dice, ids)),
    headroom: rare(0.2) ? [{ deployment: pick(ids), replicas: between(1, 2) }] : [],
    budget: {
      ...(rare(0.2) ? { maxMigrations: between(0, 3) } : {}),
      ...(rare(0.1) ? { maxMoveCost: pick([0, 1, 2.5, 4]) } : {}),
      ...(rare(0.1) ? { maxMigrationsPerDeployment: between(0, 2) } : {})
    },
    objective: rare(0.2) ? { horizonHours: pick([0.5, 1, 10]), moveCostPrice: pick([0, 0.5, 1]) } : {},
    migration: { level: 'final' },
    pending: rare(0.35) ? 'best-effort' : 'required'
  })
}

interface Dice {
  readonly chance: (probability: number) => boolean
  readonly between: (low: number, high: number) => number
  readonly pick: <Item>(items: readonly Item[]) => Item
}

function throwDice(seed: number): Dice {
  const random = seededRandom(seed)
  return {
    chance: (probability) => random() < probability,
    between: (low, high) => low + Math.floor(random() * (high - low + 1)),
    pick: <Item>(items: readonly Item[]) => items[Math.floor(random() * items.length)] as Item
  }
}

/** Replicas where they fit now, by sums and by device; anywhere where the start may be broken. */
function drawReplicas(
  { chance, between, pick }: Dice,
  nodes: readonly Node[],
  deployments: readonly Deployment[],
  count: number,
  isBroken: boolean,
  rare: (probability: number) => boolean
): Replica[] {
  const free = nodes.map(({ capacity }) => ({ ...capacity }))
  const devices = nodes.map(({ capacity }) => new Array<number>(capacity.gpu ?? 0).fill(1))
  const statesDevices = chance(0.6)
  const replicas: Replica[] = []
  for (let number = 0; number < count; number++) {
    const { id, demand } = pick(deployments)
    const replica = { id: `r${number}`, deployment: id }
    const gpu = demand.gpu ?? 0
    const sloppy = isBroken && chance(0.4)
    const fitting = nodes.flatMap((_, node) => {
      const room = free[node] as Record<string, number>
      const levels = devices[node] as number[]
      const seats = levels.flatMap((level, device) => (sloppy || level >= Math.min(1, gpu) - 1e-9 ? [device] : []))
      const wanted = gpu === 0 ? 0 : Math.ceil(gpu)
      if (seats.length < wanted) return []
      const fits = Object.entries(demand).every(([name, amount]) => amount <= (room[name] ?? 0) + 1e-9)
      return fits || sloppy ? [{ node, seats: seats.slice(0, wanted) }] : []
    })
    if (fitting.length === 0 || rare(0.15)) {
      replicas.push({ ...replica, node: null })
      continue
    }
    const { node, seats } = pick(fitting)
    const room = free[node] as Record<string, number>
    for (const [name, amount] of Object.entries(demand)) room[name] = (room[name] ?? 0) - amount
    const levels = devices[node] as number[]
    for (const device of seats) levels[device] = (levels[device] as number) - Math.min(1, gpu)
    const state = rare(0.05) ? 'draining' : rare(0.06) ? 'starting' : 'running'
    replicas.push({
      ...replica,
      node: nodes[node]?.id ?? null,
      state,
      ...(statesDevices && gpu > 0 && chance(0.9) ? { devices: { gpu: seats } } : {}),
      ...(rare(0.1) ? { moveCost: between(0, 3) } : {}),
      ...(rare(0.1) ? { movable: chance(0.2) } : rare(0.08) ? { gang: pick(['g', 'h']) } : {})
    })
  }
  return replicas
}

function drawRule({ chance, between, pick }: Dice, ids: readonly string[]): Rule {
  const some = () => {
    const drawn = ids.filter(() => chance(0.5))
    return drawn.length > 0 ? drawn : [pick(ids)]
  }
  const topologyKey = pick(['node', 'zone', 'zone'])
  const kind = pick(['anti-affinity', 'conflict', 'affinity', 'spread', 'at-least'] as const)
  switch (kind) {
    case 'anti-affinity':
      return { kind, deployments: some(), topologyKey, max: between(1, 3) }
    case 'affinity':
      return { kind, deployments: some(), topologyKey }
    case 'at-least':
      return {
        kind,
        deployments: some(),
        count: between(1, 2),
        nodeSelector: { zone: pick([['a'], ['a', 'b'], { notIn: ['b'], exists: true }]) }
      }
    case 'spread':
      return {
        kind,
        deployments: some(),
        topologyKey,
        ...(chance(0.6) ? { minDomains: between(1, 3) } : {}),
        ...(chance(0.6) ? { maxSkew: between(0, 2) } : {})
      }
    case 'conflict': {
      const left = some()
      const right = ids.filter((id) => !left.includes(id))
      if (right.length === 0) return { kind: 'anti-affinity', deployments: left, topologyKey, max: 2 }
      return { kind, between: [left, right], topologyKey }
    }
  }
}
