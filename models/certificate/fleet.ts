import { holds } from '../checker/cluster.js'
import type { Deployment, NodeType, Problem, Replica } from '../contract/problem.js'
import type { Labels, NodeSelector, ResourceAmounts } from '../contract/quantities.js'
import { isDeviceResource } from '../contract/references.js'
import { groupBy } from '../grouping.js'

/** A deployment, or the headroom that is kept for one. */
export interface FleetDeployment {
  readonly id: string
  readonly isHeadroom: boolean
  readonly options: Deployment
  readonly desired: number
  /** Copies that run or start now. */
  readonly placed: number
  readonly surplus: number
}

/** Nodes equal in everything but their names, their contents, and labels that nothing in the Problem names. */
export interface FleetKind {
  /** One of the nodes; what all of them are. */
  readonly capacity: ResourceAmounts
  readonly costPerHour: number
  readonly labels: Labels
  /** Its cost is paid whatever happens. */
  readonly isPaid: boolean
  readonly isOpen: boolean
  readonly mustEmpty: boolean
  /** The listed nodes of the kind, by id; none of nodes to buy. */
  readonly ids: string[]
  /** All of its nodes. */
  nodes: number
}

/** Copies of one deployment and move cost that are on every node of a group. */
export interface FleetResident {
  /** Index among the deployments. */
  readonly deployment: number
  readonly moveCost: number
  copies: number
  /** So many stay whatever happens. */
  held: number
}

/** Nodes of one kind with the same contents. */
export interface FleetGroup {
  readonly kind: number
  readonly residents: readonly FleetResident[]
  readonly ids: string[]
}

/** A Problem as a certificate sees it: read from the contract, and from nothing that the search made of it. */
export interface Fleet {
  readonly problem: Problem
  /** Resources that somebody demands. */
  readonly resources: readonly string[]
  readonly isDevice: readonly boolean[]
  readonly deployments: readonly FleetDeployment[]
  readonly kinds: readonly FleetKind[]
  readonly groups: readonly FleetGroup[]
  /** [kind] the deployments of which copies are there now. */
  readonly hosted: readonly ReadonlySet<number>[]
  readonly kindOfNode: ReadonlyMap<string, number>
  readonly kindOfType: ReadonlyMap<string, number>
  readonly groupOfNode: ReadonlyMap<string, number>
}

/** Tolerance of the contract, and a tenth of it for rounding: what no legal amount exceeds. */
export function widened(limit: number): number {
  return limit + 1.1e-6 * Math.max(1, Math.abs(limit))
}

export function amountOf(amounts: ResourceAmounts, resource: string): number {
  return Object.hasOwn(amounts, resource) ? (amounts[resource] as number) : 0
}

export function matches(selector: NodeSelector, labels: Labels): boolean {
  return Object.entries(selector).every(([name, condition]) =>
    holds(condition, Object.hasOwn(labels, name) ? labels[name] : undefined)
  )
}

export function readFleet(problem: Problem): Fleet {
  const live = problem.replicas.filter(({ node, state }) => node !== null && state !== 'draining')
  const deployments = readDeployments(problem, live)
  const order = new Map(problem.deployments.map(({ id }, index) => [id, index]))
  const neverStopped = findNeverStopped(problem, live)
  const onNode = groupBy(live, (replica) => replica.node as string)
  const resources = demandedResources(problem)
  const kinds: FleetKind[] = []
  const byKey = new Map<string, number>()
  const kindOfNode = new Map<string, number>()
  const hosted: Set<number>[] = []
  const groups: FleetGroup[] = []
  const byContents = new Map<string, number>()
  const groupOfNode = new Map<string, number>()
  const counting = labelsThatCount(problem)
  for (const node of problem.nodes) {
    const there = onNode.get(node.id) ?? []
    const isPaid = !node.releasable || there.some(({ id }) => neverStopped.has(id))
    const isOpen = node.acceptsReplicas && !node.mustEmpty
    const labels = Object.entries(node.labels)
      .filter(([name]) => counting.has(name))
      .sort(([left], [right]) => (left < right ? -1 : 1))
    const amounts = resources.map((resource) => amountOf(node.capacity, resource))
    const key = JSON.stringify([amounts, node.costPerHour, labels, isPaid, isOpen, node.mustEmpty])
    const kind = byKey.get(key) ?? kinds.length
    if (kind === kinds.length) {
      byKey.set(key, kind)
      kinds.push({ ...node, isPaid, isOpen, ids: [], nodes: 0 })
      hosted.push(new Set())
    }
    const alike = kinds[kind] as FleetKind
    alike.ids.push(node.id)
    alike.nodes++
    kindOfNode.set(node.id, kind)
    for (const { deployment } of there) hosted[kind]?.add(order.get(deployment) as number)
    if (node.mustEmpty || there.length === 0) continue
    const residents = readResidents(problem, there, order, neverStopped)
    const contents = JSON.stringify([kind, residents])
    const group = byContents.get(contents) ?? groups.length
    if (group === groups.length) {
      byContents.set(contents, group)
      groups.push({ kind, residents, ids: [] })
    }
    groups[group]?.ids.push(node.id)
    groupOfNode.set(node.id, group)
  }
  const kindOfType = addNodesToBuy(problem.nodeTypes, deployments, kinds)
  while (hosted.length < kinds.length) hosted.push(new Set())
  const isDevice = resources.map((resource) => isDeviceResource(problem, resource))
  return { problem, resources, isDevice, deployments, kinds, groups, hosted, kindOfNode, kindOfType, groupOfNode }
}

