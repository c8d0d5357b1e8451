import { groupBy } from '../grouping.js'
import type { Instance, InstanceNode } from '../instance/instance.js'
import { mayStart } from '../instance/instance.js'
import {
  anyOrderRows,
  budgetRows,
  costRow,
  dropDense,
  keptAmounts,
  type LinkingArrays,
  type LinkingRow,
  linkingArrays,
  ruleRows
} from './linking-rows.js'
import { groupNodes, type NodeGroup } from './node-contents.js'
import { capacityInequalities, mostCopies, roundedInequalities } from './node-inequality.js'

/**
 * The packing of deployments into nodes by patterns: choose how many nodes of each kind, or of each group with the same contents, get
 * which contents, so that everything wanted has a place and all linking rows hold, at the least cost. Typed arrays, to cross threads.
 *
 * Every legal placement gives a solution of no more cost, so a bound on it is one on the Problem, provided that the start breaks no
 * limit: what is overfull now may stay so, and no pattern is.
 */
export interface PatternProblem extends LinkingArrays {
  readonly kinds: number
  readonly deployments: number
  readonly dimensions: number
  /** What one active node of each kind adds to the objective; 0 for those that are paid anyway. */
  readonly cost: Float64Array
  /** Nodes there are of each kind. */
  readonly available: Int32Array
  /** What the objective comes to whatever happens. */
  readonly fixedCost: number
  /** [kind × dimensions + dimension]: resources, limits that several deployments share on a node, what follows as copies are whole. */
  readonly capacity: Float64Array
  /** [deployment × dimensions + dimension]. */
  readonly weight: Float64Array
  /** Dimensions that count devices: a weight below 1 is a share of one. */
  readonly deviceDimensions: Int32Array
  /** Copies wanted of each deployment. */
  readonly wanted: Int32Array
  /** [kind × deployments + deployment]: most copies on one node that may come; 0 where none may. */
  readonly most: Int32Array
  /** [conflict × deployments + deployment]: 1 and 2 for the sides that share no node; 0 for who takes no part. */
  readonly conflictSide: Uint8Array
  /** Groups of nodes of one kind and the same contents; none where contents do not matter. The kind of each. */
  readonly groupKind: Int32Array
  /** Nodes of each group. */
  readonly groupNodes: Int32Array
  /** The residents of group g, from residentStart[g] up to residentStart[g + 1]: copies of one deployment and move cost that may stay. */
  readonly residentStart: Int32Array
  readonly residentDeployment: Int32Array
  readonly residentCopies: Int32Array
  /** So many of them must stay. */
  readonly residentHeld: Int32Array
  /** What each that stays takes off the objective. */
  readonly residentReward: Float64Array
  /** [row]: what the row has to come to at least. */
  readonly linkLeast: Float64Array
  /** [row × residents + resident]: what each copy that stays adds. */
  readonly linkStay: Float64Array
  /** [row × kinds + kind]: what each active node adds. */
  readonly linkNode: Float64Array
  /** [(row × kinds + kind) × deployments + deployment]: what each copy adds, staying ones included; empty when none adds anything. */
  readonly linkCopy: Float64Array
}

/** What is minimised: the primary objective, or the move cost at a primary objective of at most so much. */
export type PatternObjective = { readonly of: 'total' } | { readonly of: 'moves'; readonly costAtMost: number }

/**
 * The pattern problem of an instance. Its kinds are the instance's, in the order of their numbers; its groups are those of
 * `groupNodes`, where contents matter. `further` rows come after those of the instance.
 */
export function formulatePatterns(
  instance: Instance,
  contentsMatter = false,
  objective: PatternObjective = { of: 'total' },
  further: readonly LinkingRow[] = []
): PatternProblem {
  const kinds = groupByKind(instance)
  const groups = contentsMatter ? groupNodes(instance) : []
  const releasable = kinds.map((nodes) => (nodes[0] as InstanceNode).releasable)
  const { horizonHours, moveCostPrice } = instance.problem.objective
  const hours = horizonHours ?? 1
  const price = horizonHours === null ? 0 : moveCostPrice
  const paidAnyway = instance.nodes.reduce((sum, node) => sum + (node.releasable ? 0 : node.costPerHour), 0)
  const kept = contentsMatter ? keptAmounts(instance).reduce((sum, { cost }) => sum + cost, 0) : 0
  const perHour = Float64Array.from(kinds, (nodes, kind) =>
    releasable[kind] ? (nodes[0] as InstanceNode).costPerHour : 0
  )
  const rows: LinkingRow[] = [
    ...(contentsMatter ? budgetRows(instance) : []),
    ...(contentsMatter ? anyOrderRows(instance, kinds, groups) : []),
    ...ruleRows(instance, kinds),
    ...further
  ]
  const isCost = objective.of === 'total'
  if (!isCost) rows.push(costRow(perHour, objective.costAtMost - paidAnyway))
  const affordable = dropDense(rows, groups, kinds.length, instance.deployments.length)
  return {
    ...describeKinds(instance, kinds, contentsMatter),
    cost: isCost ? perHour.map((cost) => cost * hours) : new Float64Array(kinds.length),
    fixedCost: isCost ? paidAnyway * hours + kept * price : kept,
    ...describeGroups(groups, isCost ? price : 1),
    ...linkingArrays(affordable, groups, kinds.length, instance.deployments.length)
  }
}

