import type { Deployment, Node, Problem, Replica } from '../../models/contract/problem.js'
import { isDeviceResource } from '../../models/contract/references.js'
import type { Rule } from '../../models/contract/rules.js'
import { GmplSection } from './gmpl-section.js'

type Place = Pick<
  Node,
  'id' | 'capacity' | 'costPerHour' | 'labels' | 'releasable' | 'acceptsReplicas' | 'mustEmpty'
> & {
  readonly bought: boolean
}

interface Copy {
  readonly deployment: number
  readonly listed: Replica | null
  readonly isHeadroom: boolean
}

/**
 * The data section of a Problem for models/reference/placement.mod. Everything is a number there: names stand in comments
 * only, so that they may be any text. Written from the contract alone; every running copy states its devices.
 */
export function writeGmplData(problem: Problem): string {
  const copies = copiesOf(problem)
  const places = placesOf(problem, copies.length)
  const resources = [
    ...new Set(problem.deployments.flatMap((own) => Object.keys({ ...own.demand, ...own.startupDemand })))
  ]
  const section = new GmplSection()
  section.param('nodes', places.length)
  section.param('resources', resources.length)
  section.param('deployments', problem.deployments.length)
  section.param('replicas', copies.length)
  section.comment('resources', resources)
  section.table(
    'device',
    resources.map((resource) => Number(isDeviceResource(problem, resource))),
    0
  )
  writePlaces(section, places, resources)
  writeDeployments(section, problem, places, resources)
  writeCopies(section, problem, copies, resources)
  writeRules(section, problem, places)
  writeWishes(section, problem)
  return section.text()
}

function placesOf({ nodes, nodeTypes }: Problem, mostUseful: number): Place[] {
  const offered = nodeTypes.flatMap((type) =>
    Array.from({ length: Math.min(type.maxNew, mostUseful) }, (_, number) => ({
      ...type,
      id: `${type.type}, number ${number + 1} to buy`,
      releasable: true,
      acceptsReplicas: true,
      mustEmpty: false,
      bought: true
    }))
  )
  return [...nodes.map((node) => ({ ...node, bought: false })), ...offered]
}

/** Running copies, then for each deployment those still to come, then headroom. */
function copiesOf({ deployments, replicas, headroom }: Problem): Copy[] {
  const indexOf = new Map(deployments.map(({ id }, index) => [id, index]))
  const live = replicas.filter(({ state }) => state !== 'draining')
  const running = live.filter(({ node }) => node !== null)
  const count = (list: readonly Replica[], id: string) => list.filter(({ deployment }) => deployment === id).length
  const coming = deployments.flatMap(({ id, replicas: wanted }, deployment) => {
    const length = Math.max(0, (wanted ?? count(live, id)) - count(running, id))
    return Array.from({ length }, (): Copy => ({ deployment, listed: null, isHeadroom: false }))
  })
  const room = headroom.flatMap(({ deployment, replicas: length }) =>
    Array.from({ length }, (): Copy => ({ deployment: indexOf.get(deployment) ?? -1, listed: null, isHeadroom: true }))
  )
  const placed = running.map((listed): Copy => {
    return { deployment: indexOf.get(listed.deployment) ?? -1, listed, isHeadroom: false }
  })
  return [...placed, ...coming, ...room]
}

function writePlaces(section: GmplSection, places: readonly Place[], resources: readonly string[]): void {
  section.comment(
    'nodes',
    places.map(({ id }) => id)
  )
  section.matrix(
    'capacity',
    places.map(({ capacity }) => resources.map((resource) => amountOf(capacity, resource))),
    0
  )
  section.table(
    'cost',
    places.map(({ costPerHour }) => costPerHour),
    0
  )
  section.table(
    'bought',
    places.map(({ bought }) => Number(bought)),
    0
  )
  section.table(
    'releasable',
    places.map(({ releasable }) => Number(releasable)),
    1
  )
  section.table(
    'accepts',
    places.map(({ acceptsReplicas }) => Number(acceptsReplicas)),
    1
  )
  section.table(
    'must_empty',
    places.map(({ mustEmpty }) => Number(mustEmpty)),
    0
  )
}

function writeDeployments(
  section: GmplSection,
  { deployments, replicas, nodes }: Problem,
  places: readonly Place[],
  resources: readonly string[]
): void {
  const ranks = [...new Set(deployments.map(({ priority }) => priority))].sort((left, right) => right - left)
  const listed = ({ id }: Deployment) =>
    replicas.filter(({ deployment, state }) => deployment === id && state !== 'draining').length
  const amounts = (of: (deployment: Deployment) => Readonly<Record<string, number>>) =>
    deployments.map((deployment) => resources.map((resource) => amountOf(of(deployment), resource)))
  section.comment(
    'deployments',
    deployments.map(({ id }) => id)
  )
  section.matrix(
    'demand',
    amounts(({ demand }) => demand),
    0
  )
  section.matrix(
    'startup',
    deployments.map(({ startupDemand }) => resources.map((resource) => lookUp(startupDemand ?? {}, resource) ?? null)),
    null
  )
  section.matrix(
    'selected',
    deployments.map(({ nodeSelector }) => places.map(({ labels }) => Number(matches(nodeSelector, labels)))),
    1
  )
  section.table(
    'desired',
    deployments.map((deployment) => deployment.replicas ?? listed(deployment)),
    null
  )
  section.param('priorities', ranks.length)
  section.table(
    'rank',
    deployments.map(({ priority }) => ranks.indexOf(priority) + 1),
    1
  )
  section.table(
    'max_per_node',
    deployments.map(({ maxReplicasPerNode }) => maxReplicasPerNode ?? null),
    null
  )
  const leaving = deployments.map(({ id }) =>
    nodes.map((node) => {
      return replicas.filter((of) => of.deployment === id && of.node === node.id && of.state === 'draining').length
    })
  )
  section.matrix('leaving', leaving, 0)
}