/** Labels that a selector or a topology key names: no other says where anything may be. */
function labelsThatCount({ deployments, rules }: Problem): ReadonlySet<string> {
  const ofRules = rules.flatMap((rule) =>
    rule.kind === 'at-least' ? Object.keys(rule.nodeSelector) : [rule.topologyKey]
  )
  return new Set([...deployments.flatMap(({ nodeSelector }) => Object.keys(nodeSelector)), ...ofRules])
}

/** No more nodes of a type are of use than there are replicas. */
function addNodesToBuy(
  types: readonly NodeType[],
  deployments: readonly FleetDeployment[],
  kinds: FleetKind[]
): Map<string, number> {
  const useful = deployments.reduce((sum, { desired }) => sum + desired, 0)
  const kindOfType = new Map<string, number>()
  for (const type of types) {
    const nodes = Math.min(type.maxNew, useful)
    if (nodes === 0) continue
    kindOfType.set(type.type, kinds.length)
    kinds.push({ ...type, isPaid: false, isOpen: true, mustEmpty: false, ids: [], nodes })
  }
  return kindOfType
}

function readDeployments({ deployments, headroom, replicas }: Problem, live: readonly Replica[]): FleetDeployment[] {
  const count = (all: readonly Replica[], id: string) => all.filter(({ deployment }) => deployment === id).length
  const pending = replicas.filter(({ node }) => node === null)
  const listed = deployments.map((options): FleetDeployment => {
    const placed = count(live, options.id)
    const desired = options.replicas ?? placed + count(pending, options.id)
    return { id: options.id, isHeadroom: false, options, desired, placed, surplus: Math.max(0, placed - desired) }
  })
  const room = deployments.flatMap((options): FleetDeployment[] => {
    const desired = headroom.reduce(
      (sum, { deployment, replicas }) => sum + (deployment === options.id ? replicas : 0),
      0
    )
    return desired === 0 ? [] : [{ id: options.id, isHeadroom: true, options, desired, placed: 0, surplus: 0 }]
  })
  return [...listed, ...room]
}

/** Copies that neither move nor stop: pinned by their own word, or with their deployment while that has no more pinned than it wants. */
function findNeverStopped({ deployments }: Problem, live: readonly Replica[]): Set<string> {
  const options = new Map(deployments.map((deployment) => [deployment.id, deployment]))
  const isPinned = ({ deployment, movable }: Replica) => !(movable ?? options.get(deployment)?.movable ?? true)
  const pinned = new Map<string, number>()
  for (const replica of live) {
    if (isPinned(replica)) pinned.set(replica.deployment, (pinned.get(replica.deployment) ?? 0) + 1)
  }
  const staysForGood = (replica: Replica) =>
    isPinned(replica) &&
    (replica.movable === false ||
      (pinned.get(replica.deployment) ?? 0) <= (options.get(replica.deployment)?.replicas ?? Infinity))
  return new Set(live.filter(staysForGood).map(({ id }) => id))
}

function readResidents(
  { deployments }: Problem,
  there: readonly Replica[],
  order: ReadonlyMap<string, number>,
  neverStopped: ReadonlySet<string>
): FleetResident[] {
  const residents: FleetResident[] = []
  for (const replica of there) {
    const deployment = order.get(replica.deployment) as number
    const moveCost = replica.moveCost ?? (deployments[deployment] as Deployment).moveCost
    const held = Number(neverStopped.has(replica.id))
    const known = residents.find((resident) => resident.deployment === deployment && resident.moveCost === moveCost)
    if (known === undefined) residents.push({ deployment, moveCost, copies: 1, held })
    else {
      known.copies++
      known.held += held
    }
  }
  return residents.sort((left, right) => left.deployment - right.deployment || right.moveCost - left.moveCost)
}

function demandedResources({ deployments }: Problem): string[] {
  const names = new Set<string>()
  for (const { demand, startupDemand = {} } of deployments) {
    for (const amounts of [demand, startupDemand]) {
      for (const [name, amount] of Object.entries(amounts)) if (amount > 0) names.add(name)
    }
  }
  return [...names].sort()
}
