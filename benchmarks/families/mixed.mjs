/** Family mixed: small clusters with a little of everything, thinly spread, so that their plans have many steps of every kind. */
import { between, pick, seededRandom } from './random.mjs'

/** @import { ProblemInput } from 'replica-compactor' */
/** @import { Random } from './random.mjs' */

/** @typedef {ProblemInput['nodes'][number]} NodeInput */
/** @typedef {ProblemInput['deployments'][number]} DeploymentInput */

/** @type {(seed: number) => ProblemInput} */
export function makeMixed(seed) {
  const random = seededRandom(seed)
  const chance = (/** @type {number} */ share) => random() < share
  const nodes = Array.from({ length: between(random, 4, 14) }, (_, index) => makeNode(index, random))
  const deployments = Array.from({ length: between(random, 2, 6) }, (_, index) => makeDeployment(index, random))
  const replicas = place(nodes, deployments, random)
  const ids = deployments.map(({ id }) => id)
  const [one, other] = [pick(random, ids), pick(random, ids)]
  return {
    schemaVersion: 1,
    name: `mixed-${seed}`,
    source: `generated: family mixed, seed ${seed} (benchmarks/families/mixed.mjs)`,
    nodes,
    nodeTypes: chance(0.2)
      ? [{ type: 'big', capacity: { cpu: 24, memory: 96, gpu: 4 }, costPerHour: 3, labels: { zone: 'a' }, maxNew: 1 }]
      : [],
    deployments,
    replicas,
    rules: [
      ...(chance(0.3)
        ? [{ kind: /** @type {const} */ ('anti-affinity'), deployments: [one], topologyKey: 'node', max: 2 }]
        : []),
      ...(chance(0.2) && one !== other
        ? [{ kind: /** @type {const} */ ('conflict'), between: tuple([one], [other]), topologyKey: 'node' }]
        : [])
    ],
    migration: {
      rungs: [
        'reorder',
        'relabel',
        'delay-release',
        'hop',
        ...(chance(0.3) ? [/** @type {const} */ ('rent')] : []),
        ...(chance(0.3) ? [/** @type {const} */ ('stop-first')] : []),
        'cut'
      ],
      limits: {
        inFlight: pick(random, [1, 3, 16, null]),
        startsPerNode: pick(random, [1, 2, null]),
        perDeployment: pick(random, [1, null, null])
      }
    }
  }
}

/** @type {<One, Other>(one: One, other: Other) => [One, Other]} */
function tuple(one, other) {
  return [one, other]
}

/** @type {(index: number, random: Random) => NodeInput} */
function makeNode(index, random) {
  return {
    id: `n${index}`,
    capacity: { cpu: between(random, 4, 16), memory: between(random, 16, 64), gpu: pick(random, [0, 0, 1, 2, 4]) },
    costPerHour: between(random, 1, 9),
    labels: { zone: pick(random, ['a', 'b', 'c']) },
    releasable: random() < 0.9,
    mustEmpty: random() < 0.05
  }
}

/** @type {(index: number, random: Random) => DeploymentInput} */
function makeDeployment(index, random) {
  const chance = (/** @type {number} */ share) => random() < share
  return {
    id: `d${index}`,
    demand: { cpu: between(random, 1, 4), memory: between(random, 1, 12), gpu: pick(random, [0, 0, 0.25, 0.5, 1, 2]) },
    ...(chance(0.25) ? { startupDemand: { memory: between(random, 8, 20) } } : {}),
    ...(chance(0.2) ? { maxReplicasPerNode: between(random, 1, 3) } : {}),
    ...(chance(0.25) ? { maxSurge: between(random, 1, 2) } : {}),
    ...(chance(0.25) ? { maxUnavailable: 1 } : {}),
    startupSeconds: pick(random, [0, 10, 60, 300]),
    drainSeconds: pick(random, [0, 5, 30])
  }
}

/** Each replica where it fits, by chance. @type {(nodes: readonly NodeInput[], deployments: readonly DeploymentInput[], random: Random) => ProblemInput['replicas']} */
function place(nodes, deployments, random) {
  const free = nodes.map(({ capacity }) => new Map(Object.entries(capacity)))
  /** @type {ProblemInput['replicas']} */
  const replicas = []
  for (const { id, demand, maxReplicasPerNode = Number.POSITIVE_INFINITY } of deployments) {
    const hosted = nodes.map(() => 0)
    for (let number = 0, wanted = between(random, 1, 7); number < wanted; number++) {
      const amounts = Object.entries(demand)
      const open = nodes.flatMap((_, index) => {
        const fits = amounts.every(([resource, amount]) => amount <= (free[index]?.get(resource) ?? 0))
        return fits && (hosted[index] ?? 0) < maxReplicasPerNode ? [index] : []
      })
      if (open.length === 0) continue
      const node = pick(random, open)
      hosted[node] = (hosted[node] ?? 0) + 1
      for (const [resource, amount] of amounts) free[node]?.set(resource, (free[node]?.get(resource) ?? 0) - amount)
      const state = random() < 0.04 ? 'starting' : random() < 0.04 ? 'draining' : 'running'
      const isPinned = state === 'running' && random() < 0.04
      replicas.push({
        id: `${id}-${number}`,
        deployment: id,
        node: nodes[node]?.id ?? null,
        state,
        ...(isPinned ? { movable: false } : {})
      })
    }
  }
  const first = deployments[0]?.id ?? ''
  return replicas.length > 0 && random() > 0.1
    ? replicas
    : [...replicas, { id: `${first}-pending`, deployment: first, node: null }]
}
