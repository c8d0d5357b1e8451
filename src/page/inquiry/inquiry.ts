import type { QuestionProgress } from '../../capacity/question/options.js'
import type { Section } from '../../report/why/section.js'
import type { Fault } from '../desk/fault.js'

/** What is asked about: a node of the plan, the plan as a whole, or the last planning that found no placement. */
export type Inquiry =
  | { readonly kind: 'node'; readonly node: string }
  | { readonly kind: 'cluster' }
  | { readonly kind: 'refusal' }

/** What came of asking. abandoned: it was stopped, or something was planned or opened meanwhile. */
export type InquiryAnswer =
  | { readonly kind: 'told'; readonly sections: readonly Section[] }
  | { readonly kind: 'abandoned' }
  | { readonly kind: 'fault'; readonly fault: Fault }

export type TellInquiry = (progress: QuestionProgress) => void

/** Nobody waits longer for an answer; what there was no time for, it says. */
export const ASK_SECONDS = 10
