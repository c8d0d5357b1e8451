import type { AssumedDevices, NewNode } from '../contract/placement.js'
import type { Deployment, NodeType, Problem, Replica } from '../contract/problem.js'
import type { DeviceIndices, LabelCondition, NodeSelector } from '../contract/quantities.js'
import { isDeviceResource } from '../contract/references.js'
import type { Rule } from '../contract/rules.js'
import { exceeds } from './tolerance.js'
import type { Report } from './violations.js'

type Amounts = ReadonlyMap<string, number>

/** A node of the Problem, or one that a Result buys. */
export interface ClusterNode {
  readonly id: string
  readonly capacity: Amounts
  readonly costPerHour: number
  readonly labels: ReadonlyMap<string, string>
  readonly releasable: boolean
  readonly acceptsReplicas: boolean
  readonly mustEmpty: boolean
  /** Only for a new node: what was bought. */
  readonly boughtAs?: NodeType
  /** Only for a new node: the plan releases it again. */
  readonly rented?: boolean
}

/** A deployment with its amounts as maps and its desired number worked out. */
export interface ClusterDeployment {
  readonly id: string
  readonly options: Deployment
  readonly demand: Amounts
  /** What a copy holds until it is ready. */
  readonly startupDemand: Amounts
  /** The resources of kind device that a copy holds some of. */
  readonly deviceResources: readonly string[]
  readonly desired: number
}

/** A replica on a node. Copies without `devices` may be packed onto devices in any way. */
export interface Copy {
  readonly replica?: string
  readonly deployment: ClusterDeployment
  readonly node: ClusterNode
  readonly devices?: DeviceIndices | undefined
}

/** A copy that exists before the first step. */
export interface InitialCopy extends Copy {
  readonly replica: string
}

/** The Problem and the new nodes of a Result, indexed by id. */
export interface Cluster {
  readonly problem: Problem
  readonly rules: readonly Rule[]
  readonly nodes: ReadonlyMap<string, ClusterNode>
  readonly deployments: ReadonlyMap<string, ClusterDeployment>
  readonly replicas: ReadonlyMap<string, Replica>
}

/** Indexes a Problem; new nodes that cannot be bought are reported and left out. */
export function indexCluster(problem: Problem, newNodes: readonly NewNode[], report: Report): Cluster {
  const nodes = new Map<string, ClusterNode>()
  for (const node of problem.nodes) {
    const { id, costPerHour, releasable, acceptsReplicas, mustEmpty } = node
    nodes.set(id, { id, costPerHour, releasable, acceptsReplicas, mustEmpty, ...indexed(node) })
  }
  addNewNodes(problem, newNodes, nodes, report)
  const replicas = new Map(problem.replicas.map((replica) => [replica.id, replica]))
  const listed = new Map<string, number>()
  for (const { deployment, state } of problem.replicas) {
    if (state !== 'draining') listed.set(deployment, (listed.get(deployment) ?? 0) + 1)
  }
  const deployments = new Map<string, ClusterDeployment>()
  for (const options of problem.deployments) {
    const demand = amounts(options.demand)
    deployments.set(options.id, {
      id: options.id,
      options,
      demand,
      startupDemand: new Map([...demand, ...amounts(options.startupDemand ?? {})]),
      deviceResources: [...demand].flatMap(([resource, amount]) =>
        amount > 0 && isDeviceResource(problem, resource) ? [resource] : []
      ),
      desired: options.replicas ?? listed.get(options.id) ?? 0
    })
  }
  return { problem, rules: problem.rules, nodes, deployments, replicas }
}

function addNewNodes(
  problem: Problem,
  newNodes: readonly NewNode[],
  nodes: Map<string, ClusterNode>,
  report: Report
): void {
  const types = new Map(problem.nodeTypes.map((type) => [type.type, type]))
  const bought = new Map<NodeType, number>()
  for (const { id, type: name, rented } of newNodes) {
    const type = types.get(name)
    if (nodes.has(id)) report('reference', id, `new node ${id}: the id is taken`)
    else if (type === undefined) report('reference', id, `new node ${id}: there is no node type ${name}`)
    else {
      bought.set(type, (bought.get(type) ?? 0) + 1)
      const open = { releasable: true, acceptsReplicas: true, mustEmpty: false }
      nodes.set(id, {
        id,
        costPerHour: type.costPerHour,
        ...indexed(type),
        ...open,
        boughtAs: type,
        rented: rented === true
      })
    }
  }
  for (const [type, number] of bought) {
    if (number > type.maxNew) {
      const message = `${number} new nodes of type ${type.type}, at most ${type.maxNew} may be bought`
      report('count', type.type, message, number - type.maxNew)
    }
  }
}

