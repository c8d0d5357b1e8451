import type { Step } from '../../models/contract/plan.js'
import { attempt, type Recall } from './attempt.js'
import type { Driver } from './driver.js'
import type { JournalEntry } from './journal.js'
import type { ResolvedOptions } from './options.js'
import type { Pauses } from './pauses.js'
import type { Progress } from './progress.js'
import type { StepRecord, Verb } from './step-record.js'
import { callDriver } from './verb-call.js'

/** What the calls of an execution have in common. */
export interface Caller {
  readonly plan: string
  /** Attempts of former executions of the plan: ids go on from there. */
  readonly base: number
  readonly driver: Driver
  readonly options: ResolvedOptions
  readonly progress: Progress
  readonly pauses: Pauses
  readonly recall: Recall
  /** Lets an entry take effect at once; resolves to whether it is safely written, and anything may follow. */
  readonly write: (entry: JournalEntry) => Promise<boolean>
  /** Told when a call succeeds after its deadline. */
  readonly onLate: (record: StepRecord, verb: Verb) => void
}

/** Makes the next call of a step, from its entry in the journal to that of its end; one that has begun before a crash again. */
export async function makeNextCall(caller: Caller, record: StepRecord): Promise<void> {
  const { clock, deadlineMs, unknownExpiresMs } = caller.options
  const { step } = record
  // Asked first: what throws here must not leave an entry behind.
  const limitMs = deadlineMs(timedAs(caller.progress, record), record.verb)
  const names = { step: step.id, verb: record.verb, attempt: record.attempt }
  if (!record.isOpen) {
    // Without a wait the step begins in this very turn: the limits count on it.
    if (record.notBefore > clock.now() && !(await caller.pauses.wait(record))) return
    if (!(await caller.write({ kind: 'begin', ...names, at: clock.now() }))) return
  } else if (clock.now() - record.openSince > unknownExpiresMs) {
    const message = 'begun too long ago for anybody to know how it ended'
    void caller.write({ kind: 'end', ...names, outcome: 'failed', fault: 'unknown', message, at: clock.now() })
    return
  }
  const number = caller.base + record.attempt
  const id = `${caller.plan}/${step.id}/${record.verb}#${number}`
  const ending = await attempt(
    (signal) => callDriver(caller.driver, record, { id, attempt: number, signal }, caller.progress.lostNodes),
    limitMs,
    clock,
    caller.recall,
    () => caller.onLate(record, names.verb)
  )
  // Nobody waits until it is written: what begins next is written behind it.
  void caller.write({ kind: 'end', ...names, ...ending, at: clock.now() })
}

/** The step whose planned time a call takes: a new copy that is taken back drains as long as the old one would have. */
function timedAs({ graph }: Progress, { step, verb, index }: StepRecord): Step {
  return (step.action === 'start' && verb === 'drain' && graph.steps[graph.moveOf[index]?.drain ?? -1]) || step
}
