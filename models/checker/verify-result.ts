import type { Problem } from '../contract/problem.js'
import type { Result, Violation } from '../contract/result.js'
import { stayBreaksNothing } from './broken-rules.js'
import { checkClaims, checkNothingFound } from './claims.js'
import { indexCluster } from './cluster.js'
import { checkDecisions } from './decided-moves.js'
import { checkExplanation } from './explanation.js'
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
  const { decisions } = result.explanation
  if (result.primalStatus === 'none') {
    // Who accepted a move asks for more than to stay put; decisions on what there is not excuse nothing.
    const isSound = decisions !== undefined && checkDecisions(cluster, decisions, null, report)
    checkNothingFound(result, stayIsLegal && !(isSound && decisions.accept.length > 0), report)
    return violations
  }
  checkPlacement(cluster, result, report)
  checkPlan(cluster, result, report)
  const placed = readPlacement(cluster, result.placement, () => {})
  const room = readHeadroom(cluster, result, () => {})
  checkClaims(cluster, result, finalState(placed.values(), room), stayIsLegal, report)
  checkExplanation(cluster, result, placed, room, report)
  if (decisions !== undefined) checkDecisions(cluster, decisions, placed, report)
  return violations
}
