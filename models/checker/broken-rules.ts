import type { NewNode } from '../contract/placement.js'
import type { Problem } from '../contract/problem.js'
import type { DeviceIndices } from '../contract/quantities.js'
import type { Violation } from '../contract/result.js'
import { type Cluster, type ClusterNode, type Copy, indexCluster, initialCopies } from './cluster.js'
import { continuousExcess } from './continuous-rules.js'
import { Tally } from './excess.js'
import { finalExcess } from './final-rules.js'
import { collectViolations, type Report } from './violations.js'

/** A replica on a node, by id. Without `devices` the best packing is assumed. */
export interface PlacedCopy {
  readonly deployment: string
  readonly node: string
  readonly devices?: DeviceIndices | undefined
}

/** What stands beside the copies of a placement. */
export interface PlacementSurroundings {
  /** Nodes beyond those of the Problem. */
  readonly newNodes?: readonly NewNode[]
  /** Copies that only hold room: they count for the continuous rules and for `mustEmpty`. */
  readonly headroom?: readonly PlacedCopy[]
}

/**
 * The rules that copies break, with amounts: what a Result lists under `violations`.
 * Copies of unknown deployments or on unknown nodes are reported under the code `reference`.
 */
export function brokenRules(
  problem: Problem,
  copies: readonly PlacedCopy[],
  { newNodes = [], headroom = [] }: PlacementSurroundings = {}
): Violation[] {
  const { violations, report } = collectViolations()
  const cluster = indexCluster(problem, newNodes, report)
  const placed = resolveCopies(cluster, copies, report)
  const room = resolveCopies(cluster, headroom, report)
  reportBrokenRules(cluster, placed, room, report)
  return violations
}

/** Whether leaving everything as it is would be a legal answer. */
export function stayIsLegal(problem: Problem): boolean {
  return stayBreaksNothing(indexCluster(problem, [], () => {}))
}

/** As `stayIsLegal`, for a Problem that is indexed already. */
export function stayBreaksNothing(cluster: Cluster): boolean {
  const { problem } = cluster
  if (problem.headroom.some((item) => item.replicas > 0)) return false
  if (problem.replicas.some((replica) => replica.node === null)) return false
  const live = new Tally<string>()
  const pinned = new Tally<string>()
  for (const { deployment, state, movable } of problem.replicas) {
    if (state === 'draining') continue
    live.add(deployment)
    if (movable === false) pinned.add(deployment)
  }
  // Surplus is stopped wherever it is; what is pinned may not be.
  for (const { id, desired } of cluster.deployments.values()) {
    if (live.count(id) < desired || pinned.count(id) > desired) return false
  }
  // What is surplus is gone in the end, and counts for no rule that asks for so many.
  const desired = (id: string) => cluster.deployments.get(id)?.desired ?? 0
  for (const rule of problem.rules) {
    if (rule.kind !== 'at-least') continue
    if (rule.deployments.reduce((sum, id) => sum + desired(id), 0) < rule.count) return false
  }
  const { violations, report } = collectViolations()
  reportBrokenRules(cluster, initialCopies(cluster), [], report)
  return violations.length === 0
}

function reportBrokenRules(cluster: Cluster, placed: readonly Copy[], room: readonly Copy[], report: Report): void {
  const all = room.length === 0 ? placed : [...placed, ...room]
  for (const table of [continuousExcess(cluster, all), finalExcess(cluster, placed)]) {
    for (const { code, where, message, amount } of table.values()) report(code, where, message, amount)
  }
  reportOccupied(all, report)
}

/** Reports the nodes that must host nothing and do. */
export function reportOccupied(copies: readonly Copy[], report: Report): void {
  const hosted = new Tally<ClusterNode>()
  for (const { node } of copies) if (node.mustEmpty) hosted.add(node)
  for (const [{ id }, number] of hosted) report('must-empty', id, `${id} must be empty and hosts ${number}`, number)
}

/** Copies by id as copies of the cluster; what is unknown is reported and left out. */
function resolveCopies(cluster: Cluster, copies: readonly PlacedCopy[], report: Report): Copy[] {
  return copies.flatMap((copy) => {
    const deployment = cluster.deployments.get(copy.deployment)
    const node = cluster.nodes.get(copy.node)
    if (deployment === undefined) report('reference', copy.deployment, `there is no deployment ${copy.deployment}`)
    if (node === undefined) report('reference', copy.node, `there is no node ${copy.node}`)
    return deployment === undefined || node === undefined ? [] : [{ deployment, node, devices: copy.devices }]
  })
}
