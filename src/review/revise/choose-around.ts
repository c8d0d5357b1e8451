import type { InstanceCopy, InstanceNode } from '../../../models/instance/instance.js'
import { type Random, sample } from '../../random.js'
import { chooseWasteful } from '../../search/neighbourhood/choose-nodes.js'
import type { PackingState } from '../../search/packing-state.js'
import type { PlannedReplica } from '../planned-moves.js'
import type { Restricted } from './restricted.js'

/** The part of the nodes to open that decisions touch. */
const NEAR = 0.75

/** Nodes that decisions touch, and of them those that stay although the plan would have emptied them. */
interface Touched {
  readonly nodes: ReadonlySet<number>
  readonly unreleased: readonly InstanceNode[]
}

/**
 * Which nodes to open after a decision. Somebody stays, say, on a node that was to be released. It is paid now, so that another can be emptied into
 * it, one that is like it best of all; and there is room where the one who stays was to go, and where others went who may stay now, too.
 */
export function chooseAround(
  restricted: Restricted,
  planned: ReadonlyMap<string, PlannedReplica>
): (state: PackingState, size: number, random: Random) => number[] {
  const touched = touchedNodes(restricted, planned)
  const { nodes } = restricted.instance
  const likeness = (node: InstanceNode) =>
    touched.unreleased.reduce(
      (most, other) => Math.max(most, node.kind === other.kind ? 1 : likenessOf(node, other)),
      0
    )
  return (state, size, random) => {
    const active = nodes.filter(({ index }) => state.isActive(index))
    const near = sample([...touched.nodes], () => 1, Math.ceil(size * NEAR), random)
    const free = size - near.length
    const others =
      touched.unreleased.length === 0
        ? chooseWasteful(state, free, random)
        : sample(active, (node) => 0.02 + likeness(node), free, random).map(({ index }) => index)
    return [...new Set([...near, ...others])].sort((left, right) => left - right)
  }
}

/** How far one node can take the place of another, from 0 to 1: of the same cost and size fully. */
function likenessOf(node: InstanceNode, other: InstanceNode): number {
  const ratio = (left: number, right: number) => (left === right ? 1 : Math.min(left, right) / Math.max(left, right))
  return node.capacity.reduce(
    (product, amount, resource) => product * ratio(amount, other.capacity[resource] as number),
    ratio(node.costPerHour, other.costPerHour)
  )
}

function touchedNodes(
  { original, accepted, barred, pinned }: Restricted,
  planned: ReadonlyMap<string, PlannedReplica>
): Touched {
  const touched = new Set<number>()
  const touch = (node: number | undefined) => {
    if (node !== undefined && node >= 0) touched.add(node)
  }
  const copyOf = new Map(original.copies.map((copy) => [copy.id, copy]))
  for (const { planned: move } of accepted) {
    touch(move.node)
    touch((original.copies[move.copy] as InstanceCopy | undefined)?.node)
  }
  for (const [id, nodes] of barred) {
    touch(copyOf.get(id)?.node)
    for (const node of nodes) touch(node)
  }
  for (const index of pinned) {
    const copy = original.copies[index] as InstanceCopy
    touch(copy.node)
    touch(planned.get(copy.id)?.node)
  }
  const hosts = new Set([...planned.values()].map(({ node }) => node))
  const unreleased = [...touched].flatMap((index) => {
    const node = original.nodes[index] as InstanceNode
    return hosts.has(index) || node.copies.length === 0 ? [] : [node]
  })
  // Who left them may stay now, which makes room where they went.
  for (const { copies } of unreleased) {
    for (const copy of copies) touch(planned.get(original.copies[copy]?.id ?? '')?.node)
  }
  return { nodes: touched, unreleased }
}