function writeCopies(
  section: GmplSection,
  { deployments, nodes }: Problem,
  copies: readonly Copy[],
  resources: readonly string[]
): void {
  const nodeOf = new Map(nodes.map(({ id }, index) => [id, index + 1]))
  const gangs = [...new Set(copies.flatMap(({ listed }) => listed?.gang ?? []))]
  const perCopy = (value: (replica: Replica, deployment: Deployment) => number) =>
    copies.map(({ deployment, listed }) =>
      listed === null ? null : value(listed, deployments[deployment] as Deployment)
    )
  section.comment(
    'running copies',
    copies.flatMap(({ listed }) => listed?.id ?? [])
  )
  section.table(
    'of',
    copies.map(({ deployment }) => deployment + 1),
    null
  )
  section.table(
    'home',
    perCopy(({ node }) => nodeOf.get(node ?? '') ?? 0),
    null
  )
  section.set(
    'HEADROOM',
    copies.flatMap(({ isHeadroom }, index) => (isHeadroom ? [index + 1] : []))
  )
  section.table(
    'move_cost',
    perCopy((own, { moveCost }) => own.moveCost ?? moveCost),
    1
  )
  section.table(
    'pinned',
    perCopy((own, { movable }) => Number(!(own.movable ?? movable))),
    0
  )
  section.table(
    'pinned_itself',
    perCopy(({ movable }) => Number(movable === false)),
    0
  )
  section.table(
    'starting',
    perCopy(({ state }) => Number(state === 'starting')),
    0
  )
  section.table(
    'gang',
    perCopy(({ gang }) => (gang === undefined ? 0 : gangs.indexOf(gang) + 1)),
    0
  )
  for (const [index, { listed }] of copies.entries()) {
    for (const [position, resource] of resources.entries()) {
      section.set(`holds[${index + 1},${position + 1}]`, lookUp(listed?.devices ?? {}, resource) ?? [])
    }
  }
}

function writeRules(section: GmplSection, { rules, deployments }: Problem, places: readonly Place[]): void {
  for (const kind of ['anti-affinity', 'conflict', 'affinity', 'spread', 'at-least'] as const) {
    const numbers = rules.flatMap((rule, index) => (rule.kind === kind ? [index + 1] : []))
    section.set(kind.toUpperCase().replace('-', '_'), numbers)
  }
  const numbersOf = (ids: readonly string[]) => ids.map((id) => deployments.findIndex((own) => own.id === id) + 1)
  for (const [index, rule] of rules.entries()) {
    section.set(`members[${index + 1}]`, numbersOf(rule.kind === 'conflict' ? rule.between[0] : rule.deployments))
    if (rule.kind === 'conflict') section.set(`opponents[${index + 1}]`, numbersOf(rule.between[1]))
  }
  section.matrix(
    'domain',
    rules.map((rule) => domainsOf(rule, places)),
    0
  )
  section.table(
    'limit',
    rules.map((rule) => limitOf(rule)),
    null
  )
  const spreads = rules.map((rule) => (rule.kind === 'spread' ? rule : null))
  section.table(
    'min_domains',
    spreads.map((rule) => rule?.minDomains ?? null),
    null
  )
  section.table(
    'max_skew',
    spreads.map((rule) => rule?.maxSkew ?? null),
    null
  )
}

function limitOf(rule: Rule): number | null {
  if (rule.kind === 'anti-affinity') return rule.max
  return rule.kind === 'at-least' ? rule.count : null
}

function writeWishes(section: GmplSection, { budget, objective, pending }: Problem): void {
  section.param('max_migrations', budget.maxMigrations)
  section.param('max_move_cost', budget.maxMoveCost)
  section.param('max_migrations_each', budget.maxMigrationsPerDeployment)
  if (objective.horizonHours !== null) {
    section.param('hours', objective.horizonHours)
    section.param('move_price', objective.moveCostPrice)
  }
  if (pending === 'best-effort') section.param('best_effort', 1)
}

/** The domains of all places under a rule, by number; 0 where a place is in none. */
function domainsOf(rule: Rule, places: readonly Place[]): number[] {
  const names = places.map(({ labels }, index) => {
    if (rule.kind === 'at-least') return matches(rule.nodeSelector, labels) ? 'selected' : null
    if (rule.topologyKey === 'node') return String(index)
    return Object.hasOwn(labels, rule.topologyKey) ? (labels[rule.topologyKey] as string) : null
  })
  const known = [...new Set(names.filter((name) => name !== null))]
  return names.map((name) => (name === null ? 0 : known.indexOf(name) + 1))
}

function matches(selector: Readonly<Record<string, readonly string[]>>, labels: Place['labels']): boolean {
  return Object.entries(selector).every(
    ([label, values]) => Object.hasOwn(labels, label) && values.includes(labels[label] as string)
  )
}

function amountOf(amounts: Readonly<Record<string, number>>, resource: string): number {
  return lookUp(amounts, resource) ?? 0
}

/** Resources may be named like anything that every object has. */
function lookUp<Value>(values: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(values, name) ? values[name] : undefined
}