function describeGroups(
  groups: readonly NodeGroup[],
  reward: number
): Pick<
  PatternProblem,
  | 'groupKind'
  | 'groupNodes'
  | 'residentStart'
  | 'residentDeployment'
  | 'residentCopies'
  | 'residentHeld'
  | 'residentReward'
> {
  const residents = groups.flatMap((group) => group.residents)
  const starts = [0]
  for (const group of groups) starts.push((starts.at(-1) as number) + group.residents.length)
  return {
    groupKind: Int32Array.from(groups, ({ kind }) => kind),
    groupNodes: Int32Array.from(groups, ({ nodes }) => nodes.length),
    residentStart: Int32Array.from(starts),
    residentDeployment: Int32Array.from(residents, ({ deployment }) => deployment),
    residentCopies: Int32Array.from(residents, ({ copies }) => copies.length),
    residentHeld: Int32Array.from(residents, ({ held }) => held),
    residentReward: Float64Array.from(residents, ({ moveCost }) => reward * moveCost)
  }
}

function describeKinds(
  instance: Instance,
  kinds: readonly InstanceNode[][],
  contentsMatter: boolean
): Pick<
  PatternProblem,
  | 'kinds'
  | 'deployments'
  | 'dimensions'
  | 'available'
  | 'capacity'
  | 'weight'
  | 'deviceDimensions'
  | 'wanted'
  | 'most'
  | 'conflictSide'
> {
  const { deployments } = instance
  const unbounded = deployments.reduce((sum, { desired }) => sum + desired, 0)
  const sharedRules = limitsOnSingleNodes(instance)
  const plain = capacityInequalities(instance)
  const rounded = roundedInequalities(instance)
  const first = instance.resources.length + sharedRules.length
  const dimensions = first + rounded.length
  const capacity = new Float64Array(kinds.length * dimensions)
  const most = new Int32Array(kinds.length * deployments.length)
  for (const [kind, nodes] of kinds.entries()) {
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
    for (const { index, desired } of deployments) {
      const mayBeHere =
        mayStart(instance, index, node.index) ||
        // Where contents do not matter nobody knows who stays.
        (!contentsMatter &&
          !node.mustEmpty &&
          nodes.some(({ copies }) => copies.some((copy) => instance.copies[copy]?.deployment === index)))
      if (mayBeHere) most[kind * deployments.length + index] = Math.min(desired, mostCopies(instance, index, node))
    }
  }
  const weight = new Float64Array(deployments.length * dimensions)
  for (const { index, demand } of deployments) {
    weight.set(demand, index * dimensions)
    for (const [order, counter] of sharedRules.entries()) {
      if (counter.deployments.has(index)) weight[index * dimensions + instance.resources.length + order] = 1
    }
    for (const [order, inequality] of rounded.entries()) {
      weight[index * dimensions + first + order] = inequality.weight[index] as number
    }
  }
  return {
    kinds: kinds.length,
    deployments: deployments.length,
    dimensions,
    available: Int32Array.from(kinds, (nodes) => nodes.length),
    capacity,
    weight,
    deviceDimensions: Int32Array.from(instance.deviceResources),
    wanted: Int32Array.from(deployments, ({ desired }) => desired),
    most,
    conflictSide: conflictsOnEveryNode(instance)
  }
}

/** The sides of the conflicts whose domains are single nodes, all of them. */
function conflictsOnEveryNode({ conflicts, deployments, nodes }: Instance): Uint8Array {
  const byRule = new Map<number, { nodes: number; left: readonly number[]; right: readonly number[] }>()
  for (const { rule, left, right, nodes: domain } of conflicts) {
    const known = byRule.get(rule) ?? { nodes: 0, left, right }
    if (domain.length === 1) known.nodes++
    byRule.set(rule, known)
  }
  const everywhere = [...byRule.values()].filter((conflict) => conflict.nodes === nodes.length)
  const sides = new Uint8Array(everywhere.length * deployments.length)
  for (const [order, { left, right }] of everywhere.entries()) {
    for (const deployment of left) sides[order * deployments.length + deployment] = 1
    for (const deployment of right) sides[order * deployments.length + deployment] = 2
  }
  return sides
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
  for (const [kind, alike] of groupBy(nodes, (node) => node.kind)) byKind[kind] = alike
  return byKind
}
