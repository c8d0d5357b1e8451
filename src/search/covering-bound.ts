import {
  amountNow,
  capacityInequalities,
  type NodeInequality,
  roundedInequalities
} from '../../models/formulations/node-inequality.js'
import { groupByKind } from '../../models/formulations/pattern-problem.js'
import { type Instance, type InstanceNode, mayStart } from '../../models/instance/instance.js'

/** Nodes of a kind as a cover: so many, each with so much room at a cost. */
interface Cover {
  readonly cost: number
  readonly room: number
  readonly nodes: number
}

/**
 * A bound on the cost per hour without a solver: for each set of node kinds that deployments are confined to, each resource and
 * each of its roundings, the cheapest fraction of nodes that covers what those deployments need. Nodes that are paid anyway cover
 * for nothing.
 */
export function coveringBound(instance: Instance): number {
  const kinds = groupByKind(instance)
  const fixed = instance.nodes.reduce((sum, { releasable, costPerHour }) => sum + (releasable ? 0 : costPerHour), 0)
  const inequalities = [...capacityInequalities(instance), ...roundedInequalities(instance)]
  const hosts = instance.deployments.map(({ index }) => kindsOf(instance, kinds, index))
  const sets = new Map(hosts.map((own) => [own.join(), new Set(own)]))
  sets.set('all', new Set(kinds.keys()))
  let bound = fixed
  for (const set of sets.values()) {
    const confined = instance.deployments.filter(({ index }) => hosts[index]?.every((kind) => set.has(kind)))
    for (const inequality of inequalities) {
      const wanted = confined.reduce(
        (sum, { index }) => sum + requiredOf(instance, index) * (inequality.weight[index] as number),
        0
      )
      const covers = [...set].map((kind) => coverOf(instance, kinds[kind] as InstanceNode[], inequality))
      bound = Math.max(bound, fixed + coverCost(covers, wanted))
    }
  }
  return bound
}

/** The kinds of nodes where a deployment may be, or is. */
function kindsOf(instance: Instance, kinds: readonly (readonly InstanceNode[])[], deployment: number): number[] {
  const isHere = (copy: number) => instance.copies[copy]?.deployment === deployment
  return [...kinds.entries()].flatMap(([kind, nodes]) => {
    const may = mayStart(instance, deployment, (nodes[0] as InstanceNode).index)
    return may || nodes.some(({ copies }) => copies.some(isHere)) ? [kind] : []
  })
}

function requiredOf({ deployments, problem }: Instance, deployment: number): number {
  const { desired = 0, placed = 0, isHeadroom = false } = deployments[deployment] ?? {}
  return problem.pending === 'best-effort' && !isHeadroom ? Math.min(desired, placed) : desired
}

/** What is overfull now may stay so: the fullest node of the kind counts for all. */
function coverOf(instance: Instance, nodes: readonly InstanceNode[], { weight, capacity }: NodeInequality): Cover {
  const [{ releasable, costPerHour }] = nodes as [InstanceNode]
  const room = nodes.reduce(
    (most, node) => Math.max(most, capacity[node.index] as number, amountNow(instance, node.index, weight)),
    0
  )
  return { cost: releasable ? costPerHour : 0, room, nodes: nodes.length }
}

function coverCost(covers: readonly Cover[], wanted: number): number {
  const useful = covers
    .filter(({ room }) => room > 0)
    .sort((left, right) => left.cost / left.room - right.cost / right.room)
  let left = wanted
  let total = 0
  for (const { cost, room, nodes } of useful) {
    if (left <= 0) break
    total += cost * Math.min(nodes, left / room)
    left -= room * nodes
  }
  return total
}
