import { groupBy } from '../grouping.js'
import { activeNodes, type Cluster, type ClusterNode, initialCopies } from './cluster.js'
import type { PlannedCopy } from './planned-copies.js'
import type { NodeStep, PlannedSteps } from './planned-steps.js'
import type { Precedence } from './precedence.js'
import type { FinalState } from './repairs.js'
import type { Report } from './violations.js'

/** The steps of one node, by action, as indices. */
type NodeSteps = Readonly<Record<NodeStep['action'], number[]>>

interface NodeStory {
  readonly node: ClusterNode
  readonly at: NodeSteps
  readonly copies: readonly PlannedCopy[]
}

/** Nodes are provisioned, cordoned and released at the right moments, and those the plan empties are all given back. */
export function checkNodes(
  cluster: Cluster,
  planned: PlannedSteps,
  copies: readonly PlannedCopy[],
  final: FinalState,
  claimed: readonly string[],
  report: Report
): void {
  const steps = groupNodeSteps(planned)
  const byNode = groupBy(copies, (copy) => copy.node)
  const byReplica = groupBy(copies, (copy) => copy.replica)
  const occupied = new Set(initialCopies(cluster).map((copy) => copy.node))
  const active = activeNodes(cluster, [...final.placed, ...final.room])
  for (const node of cluster.nodes.values()) {
    const at = steps.get(node.id) ?? { cordon: [], uncordon: [], provision: [], release: [] }
    const story = { node, at, copies: byNode.get(node) ?? [] }
    checkProvision(planned, story, report)
    checkRelease(planned, story, report)
    checkCordon(planned, story, report)
    const released = at.release.length > 0
    if (released && occupied.has(node)) checkCordonedInTime(planned, story, byReplica, report)
    const idle = !active.has(node) && !released
    const returnable = occupied.has(node) || (node.releasable && node.acceptsReplicas)
    if (idle && returnable && planned.plan.status === 'complete') {
      report('release', node.id, `${node.id} is neither active in the end nor released`)
    }
    if (node.boughtAs !== undefined && node.rented !== released) {
      report('release', node.id, `new node ${node.id}: ${node.rented ? 'rented, yet kept' : 'bought, yet released'}`)
    }
    if (node.rented && !cluster.problem.migration.rungs.includes('rent')) {
      report('rung', node.id, `new node ${node.id} is rented: rent is not allowed`)
    }
  }
  checkReleasedNodes(cluster, steps, claimed, report)
}

function groupNodeSteps({ steps }: PlannedSteps): Map<string, NodeSteps> {
  const groups = new Map<string, NodeSteps>()
  for (const [index, step] of steps.entries()) {
    if (!('node' in step) || 'replica' in step) continue
    const group = groups.get(step.node) ?? { cordon: [], uncordon: [], provision: [], release: [] }
    groups.set(step.node, group)
    group[step.action].push(index)
  }
  return groups
}

function checkProvision({ steps }: PlannedSteps, { node, at }: NodeStory, report: Report): void {
  for (const [order, index] of at.provision.entries()) {
    const id = steps[index]?.id ?? ''
    if (node.boughtAs === undefined) report('provision', id, `${id}: ${node.id} is not a new node`)
    else if (order > 0) report('provision', id, `${id}: ${node.id} is provisioned twice`)
  }
  if (node.boughtAs !== undefined && at.provision.length === 0) {
    report('provision', node.id, `new node ${node.id} is never provisioned`)
  }
}

function checkRelease({ steps, precedence }: PlannedSteps, { node, at, copies }: NodeStory, report: Report): void {
  for (const [order, index] of at.release.entries()) {
    const id = steps[index]?.id ?? ''
    if (order > 0) report('release', id, `${id}: ${node.id} is released twice`)
    if (!node.releasable) report('release', id, `${id}: ${node.id} is not releasable`)
    const left = copies.find(({ stop }) => stop === undefined || !precedence.isBefore(stop, index))
    if (left !== undefined) report('release', id, `${id}: ${left.replica} may still be on ${node.id}, or come there`)
    if (node.boughtAs !== undefined && !at.provision.some((earlier) => precedence.isBefore(earlier, index))) {
      report('release', id, `${id}: ${node.id} is not surely there yet`)
    }
  }
}

