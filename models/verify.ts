import { verifyCertificate } from './certificate/verify-certificate.js'
import { verifyPlacement as checkPlacement } from './checker/verify-placement.js'
import { verifyPlan as checkPlan } from './checker/verify-plan.js'
import { verifyResult as checkResult } from './checker/verify-result.js'
import { parseEndState, parseProblem, parseResult } from './contract/parse.js'
import type { PlacementInput } from './contract/placement.js'
import type { ProblemInput } from './contract/problem.js'
import type { EndStateInput, Result, Violation } from './contract/result.js'
import type { Unchecked } from './contract/unchecked.js'

/**
 * Everything that is wrong with where a placement, alone or in a Result, puts the replicas; empty when nothing is. Throws
 * InputError for what is no Problem or no placement.
 */
export function verifyPlacement(
  problem: Unchecked<ProblemInput>,
  placement: Unchecked<PlacementInput | EndStateInput>
): Violation[] {
  return checkPlacement(parseProblem(problem), parseEndState(placement))
}

/** Everything that is wrong with the plan of a Result, in any order that it allows. Throws InputError as `verifyResult` does. */
export function verifyPlan(problem: Unchecked<ProblemInput>, result: Unchecked<Result>): Violation[] {
  return checkPlan(parseProblem(problem), parseResult(result))
}

/**
 * Everything that is wrong with a Result: its placement, its plan, what it says of itself, and its certificate, where there is one: the
 * bound is recomputed, which may take seconds. Empty when nothing is wrong. Throws InputError for what is no Problem or no Result.
 */
export function verifyResult(problem: Unchecked<ProblemInput>, result: Unchecked<Result>): Violation[] {
  const [asked, answer] = [parseProblem(problem), parseResult(result)]
  return [...checkResult(asked, answer), ...verifyCertificate(asked, answer).violations]
}
