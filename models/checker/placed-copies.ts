import type { Assignment } from '../contract/placement.js'
import type { Replica } from '../contract/problem.js'
import type { Cluster, Copy } from './cluster.js'
import { Tally } from './excess.js'
import type { PlacementLike } from './placement-like.js'
import type { Report } from './violations.js'

/** A placed replica: its copy in the end, what the Problem says of it, and whether it is a migration. */
export interface PlacedReplica extends Copy {
  readonly replica: string
  /** undefined for a replica that the Problem does not list. */
  readonly listed: Replica | undefined
  /** It runs now, on another node. */
  readonly migrates: boolean
}

/** The placement by replica id. Entries that name nothing known are reported and left out. */
export function readPlacement(
  cluster: Cluster,
  placement: readonly Assignment[],
  report: Report
): Map<string, PlacedReplica> {
  const placed = new Map<string, PlacedReplica>()
  for (const entry of placement) {
    const { replica } = entry
    const listed = cluster.replicas.get(replica)
    const node = cluster.nodes.get(entry.node)
    const deployment = deploymentOfEntry(cluster, entry, report)
    if (placed.has(replica)) report('reference', replica, `replica ${replica} is placed twice`)
    else if (node === undefined)
      report('reference', replica, `replica ${replica} is placed on unknown node ${entry.node}`)
    else if (deployment !== undefined) {
      if (listed?.state === 'draining') report('count', replica, `${replica} is draining, yet placed`)
      const migrates = listed !== undefined && listed.node !== null && listed.node !== node.id
      placed.set(replica, { replica, deployment, node, devices: entry.devices, listed, migrates })
    }
  }
  return placed
}

/** The deployment of a replica named in a Result; undefined, and reported, when there is none or the name is not allowed. */
export function deploymentOfEntry(
  cluster: Cluster,
  { replica, deployment: named }: { replica: string; deployment?: string | undefined },
  report: Report
) {
  const listed = cluster.replicas.get(replica)
  if (listed !== undefined) {
    if (named !== undefined && named !== listed.deployment) {
      report('reference', replica, `${replica} is of deployment ${listed.deployment}, not ${named}`)
    }
    return cluster.deployments.get(listed.deployment)
  }
  const deployment = named === undefined ? undefined : cluster.deployments.get(named)
  if (deployment === undefined) {
    report('reference', replica, `replica ${replica} is unknown, and no known deployment stands beside it`)
  } else if (!replica.startsWith(`${named}-new-`) || !/^\d+$/.test(replica.slice(`${named}-new-`.length))) {
    report('reference', replica, `a replica that the Problem does not list is named ${named}-new-<k>, not ${replica}`)
  }
  return deployment
}

/** Every desired replica is placed once, or rightly listed as unplaced. */
export function checkCounts(
  cluster: Cluster,
  result: PlacementLike,
  placed: ReadonlyMap<string, PlacedReplica>,
  report: Report
): void {
  const mayMiss = cluster.problem.pending === 'best-effort' || result.plan?.status === 'partial'
  const running = new Tally<string>()
  for (const replica of cluster.problem.replicas) {
    if (replica.node !== null && replica.state !== 'draining') running.add(replica.deployment)
  }
  const have = new Tally<string>()
  for (const { deployment } of placed.values()) have.add(deployment.id)
  const unplaced = countUnplaced(cluster, result, placed, mayMiss, report)
  for (const { id, desired } of cluster.deployments.values()) {
    const missing = desired - have.count(id)
    if (missing < 0 || (missing > 0 && (!mayMiss || have.count(id) < Math.min(desired, running.count(id))))) {
      report('count', id, `deployment ${id}: ${have.count(id)} placed, ${desired} wanted`, Math.abs(missing))
    } else if (missing !== unplaced.count(id) && mayMiss) {
      const message = `deployment ${id}: ${missing} missing, ${unplaced.count(id)} listed as unplaced`
      report('count', id, message, Math.abs(missing - unplaced.count(id)))
    }
  }
}

function countUnplaced(
  cluster: Cluster,
  { unplaced = [] }: PlacementLike,
  placed: ReadonlyMap<string, PlacedReplica>,
  mayMiss: boolean,
  report: Report
): Tally<string> {
  const counts = new Tally<string>()
  const seen = new Set<string>()
  for (const entry of unplaced) {
    const { replica } = entry
    if (seen.has(replica)) report('reference', replica, `${replica} is listed as unplaced twice`)
    seen.add(replica)
    if (!mayMiss) report('count', replica, `${replica} is unplaced, but pending replicas are required`)
    if (placed.has(replica)) report('count', replica, `${replica} is both placed and unplaced`)
    const deployment = deploymentOfEntry(cluster, entry, report)
    if (deployment !== undefined) counts.add(deployment.id)
  }
  return counts
}
