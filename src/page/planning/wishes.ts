import type { Problem } from '../../../models/contract/problem.js'

/** What somebody at the page wants otherwise than the Problem says. */
export interface Wishes {
  /** null: no limit; so for all limits. */
  readonly maxMigrations: number | null
  readonly maxMoveCost: number | null
  readonly inFlight: number | null
  readonly startsPerNode: number | null
  /** Ids of deployments whose replicas stay where they are. */
  readonly pinnedDeployments: readonly string[]
  /** Ids of nodes that must be empty in the end. */
  readonly emptiedNodes: readonly string[]
  /** Ids of nodes that are not given back. */
  readonly keptNodes: readonly string[]
}

/** The limits of a Problem as it was opened, and nothing else. */
export function wishesOf({ budget, migration }: Problem): Wishes {
  return {
    maxMigrations: budget.maxMigrations ?? null,
    maxMoveCost: budget.maxMoveCost ?? null,
    inFlight: migration.limits.inFlight,
    startsPerNode: migration.limits.startsPerNode,
    pinnedDeployments: [],
    emptiedNodes: [],
    keptNodes: []
  }
}

/** The Problem as it is wanted. What it says itself of pins and nodes still holds. */
export function applyWishes(problem: Problem, wishes: Wishes): Problem {
  const pinnedDeployments = new Set(wishes.pinnedDeployments)
  const emptied = new Set(wishes.emptiedNodes)
  const kept = new Set(wishes.keptNodes)
  const { maxMigrations: _, maxMoveCost: __, ...budget } = problem.budget
  return {
    ...problem,
    nodes: problem.nodes.map((node) => {
      if (emptied.has(node.id)) return { ...node, mustEmpty: true }
      return kept.has(node.id) ? { ...node, releasable: false } : node
    }),
    replicas: problem.replicas.map((replica) =>
      replica.node !== null && pinnedDeployments.has(replica.deployment) ? { ...replica, movable: false } : replica
    ),
    budget: {
      ...budget,
      ...(wishes.maxMigrations !== null && { maxMigrations: wishes.maxMigrations }),
      ...(wishes.maxMoveCost !== null && { maxMoveCost: wishes.maxMoveCost })
    },
    migration: {
      ...problem.migration,
      limits: { ...problem.migration.limits, inFlight: wishes.inFlight, startsPerNode: wishes.startsPerNode }
    }
  }
}
