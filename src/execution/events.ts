import type { HaltReason, Outcome } from './journal.js'
import type { Fault, StepRecord, Verb } from './step-record.js'

/** What happened, without the time. */
export type Notice =
  | { readonly kind: 'step-began'; readonly step: string }
  | { readonly kind: 'step-ended'; readonly step: string }
  | {
      /** An attempt failed. */
      readonly kind: 'step-failed'
      readonly step: string
      readonly verb: Verb
      readonly attempt: number
      readonly fault: Fault
      readonly message: string
      /** When it is tried again, in seconds from now; null: it is not. */
      readonly retryInSeconds: number | null
    }
  | { readonly kind: 'step-undone'; readonly step: string }
  | { readonly kind: 'step-cancelled'; readonly step: string; readonly reason: string }
  /** Nothing was left to do: the node is gone; or the drain was passed over, as `forceDrain` allows. */
  | { readonly kind: 'step-skipped'; readonly step: string; readonly reason: string }
  /** A step could neither be ended nor taken back, and is left as it is; of a migration, with both copies. */
  | { readonly kind: 'step-stuck'; readonly step: string; readonly reason: string }
  | { readonly kind: 'migration-stuck'; readonly replica: string; readonly step: string; readonly reason: string }
  | { readonly kind: 'node-lost'; readonly node: string }
  /** The copy that serves is on a node that is gone. */
  | { readonly kind: 'replica-lost'; readonly replica: string; readonly node: string }
  | { readonly kind: 'breaker-tripped'; readonly failed: number; readonly of: number }
  /** No migration is begun from now on. */
  | { readonly kind: 'halted'; readonly reason: HaltReason; readonly message: string }
  /** A journal says that so many steps have begun already. */
  | { readonly kind: 'resumed'; readonly steps: number }
  | { readonly kind: 'finished'; readonly outcome: Outcome }

/** What an execution tells while it runs; `seconds` since it was begun for the first time. */
export type ExecutionEvent = Notice & { readonly seconds: number }

/** What is told of a step that has come into another state. */
export function noticesOf({ step, state, reason: why, message }: StepRecord): Notice[] {
  const reason = why ?? message ?? ''
  switch (state) {
    case 'done':
      return [{ kind: 'step-ended', step: step.id }]
    case 'undone':
      return [{ kind: 'step-undone', step: step.id }]
    case 'cancelled':
      return [{ kind: 'step-cancelled', step: step.id, reason }]
    case 'skipped':
      return [{ kind: 'step-skipped', step: step.id, reason }]
    case 'stuck':
      return [
        { kind: 'step-stuck', step: step.id, reason },
        ...('replica' in step
          ? [{ kind: 'migration-stuck' as const, replica: step.replica, step: step.id, reason }]
          : [])
      ]
    default:
      return []
  }
}
