import type { InstanceNode } from '../../../models/instance/instance.js'
import { type Random, sample } from '../../random.js'
import type { PackingState } from '../packing-state.js'

/** Idle nodes of each kind that a neighbourhood may open. */
const IDLE_OF_A_KIND = 2

/** Active nodes with much unused room, and a few idle ones of every kind: where cost can still be saved. */
export function chooseWasteful(state: PackingState, size: number, random: Random): number[] {
  const active = state.instance.nodes.filter(({ index }) => state.isActive(index))
  const chosen = sample(active, (node) => 0.1 + wasteOf(state, node), size, random)
  return indices([...chosen, ...idleNodes(state)])
}

/** Nodes that copies leave or come to: where moves can still be saved. */
export function chooseMoving(state: PackingState, size: number, random: Random): number[] {
  const { nodes } = state.instance
  const movesAt = ({ index, copies }: InstanceNode) =>
    (state.arrivals[index]?.length ?? 0) + copies.filter((copy) => state.stays[copy] === 0).length
  const moving = nodes.filter((node) => movesAt(node) > 0)
  return indices(sample(moving, movesAt, size, random))
}

/** The cost per hour of those of the nodes that are active. */
export function costOf(state: PackingState, nodes: readonly number[]): number {
  return nodes.reduce((sum, node) => {
    return sum + (state.isActive(node) ? (state.instance.nodes[node] as InstanceNode).costPerHour : 0)
  }, 0)
}

function idleNodes(state: PackingState): InstanceNode[] {
  const idle = new Map<number, number>()
  return state.instance.nodes.filter(({ index, open, kind }) => {
    if (state.isActive(index) || !open) return false
    const count = (idle.get(kind) ?? 0) + 1
    idle.set(kind, count)
    return count <= IDLE_OF_A_KIND
  })
}

function indices(nodes: readonly InstanceNode[]): number[] {
  return nodes.map(({ index }) => index).sort((left, right) => left - right)
}

/** The share of a node's scarcest resource that nobody uses. */
function wasteOf(state: PackingState, { index, capacity }: InstanceNode): number {
  let waste = 1
  for (let resource = 0; resource < capacity.length; resource++) {
    const total = capacity[resource] as number
    if (total > 0) waste = Math.min(waste, state.free(index, resource) / total)
  }
  return Math.max(0, waste)
}