/** Nothing starts on a cordoned node, and only what the plan cordoned is uncordoned. */
function checkCordon({ steps, precedence }: PlannedSteps, { node, at, copies }: NodeStory, report: Report): void {
  for (const index of at.uncordon) {
    const id = steps[index]?.id ?? ''
    if (!node.acceptsReplicas) report('cordon', id, `${id}: ${node.id} was closed by its owner`)
    else if (!at.cordon.some((cordon) => precedence.isBefore(cordon, index))) {
      report('cordon', id, `${id}: ${node.id} was not surely cordoned by the plan before`)
    }
  }
  for (const { start } of copies) {
    if (start === undefined || at.cordon.length === 0) continue
    const openings = latestBefore(precedence, at.uncordon, start)
    const mayMeet = (cordon: number) =>
      !precedence.isBefore(start, cordon) && !openings.some((uncordon) => precedence.isBefore(cordon, uncordon))
    if (!at.cordon.some(mayMeet)) continue
    report('cordon', steps[start]?.id ?? '', `${steps[start]?.id} may begin while ${node.id} is cordoned`)
  }
}

/** Of these steps, those that surely end before another one begins and before none of their own kind that also does. */
function latestBefore(precedence: Precedence, candidates: readonly number[], step: number): number[] {
  const latest: number[] = []
  const positionOf = (candidate: number) => precedence.position[candidate] as number
  for (const candidate of [...candidates].sort((a, b) => positionOf(b) - positionOf(a))) {
    if (!precedence.isBefore(candidate, step)) continue
    if (!latest.some((later) => precedence.isBefore(candidate, later))) latest.push(candidate)
  }
  return latest
}

/** A released node is cordoned before the first move off it; one that the plan uses in passing, before its release. */
function checkCordonedInTime(
  { steps, precedence }: PlannedSteps,
  { node, at, copies }: NodeStory,
  byReplica: ReadonlyMap<string, readonly PlannedCopy[]>,
  report: Report
): void {
  if (!node.acceptsReplicas) return
  const inPassing = copies.some((copy) => copy.start !== undefined)
  const departures = inPassing
    ? at.release
    : copies.flatMap((copy) => {
        const leave = copy.drain ?? copy.stop
        if (leave === undefined || copy.listed?.state === 'draining') return []
        const starts = (byReplica.get(copy.replica) ?? []).flatMap(({ start }) =>
          start !== undefined && precedence.isBefore(start, leave) ? [start] : []
        )
        return [leave, ...starts]
      })
  for (const index of departures) {
    if (at.cordon.some((cordon) => precedence.isBefore(cordon, index))) continue
    report('cordon', steps[index]?.id ?? '', `${steps[index]?.id} does not wait for a cordon of ${node.id}`)
    return
  }
}

function checkReleasedNodes(
  cluster: Cluster,
  steps: ReadonlyMap<string, NodeSteps>,
  claimed: readonly string[],
  report: Report
): void {
  const listed = new Set(claimed)
  if (listed.size < claimed.length) report('claim', 'releasedNodes', 'releasedNodes names a node twice')
  for (const id of listed) {
    const node = cluster.nodes.get(id)
    if (node === undefined) report('reference', id, `releasedNodes: there is no node ${id}`)
    else if (node.boughtAs !== undefined) report('claim', id, `releasedNodes: ${id} is not a node of the Problem`)
    else if (!steps.get(id)?.release.length) report('claim', id, `releasedNodes: the plan does not release ${id}`)
  }
  for (const [id, { release }] of steps) {
    if (release.length === 0 || listed.has(id) || cluster.nodes.get(id)?.boughtAs !== undefined) continue
    report('claim', id, `releasedNodes leaves out ${id}, which the plan releases`)
  }
}
