import type { Problem } from '../../models/contract/problem.js'
import type { Result, Violation } from '../../models/contract/result.js'
import { verifyWithReasons } from './dropped-reasons.js'
import { asUnrepaired } from './unrepaired.js'

export interface CheckedResult {
  readonly result: Result
  /** What the checker finds wrong; then it must not leave. */
  readonly violations: readonly Violation[]
  /** Whether rules are broken that the start breaks: an answer only where nothing better is possible. */
  readonly isLastResort: boolean
}

/** A Result as it passes the checks: as it is, or told as one that leaves broken what is broken. */
export function checkReached(problem: Problem, given: Result): CheckedResult {
  const checked = verifyWithReasons(problem, given)
  if (checked.violations.length === 0 || given.violations.length === 0) return { ...checked, isLastResort: false }
  const unrepaired = verifyWithReasons(problem, asUnrepaired(given))
  return unrepaired.violations.length === 0
    ? { ...unrepaired, isLastResort: true }
    : { ...checked, isLastResort: false }
}