function indexed(node: { capacity: Record<string, number>; labels: Record<string, string> }) {
  return { capacity: amounts(node.capacity), labels: new Map(Object.entries(node.labels)) }
}

function amounts(record: Readonly<Record<string, number>>): Map<string, number> {
  return new Map(Object.entries(record))
}

/** The devices of one resource that a copy states; undefined when it states none. */
export function devicesOf(devices: DeviceIndices | undefined, resource: string): readonly number[] | undefined {
  return devices !== undefined && Object.hasOwn(devices, resource) ? devices[resource] : undefined
}

/** How many devices a demand occupies, wholly or in part. */
export function devicesHeld(demand: number): number {
  return demand < 1 ? 1 : Math.round(demand)
}

/** The domain of a node: its own id, or the value of a label; undefined for a node without the label. */
export function domainOf(node: ClusterNode, topologyKey: string): string | undefined {
  return topologyKey === 'node' ? node.id : node.labels.get(topologyKey)
}

export function matchesSelector(node: ClusterNode, selector: NodeSelector): boolean {
  return Object.entries(selector).every(([label, condition]) => holds(condition, node.labels.get(label)))
}

/** Whether a condition holds for the value of a label, undefined where there is no such label. */
export function holds(condition: LabelCondition, value: string | undefined): boolean {
  if (value === undefined) return !Array.isArray(condition) && condition.exists !== true
  if (Array.isArray(condition)) return condition.includes(value)
  return condition.exists !== false && condition.notIn?.includes(value) !== true
}

/** Whether a copy could start on the node if it were empty. */
export function admits(node: ClusterNode, deployment: ClusterDeployment): boolean {
  if (!matchesSelector(node, deployment.options.nodeSelector)) return false
  return [...deployment.demand].every(([resource, amount]) => !exceeds(amount, node.capacity.get(resource) ?? 0))
}

/** Whether a replica that runs must stay where it is. Its own word wins over its deployment's. */
export function isPinned(cluster: Cluster, replica: Replica): boolean {
  return !(replica.movable ?? cluster.deployments.get(replica.deployment)?.options.movable ?? true)
}

/** What one migration of a replica counts against the move-cost budget. */
export function moveCostOf(cluster: Cluster, replica: Replica): number {
  return replica.moveCost ?? cluster.deployments.get(replica.deployment)?.options.moveCost ?? 1
}

const NONE_ASSUMED: readonly AssumedDevices[] = []
/** Every check asks for the same copies: they are listed once, by what is assumed. */
const listedCopies = new WeakMap<Cluster, Map<readonly AssumedDevices[], readonly InitialCopy[]>>()

/** The copies that exist now, draining ones included, with the devices assumed for those that state none. */
export function initialCopies(
  cluster: Cluster,
  assumed: readonly AssumedDevices[] = NONE_ASSUMED
): readonly InitialCopy[] {
  const lists = listedCopies.get(cluster) ?? new Map<readonly AssumedDevices[], readonly InitialCopy[]>()
  listedCopies.set(cluster, lists)
  const key = assumed.length === 0 ? NONE_ASSUMED : assumed
  const copies = lists.get(key) ?? listCopies(cluster, key)
  lists.set(key, copies)
  return copies
}

function listCopies(cluster: Cluster, assumed: readonly AssumedDevices[]): InitialCopy[] {
  const devices = new Map(assumed.map((entry) => [entry.replica, entry.devices]))
  return [...cluster.replicas.values()].flatMap((replica) => {
    const node = replica.node === null ? undefined : cluster.nodes.get(replica.node)
    const deployment = cluster.deployments.get(replica.deployment)
    if (node === undefined || deployment === undefined) return []
    return [{ replica: replica.id, deployment, node, devices: replica.devices ?? devices.get(replica.id) }]
  })
}

/** What nodes cost together. */
export function costOf(nodes: Iterable<ClusterNode>): number {
  let cost = 0
  for (const node of nodes) cost += node.costPerHour
  return cost
}

/** The nodes that host one of the copies or are never given back. */
export function activeNodes(cluster: Cluster, copies: readonly Copy[]): Set<ClusterNode> {
  const active = new Set(copies.map((copy) => copy.node))
  for (const node of cluster.nodes.values()) if (!node.releasable) active.add(node)
  return active
}
