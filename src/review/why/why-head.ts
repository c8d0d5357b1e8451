import type { Problem } from '../../../models/contract/problem.js'
import type { Result } from '../../../models/contract/result.js'
import { type Effort, effortOf } from '../../capacity/question/answer.js'
import type { ResolvedQuestion } from '../../capacity/question/options.js'
import { type AnswerHead, headOf } from '../answer-head.js'

/** What every answer of `why` begins with: which question, of which Problem, and how it was looked for. */
export interface WhyHead<Kind extends string> extends AnswerHead<Kind>, Effort {}

/** The head of an answer about a Result of the Problem, under whatever limits that was made. */
export function headOfWhy<Kind extends string>(
  kind: Kind,
  problem: Pick<Problem, 'name'>,
  { problem: { fingerprint } }: Pick<Result, 'problem'>,
  question: ResolvedQuestion
): WhyHead<Kind> {
  return { ...headOf(kind, problem, fingerprint), ...effortOf(question) }
}
