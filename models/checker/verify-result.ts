import type { Problem } from '../contract/problem.js'
import type { Result, Violation } from '../contract/result.js'
import { stayBreaksNothing } from './broken-rules.js'
import { checkClaims, checkNothingFound } from './claims.js'
import { indexCluster } from './cluster.js'
import { readHeadroom } from './headroom-room.js'
import { readPlacement } from './placed-copies.js'
import { checkPlacement, finalState } from './verify-placement.js'
import { checkPlan } from './verify-plan.js'
import { collectViolations } from './violations.js'

/**
 * Everything that is wrong with a Result: its placement, its plan, and what it says of itself. Empty when nothing is.
 * Shares nothing with the search but the contract, and trusts nothing that the Result says. Never throws.
 */
export function verifyResult(problem: Problem, result: Result): Violation[] {
  const { violations, report } = collectViolations()
  const cluster = indexCluster(problem, result.newNodes, report)
  const stayIsLegal = stayBreaksNothing(cluster)
  if (result.primalStatus === 'none') {
    checkNothingFound(result, stayIsLegal, report)
    return violations
  }
  checkPlacement(cluster, result, report)
  checkPlan(cluster, result, report)
  const placed = readPlacement(cluster, result.placement, () => {})
  const room = readHeadroom(cluster, result, () => {})
  checkClaims(cluster, result, finalState(placed.values(), room), stayIsLegal, report)
  return violations
}
