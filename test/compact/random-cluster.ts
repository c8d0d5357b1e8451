import type { Problem, ProblemInput } from '../../models/contract/problem.js'
import { seededRandom } from '../../src/random.js'
import { randomProblem } from '../brute-force/random-problem.js'

/**
 * A small cluster with everything that a Problem may ask for, drawn from a seed: tiny random Problems side by side, so that their copies may
 * trade places, and on top of them the options of migration.
 */
export function randomCluster(seed: number): ProblemInput {
  const random = seededRandom(seed)
  const chance = (probability: number) => random() < probability
  const between = (low: number, high: number) => low + Math.floor(random() * (high - low + 1))
  const pick = <Item>(items: readonly Item[]) => items[Math.floor(random() * items.length)] as Item

  const devices = pick(['none', 'whole', 'shares'] as const)
  const broken = chance(0.25)
  const parts = Array.from({ length: between(1, 3) }, () =>
    randomProblem(Math.floor(random() * 2 ** 31), { devices, broken })
  )
  const cluster = parts.map(renamed).reduce(joined)
  const startsHeavier = chance(0.25)
  const isSlow = chance(0.5)
  return {
    ...cluster,
    name: `cluster ${seed}`,
    nodeTypes: cluster.nodeTypes.map((type) => ({ ...type, provisionSeconds: pick([0, 45, 180]) })),
    deployments: cluster.deployments.map((deployment) => {
      const maxUnavailable = chance(0.3) ? between(0, 2) : 0
      return {
        ...deployment,
        maxUnavailable,
        ...(chance(0.3) ? { maxSurge: between(maxUnavailable === 0 ? 1 : 0, 2) } : {}),
        ...(isSlow ? { startupSeconds: pick([0, 20, 60, 300]), drainSeconds: pick([0, 5, 120]) } : {}),
        ...(startsHeavier && chance(0.5) ? { startupDemand: { memory: pick([0.5, 2, 4]) } } : {})
      }
    }),
    replicas: cluster.replicas.map((replica, index) => {
      const sibling = cluster.replicas.slice(0, index).find(({ deployment }) => deployment === replica.deployment)
      return sibling !== undefined && chance(0.05) ? { ...replica, replaces: sibling.id } : replica
    }),
    pending: chance(0.5) ? 'best-effort' : cluster.pending,
    gate: chance(0.15) ? { minSavingPerMove: pick([0, 0.3, 1, 2]), paybackHours: pick([null, 0, 0.5, 4]) } : {},
    migration: {
      level: pick(['final', 'any-order', 'sequenced', 'sequenced', 'sequenced']),
      ...(chance(0.3)
        ? {
            rungs: (['reorder', 'relabel', 'delay-release', 'hop', 'rent', 'stop-first', 'cut'] as const).filter(() =>
              chance(0.6)
            )
          }
        : {}),
      limits: chance(0.3)
        ? { inFlight: pick([null, 1, 2]), startsPerNode: pick([null, 1]), perDeployment: pick([null, 1, 2]) }
        : {},
      deadlineSeconds: chance(0.15) ? pick([0, 60, 200, 700]) : null
    }
  }
}

function renamed(problem: Problem, part: number): Problem {
  const own = (id: string) => `${id}.${part}`
  return {
    ...problem,
    nodes: problem.nodes.map((node) => ({ ...node, id: own(node.id) })),
    nodeTypes: problem.nodeTypes.map((type) => ({ ...type, type: own(type.type) })),
    deployments: problem.deployments.map((deployment) => ({ ...deployment, id: own(deployment.id) })),
    // A pinned copy that is leaving says two things at once.
    replicas: problem.replicas.map(({ movable, ...replica }) => ({
      ...replica,
      ...(movable === undefined || replica.state === 'draining' ? {} : { movable }),
      id: own(replica.id),
      deployment: own(replica.deployment),
      node: replica.node === null ? null : own(replica.node)
    })),
    rules: problem.rules.map((rule) =>
      rule.kind === 'conflict'
        ? { ...rule, between: [rule.between[0].map(own), rule.between[1].map(own)] }
        : { ...rule, deployments: rule.deployments.map(own) }
    ),
    headroom: problem.headroom.map((room) => ({ ...room, deployment: own(room.deployment) }))
  }
}

/** Budget, objective and what is required are those of the first. */
function joined(first: Problem, second: Problem): Problem {
  return {
    ...first,
    nodes: [...first.nodes, ...second.nodes],
    nodeTypes: [...first.nodeTypes, ...second.nodeTypes],
    deployments: [...first.deployments, ...second.deployments],
    replicas: [...first.replicas, ...second.replicas],
    rules: [...first.rules, ...second.rules],
    headroom: [...first.headroom, ...second.headroom]
  }
}
