/** Carrying a plan out: the driver, the options, the events, the journal, the report. */
import {
  type Call,
  type Clock,
  type Driver,
  type ExecuteOptions,
  type ExecutionEvent,
  type ExecutionReport,
  execute,
  type Fault,
  type HaltReason,
  type Journal,
  type JournalEntry,
  JournalError,
  type MoveReport,
  memoryJournal,
  type Observation,
  type Outcome,
  type Plan,
  type Result,
  StepError,
  type StepFault,
  type StepOf,
  type StepReport,
  type StepState,
  type Verb
} from 'replica-compactor'
import { type FileJournal, fileJournal } from 'replica-compactor/file-journal'
import { holds, type Same } from './same.js'

declare const plan: Plan
declare const result: Result
declare const driver: Driver

holds<
  Same<
    keyof ExecuteOptions,
    | 'signal'
    | 'abandon'
    | 'journal'
    | 'limits'
    | 'onEvent'
    | 'retries'
    | 'backoffMs'
    | 'deadlineFactor'
    | 'leastDeadlineMs'
    | 'deadlineMs'
    | 'forceDrain'
    | 'breakerWindow'
    | 'madeAt'
    | 'unknownExpiresMs'
    | 'clock'
  >
>()
holds<Same<ExecuteOptions, Readonly<Partial<ExecuteOptions>>>>()
holds<Same<Outcome, 'completed' | 'failed' | 'abandoned' | HaltReason>>()
holds<Same<HaltReason, 'changed' | 'tripped' | 'aborted' | 'expired'>>()
holds<Same<StepFault, 'failed' | 'refused' | 'changed' | 'node-lost'>>()
holds<Same<Fault, StepFault | 'deadline' | 'unknown'>>()
holds<
  Same<StepState, 'waiting' | 'running' | 'undoing' | 'done' | 'skipped' | 'failed' | 'undone' | 'cancelled' | 'stuck'>
>()
holds<Same<Parameters<NonNullable<ExecuteOptions['onEvent']>>, [event: ExecutionEvent]>>()
holds<
  Same<
    ExecutionEvent['kind'],
    | 'step-began'
    | 'step-ended'
    | 'step-failed'
    | 'step-undone'
    | 'step-cancelled'
    | 'step-skipped'
    | 'step-stuck'
    | 'migration-stuck'
    | 'node-lost'
    | 'replica-lost'
    | 'breaker-tripped'
    | 'halted'
    | 'resumed'
    | 'finished'
  >
>()
holds<Same<JournalEntry['kind'], 'plan' | 'begin' | 'end' | 'cancel' | 'halt' | 'finish'>>()
holds<Same<ExecutionReport, Readonly<ExecutionReport>>>()
holds<Same<ExecutionReport['steps'], readonly StepReport[]>>()
holds<Same<ExecutionReport['unreturnedNodes'], readonly string[]>>()
holds<Same<NonNullable<ExecutionReport['halt']>['reason'], HaltReason>>()
holds<Same<ExecutionReport['moves'], readonly MoveReport[]>>()
holds<Same<MoveReport['outcome'], 'done' | 'undone' | 'cancelled' | 'stuck' | 'lost' | 'unfinished'>>()
holds<Same<Parameters<Driver['start']>, [step: StepOf<'start'>, call: Call]>>()
holds<Same<Call, { readonly id: string; readonly attempt: number; readonly signal: AbortSignal }>>()

export async function calls(clock: Clock, verb: Verb): Promise<void> {
  const report = await execute(result, driver)
  holds<Same<typeof report, ExecutionReport>>()
  const journal: FileJournal = fileJournal('plan.journal')
  holds<Same<Awaited<ReturnType<Journal['read']>>, readonly JournalEntry[]>>()
  await execute(plan, driver, {
    journal,
    clock,
    limits: { inFlight: null },
    madeAt: new Date(),
    deadlineMs: () => 1000
  })
  await execute(plan, driver, {
    journal: memoryJournal(),
    onEvent: (event) => event.kind === 'step-failed' && event.verb === verb && event.retryInSeconds
  })
  await journal.close()
}

/** A driver may leave `observe` out, and say what went wrong. */
export const least: Driver = {
  cordon: async ({ node }) => void node,
  uncordon: async () => {},
  provision: async ({ node }) => {
    throw new StepError('node-lost', 'gone', node)
  },
  start: async ({ replica, expects }, { id }) => void [replica, expects?.room, id],
  ready: async (_, { signal }) => signal.throwIfAborted(),
  shift: async ({ from, to }) => void [from, to],
  drain: async () => {},
  stop: async () => {},
  release: async () => {}
}
export const seen: Observation = { hosts: ['a'], free: { cpu: 1 } }
export const isJournalError = (fault: unknown): fault is JournalError => fault instanceof JournalError
// @ts-expect-error Times have their unit in their name.
execute(plan, driver, { backoff: 5 })
// @ts-expect-error There is no such fault.
new StepError('broken', 'no')
