import { verifyResult } from '../../models/checker/verify-result.js'
import type { Problem } from '../../models/contract/problem.js'
import type { Result, Violation } from '../../models/contract/result.js'

const REASONS = /^explanation\.(?:nodes|moves)\[/

/**
 * A Result and what the checker finds wrong with it. Where that is nothing but reasons of nodes or moves, they are left out, and a note says so: a
 * wrong word about a plan is no fault of the plan.
 */
export function verifyWithReasons(
  problem: Problem,
  result: Result
): { readonly result: Result; readonly violations: readonly Violation[] } {
  const violations = verifyResult(problem, result)
  if (violations.length === 0 || !violations.every(({ code, where }) => code === 'claim' && REASONS.test(where)))
    return { result, violations }
  const { nodes: _nodes, moves: _moves, notes = [], ...explanation } = result.explanation
  const note = `the reasons of nodes and moves are left out, since the checker refutes some: ${violations[0]?.message}`
  const bare = { ...result, explanation: { ...explanation, notes: [...notes, note] } }
  return { result: bare, violations: verifyResult(problem, bare) }
}
