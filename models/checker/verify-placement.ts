import type { Problem } from '../contract/problem.js'
import type { Violation } from '../contract/result.js'
import { reportOccupied } from './broken-rules.js'
import { type Cluster, indexCluster } from './cluster.js'
import { readHeadroom } from './headroom-room.js'
import { checkGangs, checkNaming, checkPins } from './kept-replicas.js'
import { checkBudget } from './migration-budget.js'
import { checkCounts, type PlacedReplica, readPlacement } from './placed-copies.js'
import type { PlacementLike } from './placement-like.js'
import { checkRepairs, type FinalState } from './repairs.js'
import { checkStart } from './starts.js'
import { checkAssumedDevices, checkPlacedDevices } from './stated-devices.js'
import { collectViolations, type Report } from './violations.js'

/** Everything that is wrong with where a Result puts the replicas; empty when nothing is. Never throws. */
export function verifyPlacement(problem: Problem, result: PlacementLike): Violation[] {
  const { violations, report } = collectViolations()
  checkPlacement(indexCluster(problem, result.newNodes, report), result, report)
  return violations
}

/** As `verifyPlacement`, for a Problem that is indexed already. */
export function checkPlacement(cluster: Cluster, result: PlacementLike, report: Report): void {
  const placed = readPlacement(cluster, result.placement, report)
  checkCounts(cluster, result, placed, report)
  checkAssumedDevices(cluster, result.assumedDevices, report)
  checkPlacedDevices(cluster, placed.values(), result.assumedDevices, startedAgain(result), report)
  for (const copy of placed.values()) if (copy.listed?.node !== copy.node.id) checkStart(copy, copy.replica, report)
  const room = readHeadroom(cluster, result, report)
  reportOccupied([...placed.values(), ...room], report)
  checkPins(cluster, placed, report)
  checkGangs(cluster, placed, report)
  checkNaming(cluster, placed, report)
  const final = finalState(placed.values(), room)
  checkBudget(cluster, final.migrations, report)
  checkRepairs(cluster, result, final, report)
}

/** The end of a Result as copies. */
export function finalState(replicas: Iterable<PlacedReplica>, room: FinalState['room']): FinalState {
  const placed = [...replicas]
  return { placed, room, migrations: placed.flatMap(({ listed, migrates }) => (migrates && listed ? [listed] : [])) }
}

/** Whether the plan starts a replica on the node where it ends: a hop away and back may change its devices. */
function startedAgain({ plan }: PlacementLike): (copy: PlacedReplica) => boolean {
  const starts = new Set<string>()
  for (const step of plan?.steps ?? []) {
    if (step.action === 'start') starts.add(JSON.stringify([step.replica, step.node]))
  }
  return ({ replica, node, listed }) => listed?.state === 'running' && starts.has(JSON.stringify([replica, node.id]))
}
