import type { ClusterNode } from '../../../models/checker/cluster.js'
import type { Problem } from '../../../models/contract/problem.js'
import type { NodeReason, Result } from '../../../models/contract/result.js'
import { groupBy } from '../../../models/grouping.js'
import type { NodeFate } from '../../result/node-fate.js'
import { toldNodes } from '../told-reasons.js'
import { type FleetCopy, indexFleet } from './fleet.js'
import type { NodeLoad } from './node-load.js'

export type { NodeFate }

/** What becomes of a copy that is there before, or was not there of one that is there after. */
export type ResidentRole = 'stays' | 'leaves' | 'arrives' | 'room'

export interface Resident {
  /** null for room that is kept free. */
  readonly replica: string | null
  readonly deployment: string
  readonly role: ResidentRole
  /** Where it goes, or came from; null: nowhere. */
  readonly other: string | null
}

/** A node before or after, and who is there. */
export interface NodeSide extends NodeLoad {
  /** One for each of `copies`, in their order. */
  readonly residents: readonly Resident[]
  /** Whether it counts in the cost: it hosts something, or is never given back. */
  readonly isActive: boolean
}

export interface DescribedNode {
  readonly id: string
  readonly type: string | undefined
  readonly labels: ReadonlyMap<string, string>
  readonly costPerHour: number
  readonly fate: NodeFate
  /** Why it stays, where the Result says. */
  readonly reason: NodeReason | undefined
  /** undefined of a node that is not there before. */
  readonly before: NodeSide | undefined
  /** undefined of a node that is not there after. */
  readonly after: NodeSide | undefined
}

export interface DescribedCluster {
  /** Those of the Problem in its order, then the new ones. */
  readonly nodes: readonly DescribedNode[]
  /** Replicas that wait for a node before. */
  readonly pending: readonly string[]
}

/**
 * Every node before and after, what becomes of it, and why; of what `parseProblem` and `parseResult` give. Nothing of it depends on time or chance.
 */
export function describeCluster(problem: Problem, result: Result): DescribedCluster {
  const fleet = indexFleet(problem, result)
  const { cluster } = fleet
  const before = groupBy(fleet.before, ({ node }) => node)
  const after = groupBy(fleet.after, ({ node }) => node)
  const nodeBefore = nodesByReplica(fleet.before)
  const nodeAfter = nodesByReplica(fleet.after)
  const released = new Set(result.releasedNodes)
  const reasons = new Map(toldNodes(result).map((reason) => [reason.node, reason]))
  const types = new Map(problem.nodes.map(({ id, type }) => [id, type]))

  const fateOf = (node: ClusterNode): NodeFate => {
    if (node.boughtAs !== undefined) return node.rented === true ? 'rented' : 'new'
    if (released.has(node.id)) return before.has(node) ? 'released' : 'unused'
    return after.has(node) || !node.releasable ? 'stays' : 'idle'
  }
  const sideOf = (node: ClusterNode, copies: readonly FleetCopy[], roleOf: (copy: FleetCopy) => Resident): NodeSide => {
    const isActive = copies.length > 0 || !node.releasable
    return { ...fleet.load(node, copies), residents: copies.map(roleOf), isActive }
  }
  const leaves = ({ replica, deployment, node }: FleetCopy): Resident => {
    const other = nodeAfter.get(replica) ?? null
    return { replica, deployment: deployment.id, role: other === node.id ? 'stays' : 'leaves', other }
  }
  const arrives = ({ replica, deployment, node, phase }: FleetCopy): Resident => {
    if (phase === 'room') return { replica, deployment: deployment.id, role: 'room', other: null }
    const other = nodeBefore.get(replica) ?? null
    return { replica, deployment: deployment.id, role: other === node.id ? 'stays' : 'arrives', other }
  }
  const nodes = [...cluster.nodes.values()].map((node): DescribedNode => {
    const fate = fateOf(node)
    const isBought = node.boughtAs !== undefined
    const isGone = fate === 'released' || fate === 'unused' || fate === 'rented'
    return {
      id: node.id,
      type: node.boughtAs?.type ?? types.get(node.id),
      labels: node.labels,
      costPerHour: node.costPerHour,
      fate,
      reason: reasons.get(node.id),
      before: isBought ? undefined : sideOf(node, before.get(node) ?? [], leaves),
      after: isGone ? undefined : sideOf(node, after.get(node) ?? [], arrives)
    }
  })
  return { nodes, pending: problem.replicas.filter(({ node }) => node === null).map(({ id }) => id) }
}

function nodesByReplica(copies: readonly FleetCopy[]): Map<string | null, string> {
  return new Map(copies.flatMap(({ replica, node }) => (replica === null ? [] : [[replica, node.id] as const])))
}
