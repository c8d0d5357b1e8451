import type { Problem } from '../../../models/contract/problem.js'
import { fingerprint } from '../../result/fingerprint.js'
import type { ResolvedQuestion } from './options.js'

/** How an answer was looked for. */
export interface Effort {
  readonly seed: number
  /** Limits that were given; null: none. In seconds, and in units of work. */
  readonly limits: { readonly seconds: number | null; readonly work: number | null }
  /** Wall time in seconds: the only figure that differs between two answers of the same seed and work limit. */
  readonly seconds: number
}

/** What every answer begins with: which question, of what, and how it was looked for. */
export interface AnswerHead<Kind extends string> extends Effort {
  readonly schemaVersion: 1
  readonly kind: Kind
  /** Of the Problem: its name, and `sha256:` with the hash of its canonical JSON. */
  readonly study: { readonly name?: string; readonly fingerprint: string }
}

export function headOf<Kind extends string>(
  kind: Kind,
  problem: Problem,
  question: ResolvedQuestion
): AnswerHead<Kind> {
  return {
    schemaVersion: 1,
    kind,
    study: { ...(problem.name === undefined ? {} : { name: problem.name }), fingerprint: fingerprint(problem) },
    ...effortOf(question)
  }
}

export function effortOf({ seed, timeLimitMs, workLimit, elapsedMs }: ResolvedQuestion): Effort {
  const limitOf = (limit: number) => (Number.isFinite(limit) ? limit : null)
  return {
    seed,
    limits: { seconds: limitOf(timeLimitMs / 1000), work: limitOf(workLimit) },
    seconds: elapsedMs() / 1000
  }
}
