import type { Replica } from '../contract/problem.js'
import { type Cluster, moveCostOf } from './cluster.js'
import { Tally } from './excess.js'
import { exceeds } from './tolerance.js'
import type { Report } from './violations.js'

/** Checks moves (one entry for each, so a hop has two) against the budgets of the Problem. */
export function checkBudget(cluster: Cluster, moves: readonly Replica[], report: Report): void {
  const { maxMigrations, maxMoveCost, maxMigrationsPerDeployment } = cluster.problem.budget
  const check = (name: string, where: string, used: number, limit: number | undefined) => {
    if (limit === undefined || !exceeds(used, limit)) return
    report('budget', where, `${name}: ${used} used, ${limit} allowed`, used - limit)
  }
  check('maxMigrations', 'budget', moves.length, maxMigrations)
  check('maxMoveCost', 'budget', totalMoveCost(cluster, moves), maxMoveCost)
  for (const [deployment, used] of countByDeployment(moves)) {
    check(`maxMigrationsPerDeployment of ${deployment}`, deployment, used, maxMigrationsPerDeployment)
  }
}

/** Whether the budgets leave no room for one move more, somewhere. */
export function isExhausted(cluster: Cluster, moves: readonly Replica[]): boolean {
  const { maxMigrations, maxMoveCost, maxMigrationsPerDeployment } = cluster.problem.budget
  if (maxMigrations !== undefined && moves.length + 1 > maxMigrations) return true
  if (maxMoveCost !== undefined) {
    const placed = cluster.problem.replicas.filter((replica) => replica.node !== null)
    const cheapest = placed.reduce((least, replica) => Math.min(least, moveCostOf(cluster, replica)), Infinity)
    if (exceeds(totalMoveCost(cluster, moves) + (cheapest === Infinity ? 0 : cheapest), maxMoveCost)) return true
  }
  if (maxMigrationsPerDeployment === undefined) return false
  const used = countByDeployment(moves)
  return [...cluster.deployments.keys()].some((id) => used.count(id) + 1 > maxMigrationsPerDeployment)
}

/** What moves cost together. */
export function totalMoveCost(cluster: Cluster, moves: readonly Replica[]): number {
  return moves.reduce((sum, replica) => sum + moveCostOf(cluster, replica), 0)
}

function countByDeployment(moves: readonly Replica[]): Tally<string> {
  const counts = new Tally<string>()
  for (const { deployment } of moves) counts.add(deployment)
  return counts
}
