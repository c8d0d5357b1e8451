import { initialCopies } from '../../models/checker/cluster.js'
import { continuousExcess } from '../../models/checker/continuous-rules.js'
import { sameDevices } from '../../models/checker/stated-devices.js'
import { exceeds } from '../../models/checker/tolerance.js'
import type { Assignment, AssumedDevices } from '../../models/contract/placement.js'
import type { Violation } from '../../models/contract/result.js'
import type { SimulatedCluster } from './simulated-cluster.js'
import type { SimulatedCopy } from './simulated-node.js'

/** How a simulated cluster is left. */
export interface FinalState {
  /** Every copy of the Problem's deployments that there is, ready or not. */
  readonly placement: readonly Assignment[]
  /** Whether that is the placement of the Result, by replica, node and devices, and nothing but ready copies. */
  readonly isAsPlanned: boolean
  /** What is worse than at the outset, and what is half-done. */
  readonly faults: readonly Violation[]
}

/** What an execution says that it has left half-done: replicas, and nodes that it could not open again or give back. */
export interface KnownLeftovers {
  readonly replicas: ReadonlySet<string>
  readonly nodes: ReadonlySet<string>
}

/** How a cluster is left, measured by the placement that was planned and by how it began. */
export function describeFinalState(
  cluster: SimulatedCluster,
  planned: readonly Assignment[],
  assumed: readonly AssumedDevices[],
  known: KnownLeftovers
): FinalState {
  const copies = [...cluster.nodes.values()].flatMap(({ copies: there }) => [...there])
  const placement = copies.map((copy) => assignmentOf(cluster, copy)).sort(byReplica)
  const faults = [...findWorseThan(cluster, assumed, copies), ...findHalfDone(cluster, copies, known)]
  const isReady = copies.every(({ state }) => state === 'ready')
  return { placement, isAsPlanned: isReady && isSame(placement, [...planned].sort(byReplica)), faults }
}

function assignmentOf(cluster: SimulatedCluster, { replica, deployment, node, devices }: SimulatedCopy): Assignment {
  return {
    replica,
    ...(cluster.index.replicas.has(replica) ? {} : { deployment: deployment.id }),
    node: node.listed.id,
    ...(devices === undefined ? {} : { devices })
  }
}

function byReplica(left: Assignment, right: Assignment): number {
  const [one, other] = [left, right].map(({ replica, node }) => JSON.stringify([replica, node])) as [string, string]
  return one < other ? -1 : one > other ? 1 : 0
}

function isSame(left: readonly Assignment[], right: readonly Assignment[]): boolean {
  if (left.length !== right.length) return false
  return left.every(({ replica, node, devices }, index) => {
    const other = right[index]
    return other?.replica === replica && other.node === node && sameDevices(devices, other.devices)
  })
}

/** Limits of every moment that do not hold, and held, or were nearer to holding, at the outset. */
function findWorseThan(
  cluster: SimulatedCluster,
  assumed: readonly AssumedDevices[],
  copies: readonly SimulatedCopy[]
): Violation[] {
  const before = continuousExcess(cluster.index, initialCopies(cluster.index, assumed))
  const after = continuousExcess(
    cluster.index,
    copies.map(({ deployment, node, devices }) => ({ deployment, node: node.listed, devices }))
  )
  return [...after].flatMap(([key, { code, where, amount, message }]) => {
    const earlier = before.get(key)?.amount ?? 0
    return exceeds(amount, earlier) ? [{ code, where, amount: amount - earlier, message }] : []
  })
}

/** Copies that belong to nobody and nodes that are closed for nothing, unless the executor says so itself. */
function findHalfDone(cluster: SimulatedCluster, copies: readonly SimulatedCopy[], known: KnownLeftovers): Violation[] {
  const faults: Violation[] = []
  const report = (code: string, where: string, message: string) => faults.push({ code, where, amount: 1, message })
  const number = new Map<string, number>()
  for (const { replica } of copies) number.set(replica, (number.get(replica) ?? 0) + 1)
  for (const [replica, count] of number) {
    if (count > 1 && !known.replicas.has(replica)) report('end-state', replica, `${replica} has ${count} copies`)
  }
  for (const { replica, node, state } of copies) {
    const listed = cluster.index.replicas.get(replica)
    // What was on its way from the outset is not the executor's to end, except by a step of its plan.
    const wasOnItsWay = listed?.node === node.listed.id && listed.state !== 'running'
    if (state === 'ready' || wasOnItsWay || known.replicas.has(replica)) continue
    report('end-state', replica, `${replica} is left ${state} on ${node.listed.id}`)
  }
  for (const [id, { state, isCordoned, copies: own, foreign }] of cluster.nodes) {
    // An empty node that could not be given back had better stay closed.
    const isInUse = state === 'there' && own.size + foreign.size > 0
    if (isInUse && isCordoned && !known.nodes.has(id)) report('cordon', id, `${id} is left cordoned by the plan`)
  }
  return faults
}
