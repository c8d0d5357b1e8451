import type { Problem } from '../../models/contract/problem.js'
import { isDeviceResource } from '../../models/contract/references.js'
import { copiesOf, writeCopies } from './gmpl-copies.js'
import { matches, type Place, placesOf } from './gmpl-places.js'
import { writeRules } from './gmpl-rules.js'
import { GmplSection } from './gmpl-section.js'
import { lookUp } from './look-up.js'

/**
 * The data section of a Problem for models/reference/placement.mod. Everything is a number there: names stand in comments
 * only, so that they may be any text. Written from the contract alone; every running copy states its devices.
 */
export function writeGmplData(problem: Problem): string {
  const copies = copiesOf(problem)
  const places = placesOf(problem, copies.length)
  const demanded = problem.deployments.flatMap(({ demand, startupDemand }) =>
    Object.keys({ ...demand, ...startupDemand })
  )
  const resources = [...new Set(demanded)]
  const section = new GmplSection()
  section.param('nodes', places.length)
  section.param('resources', resources.length)
  section.param('deployments', problem.deployments.length)
  section.param('replicas', copies.length)
  section.comment('resources', resources)
  section.table('device', 0, resources, (resource) => Number(isDeviceResource(problem, resource)))
  writePlaces(section, places, resources)
  writeDeployments(section, problem, places, resources)
  writeCopies(section, problem, copies, resources)
  writeRules(section, problem, places)
  writeWishes(section, problem)
  return section.text()
}

function writePlaces(section: GmplSection, places: readonly Place[], resources: readonly string[]): void {
  const names = places.map(({ id }) => id)
  section.comment('nodes', names)
  section.matrix('capacity', 0, places, resources, ({ capacity }, resource) => lookUp(capacity, resource) ?? 0)
  section.table('cost', 0, places, ({ costPerHour }) => costPerHour)
  section.table('bought', 0, places, ({ bought }) => Number(bought))
  section.table('releasable', 1, places, ({ releasable }) => Number(releasable))
  section.table('accepts', 1, places, ({ acceptsReplicas }) => Number(acceptsReplicas))
  section.table('must_empty', 0, places, ({ mustEmpty }) => Number(mustEmpty))
}

function writeDeployments(
  section: GmplSection,
  { deployments, replicas, nodes }: Problem,
  places: readonly Place[],
  resources: readonly string[]
): void {
  const names = deployments.map(({ id }) => id)
  const ranks = [...new Set(deployments.map(({ priority }) => priority))].sort((left, right) => right - left)
  const live = replicas.filter(({ state }) => state !== 'draining')
  const draining = replicas.filter(({ state }) => state === 'draining')
  section.comment('deployments', names)
  section.matrix('demand', 0, deployments, resources, ({ demand }, resource) => lookUp(demand, resource) ?? 0)
  section.matrix('startup', null, deployments, resources, ({ startupDemand = {} }, resource) => {
    return lookUp(startupDemand, resource) ?? null
  })
  section.matrix('selected', 1, deployments, places, ({ nodeSelector }, { labels }) =>
    Number(matches(nodeSelector, labels))
  )
  section.table('desired', null, deployments, ({ id, replicas: wanted }) => {
    return wanted ?? live.filter(({ deployment }) => deployment === id).length
  })
  section.param('priorities', ranks.length)
  section.table('rank', 1, deployments, ({ priority }) => ranks.indexOf(priority) + 1)
  section.table('max_per_node', null, deployments, ({ maxReplicasPerNode = null }) => maxReplicasPerNode)
  section.matrix('leaving', 0, deployments, nodes, ({ id }, node) => {
    return draining.filter((replica) => replica.deployment === id && replica.node === node.id).length
  })
}

function writeWishes(section: GmplSection, { budget, objective, pending, migration }: Problem): void {
  if (migration.level === 'any-order') section.param('any_order', 1)
  section.param('max_migrations', budget.maxMigrations)
  section.param('max_move_cost', budget.maxMoveCost)
  section.param('max_migrations_each', budget.maxMigrationsPerDeployment)
  if (objective.horizonHours !== null) {
    section.param('hours', objective.horizonHours)
    section.param('move_price', objective.moveCostPrice)
  }
  if (pending === 'best-effort') section.param('best_effort', 1)
}
