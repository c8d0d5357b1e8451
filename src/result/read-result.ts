import { verifyPlacement } from '../../models/checker/verify-placement.js'
import { verifyResult } from '../../models/checker/verify-result.js'
import { InputError, parseResult } from '../../models/contract/parse.js'
import type { Problem } from '../../models/contract/problem.js'
import type { Result, Violation } from '../../models/contract/result.js'
import { fingerprint } from './fingerprint.js'

/** Violations that a message names at most. */
const MOST_NAMED = 3

/** A Result that the checker refuses. */
export class UnsafeResultError extends InputError {
  constructor(
    subject: string,
    issues: InputError['issues'],
    /** Everything that is wrong with it; the issues name the first. */
    readonly violations: readonly Violation[]
  ) {
    super(subject, issues)
  }
}

/** Whether a Result was made for this Problem. */
export function isMadeFor(problem: Problem, result: Pick<Result, 'problem'>): boolean {
  return result.problem.fingerprint === fingerprint(problem)
}

/**
 * The fingerprint of a Problem. Throws InputError where a Result was made for another one; `subject` is what messages call it, and `path` where it
 * says so.
 */
export function expectMadeFor(
  problem: Problem,
  result: Pick<Result, 'problem'>,
  { subject = 'result', path = 'problem.fingerprint' } = {}
): string {
  const own = fingerprint(problem)
  const found = result.problem.fingerprint
  if (found === own) return own
  throw new InputError(subject, [
    {
      path,
      found,
      expected: `${own}, of this Problem`,
      hint: 'the Result was made for another Problem, or for another version of it: plan it again'
    }
  ])
}

/** Reads the Result of a Problem; `subject` is what messages call it. Throws InputError for one of another Problem, and for one that the checker refuses. */
export function readResult(problem: Problem, given: unknown, subject = 'result'): Result {
  const result = parseResult(given)
  expectMadeFor(problem, result, { subject })
  refuseWrong(subject, verifyResult(problem, result), 'a Result that the checker passes')
  return result
}

/**
 * Reads a Result that is to be carried out. Throws InputError for one of another Problem and for one without a placement, UnsafeResultError for one
 * that the checker refuses.
 */
export function readSafe(problem: Problem, given: unknown): Result {
  const result = parseResult(given)
  expectMadeFor(problem, result)
  if (result.primalStatus === 'none') {
    const issue = { path: 'primalStatus', found: 'an answer without a placement', expected: 'one with a migration' }
    throw new InputError('result', [issue])
  }
  refuseWrong('result', verifyResult(problem, result), 'a Result that the checker passes')
  return result
}

/**
 * Reads a Result from whose placement one goes on, and passes over its plan. Throws InputError for one of another Problem, for one without a
 * placement, and for one that the Problem does not allow.
 */
export function readPlaced(
  problem: Problem,
  given: unknown
): { readonly result: Result; readonly fingerprint: string } {
  const result = parseResult(given)
  const own = expectMadeFor(problem, result)
  if (result.primalStatus === 'none') {
    const expected = '"feasible": without a placement there is nothing to go on from'
    throw new InputError('result', [{ path: 'primalStatus', found: '"none"', expected }])
  }
  refuseWrong('result', verifyPlacement(problem, result), 'a placement that the Problem allows')
  return { result, fingerprint: own }
}

function refuseWrong(subject: string, violations: readonly Violation[], expected: string): void {
  if (violations.length === 0) return
  const hint = 'verify says everything that is wrong with it'
  const named = violations.slice(0, MOST_NAMED)
  throw new UnsafeResultError(
    subject,
    named.map(({ code, message }) => ({ path: code, found: message, expected, hint })),
    violations
  )
}
