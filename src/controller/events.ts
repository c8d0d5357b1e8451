import type { Problem } from '../../models/contract/problem.js'
import type { Result } from '../../models/contract/result.js'
import type { ExecutionEvent } from '../execution/events.js'
import type { ExecutionReport } from '../execution/report.js'
import type { Policy } from './policy.js'
import type { RoundReport } from './round-report.js'
import type { Unrest } from './stability.js'

/** In which part of a round something failed. `driver`: making one, or opening nodes; `journal`: reading or writing it. */
export type FailedPart = (typeof failedParts)[number]

export const failedParts = ['read', 'plan', 'driver', 'journal', 'execution'] as const

/** What happened, without the time and the message. */
export type ControllerNotice =
  | { readonly kind: 'started'; readonly mode: Policy['mode'] }
  | {
      /** Nothing is planned for now; told when the reason changes, not every round. */
      readonly kind: 'waiting'
      readonly reason: Unrest
      /** Node or deployment. */
      readonly subject: string
      /** How long it lasts at least; null: nobody knows. */
      readonly remainingSeconds: number | null
    }
  /** A plan was made. `problem`: what was planned, with what is held in place for now. */
  | { readonly kind: 'planned'; readonly problem: Problem; readonly result: Result; readonly savingPerHour: number }
  /** There is nothing to gain, or what there is does not pass the gate; told when it changes. */
  | { readonly kind: 'kept'; readonly verdict: 'nothing-better' | 'gated' | 'infeasible'; readonly reason: string }
  /** What would be done, were it the mode to do it; told once for each distinct plan. */
  | { readonly kind: 'recommended'; readonly problem: Problem; readonly result: Result; readonly savingPerHour: number }
  /** A plan that a former controller had begun is gone on with. */
  | { readonly kind: 'resumed'; readonly plan: string }
  | { readonly kind: 'executing'; readonly plan: string; readonly migrations: number; readonly savingPerHour: number }
  /** What an execution tells. */
  | { readonly kind: 'execution'; readonly plan: string; readonly event: ExecutionEvent }
  | {
      readonly kind: 'executed'
      readonly plan: string
      readonly report: ExecutionReport
      readonly savedPerHour: number
    }
  /** The cluster is no longer what the plan was made for: it is planned again. */
  | { readonly kind: 'drifted'; readonly reason: string }
  /** An execution took too long, and ends what it has begun. */
  | { readonly kind: 'overdue'; readonly plan: string; readonly seconds: number }
  /** Nodes that a plan had closed and that no plan is about any more were opened. */
  | { readonly kind: 'reopened'; readonly nodes: readonly string[] }
  | { readonly kind: 'failed'; readonly part: FailedPart; readonly reason: string }
  | { readonly kind: 'backing-off'; readonly failures: number; readonly seconds: number }
  | { readonly kind: 'round'; readonly report: RoundReport }
  | { readonly kind: 'stopped' }

/** What a controller tells: what, when (milliseconds of its clock), and the same as a line for a log. */
export type ControllerEvent = ControllerNotice & { readonly at: number; readonly message: string }
