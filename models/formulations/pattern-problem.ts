import type { Instance, InstanceNode } from '../instance/instance.js'
import { mayStart } from '../instance/instance.js'
import { capacityInequalities, mostCopies, roundedInequalities } from './node-inequality.js'

/**
 * The packing of deployments into kinds of nodes, without names, present contents or moves: choose how many nodes of each kind get
 * which contents (patterns), so that everything wanted has a place, at the least cost. Typed arrays, to cross threads.
 *
 * Every legal placement gives a solution of no more cost, so a bound on it is one on the Problem, provided that the start breaks no
 * limit: what is overfull now may stay so, and no pattern is.
 */
export interface PatternProblem {
  readonly kinds: number
  readonly deployments: number
  readonly dimensions: number
  /** Cost of one node of each kind; 0 for those that are paid anyway. */
  readonly cost: Float64Array
  /** Nodes there are of each kind. */
  readonly available: Int32Array
  /** What is paid whatever happens. */
  readonly fixedCost: number
  /** [kind × dimensions + dimension]: resources, limits that several deployments share on a node, what follows as copies are whole. */
  readonly capacity: Float64Array
  /** [deployment × dimensions + dimension]. */
  readonly weight: Float64Array
  /** Dimensions that count devices: a weight below 1 is a share of one. */
  readonly deviceDimensions: Int32Array
  /** Copies wanted of each deployment. */
  readonly wanted: Int32Array
  /** [kind × deployments + deployment]: most copies on one node; 0 where there may be none. */
  readonly most: Int32Array
}

/** The pattern problem of an instance. Its kinds are the instance's, in the order of their numbers. */
export function formulatePatterns(instance: Instance): PatternProblem {
  const byKind = groupByKind(instance)
  const unbounded = instance.deployments.reduce((sum, { desired }) => sum + desired, 0)
  const sharedRules = limitsOnSingleNodes(instance)
  const plain = capacityInequalities(instance)
  const rounded = roundedInequalities(instance)
  const first = instance.resources.length + sharedRules.length
  const dimensions = first + rounded.length
  const capacity = new Float64Array(byKind.length * dimensions)
  const most = new Int32Array(byKind.length * instance.deployments.length)
  for (const [kind, nodes] of byKind.entries()) {
    const node = nodes[0] as InstanceNode
    for (const inequality of plain) {
      capacity[kind * dimensions + inequality.resource] = inequality.capacity[node.index] as number
    }
    for (const [order, counter] of sharedRules.entries()) {
      // Where the rule does not look at each node by itself it says nothing here.
      const binds = nodes.every(({ index }) => counter.nodes.has(index))
      capacity[kind * dimensions + instance.resources.length + order] = binds ? counter.limit : unbounded
    }
    for (const [order, inequality] of rounded.entries()) {
      capacity[kind * dimensions + first + order] = inequality.capacity[node.index] as number
    }
    for (const { index, desired } of instance.deployments) {
      const mayBeHere =
        mayStart(instance, index, node.index) ||
        nodes.some(({ copies }) => copies.some((copy) => instance.copies[copy]?.deployment === index))
      if (mayBeHere)
        most[kind * instance.deployments.length + index] = Math.min(desired, mostCopies(instance, index, node))
    }
  }
  const weight = new Float64Array(instance.deployments.length * dimensions)
  for (const { index, demand } of instance.deployments) {
    weight.set(demand, index * dimensions)
    for (const [order, counter] of sharedRules.entries()) {
      if (counter.deployments.has(index)) weight[index * dimensions + instance.resources.length + order] = 1
    }
    for (const [order, inequality] of rounded.entries()) {
      weight[index * dimensions + first + order] = inequality.weight[index] as number
    }
  }
  const releasable = byKind.map((nodes) => (nodes[0] as InstanceNode).releasable)
  return {
    kinds: byKind.length,
    deployments: instance.deployments.length,
    dimensions,
    cost: Float64Array.from(byKind, (nodes, kind) => (releasable[kind] ? (nodes[0] as InstanceNode).costPerHour : 0)),
    available: Int32Array.from(byKind, (nodes) => nodes.length),
    fixedCost: instance.nodes.reduce((sum, node) => sum + (node.releasable ? 0 : node.costPerHour), 0),
    capacity,
    weight,
    deviceDimensions: Int32Array.from(instance.deviceResources),
    wanted: Int32Array.from(instance.deployments, ({ desired }) => desired),
    most
  }
}

/** A rule that limits copies on single nodes: on which. */
interface NodeLimit {
  readonly limit: number
  readonly deployments: ReadonlySet<number>
  readonly nodes: ReadonlySet<number>
}

/** The anti-affinity rules, with those of their domains that are a single node. */
function limitsOnSingleNodes({ counters }: Instance): NodeLimit[] {
  const byRule = new Map<number, { limit: number; deployments: Set<number>; nodes: Set<number> }>()
  for (const { rule, limit, deployments, nodes } of counters) {
    if (nodes.length !== 1) continue
    const known = byRule.get(rule) ?? { limit, deployments: new Set(deployments), nodes: new Set<number>() }
    known.nodes.add(nodes[0] as number)
    byRule.set(rule, known)
  }
  return [...byRule.values()]
}

/** The nodes of each kind, by the kind's number. */
export function groupByKind({ nodes }: Instance): InstanceNode[][] {
  const byKind: InstanceNode[][] = []
  for (const node of nodes) {
    const alike = byKind[node.kind] ?? []
    alike.push(node)
    byKind[node.kind] = alike
  }
  return byKind
}
