import type { Problem } from '../../models/contract/problem.js'
import type { Result } from '../../models/contract/result.js'
import { identityOf } from '../result/fingerprint.js'

/** What every answer of a review begins with: what it is, and of which Problem. */
export interface AnswerHead<Kind extends string> {
  readonly schemaVersion: 1
  readonly kind: Kind
  /** Its name, and `sha256:` with the hash of its canonical JSON. */
  readonly problem: Result['problem']
}

/** The head of an answer; `hash` is the fingerprint of its Problem, which whoever read a Result of it has. */
export function headOf<Kind extends string>(
  kind: Kind,
  problem: Pick<Problem, 'name'>,
  hash: string
): AnswerHead<Kind> {
  return { schemaVersion: 1, kind, problem: identityOf(problem, hash) }
}
