import { verifyCertificate } from '../../models/certificate/verify-certificate.js'
import { verifyResult } from '../../models/checker/verify-result.js'
import type { Problem } from '../../models/contract/problem.js'
import type { Result, Violation } from '../../models/contract/result.js'

/** What the independent checker says of a Result. */
export interface Verdict {
  readonly violations: readonly Violation[]
  /** The bound as it was recomputed from the certificate; null without one. */
  readonly confirmed: number | null
}

/** Checks a Result, and its certificate where it has one. */
export function checkResult(problem: Problem, result: Result): Verdict {
  const proven = result.certificate === undefined ? null : verifyCertificate(problem, result)
  return {
    violations: [...verifyResult(problem, result), ...(proven?.violations ?? [])],
    confirmed: proven?.confirmed ?? null
  }
}
