import type { Problem } from '../contract/problem.js'
import type { Result, Violation } from '../contract/result.js'
import { type Cluster, indexCluster } from './cluster.js'
import { checkLimits } from './concurrency-limits.js'
import { checkConflicts } from './conflict-orders.js'
import { checkCopySteps } from './copy-steps.js'
import { countersOf } from './counters.js'
import { checkEndState } from './end-state.js'
import { checkFunding } from './funding.js'
import { checkHandovers } from './handovers.js'
import { readHeadroom } from './headroom-room.js'
import { checkBudget } from './migration-budget.js'
import { checkNodes } from './node-lifecycle.js'
import { readPlacement } from './placed-copies.js'
import { readCopies } from './planned-copies.js'
import { readSteps } from './planned-steps.js'
import { restartedReplicas } from './starts.js'
import { checkTiming } from './step-timing.js'
import { checkUnstatedDevices } from './unstated-devices.js'
import { finalState } from './verify-placement.js'
import { collectViolations, type Report } from './violations.js'
import { checkEveryOrder } from './worst-orders.js'

/**
 * Everything that is wrong with the plan of a Result; empty when nothing is. Never throws.
 *
 * The plan is replayed in all orders of its steps at once that respect `after`: each limit is a counter whose worst level
 * over all of them is found exactly. A plan whose steps name unknown things, or wait for each other in a circle, cannot
 * be replayed: then only that is reported.
 */
export function verifyPlan(problem: Problem, result: Result): Violation[] {
  const { violations, report } = collectViolations()
  checkPlan(
    indexCluster(problem, result.newNodes, () => {}),
    result,
    report
  )
  return violations
}

/** As `verifyPlan`, for a Problem that is indexed already. */
export function checkPlan(cluster: Cluster, result: Result, report: Report): void {
  const { plan } = result
  // What is wrong with the placement itself, or the headroom, is not for this check to say.
  const placed = readPlacement(cluster, result.placement, () => {})
  const room = readHeadroom(cluster, result, () => {})
  const named = new Map([...placed.values()].map(({ replica, deployment }) => [replica, deployment.id]))
  const planned = readSteps(cluster, plan, named, report)
  if (planned === undefined) return
  checkTiming(cluster, planned, report)
  checkBudget(cluster, restartedReplicas(cluster, plan), report)
  const copies = readCopies(cluster, result, planned, report)
  checkCopySteps(cluster, planned, copies, report)
  const handovers = checkHandovers(cluster, planned, copies, report)
  checkLimits(cluster, planned, copies, handovers, report)
  checkNodes(cluster, planned, copies, finalState(placed.values(), room), result.releasedNodes, report)
  const counters = countersOf(cluster, copies)
  // What the payments prove need not be found out; without them, or where they prove nothing, all orders are searched.
  const proven = checkFunding(planned, counters, plan.funding ?? [], report)
  checkEveryOrder(
    planned.precedence,
    counters.filter((counter) => !proven.has(counter)),
    report
  )
  checkUnstatedDevices(planned.precedence, copies, report)
  checkConflicts(cluster, planned.precedence, copies, report)
  checkEndState(copies, placed, report)
}
