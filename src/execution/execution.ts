import { Recall } from './attempt.js'
import type { Driver } from './driver.js'
import type { ExecutionEvent, Notice } from './events.js'
import type { HaltReason, JournalEntry, Outcome } from './journal.js'
import { Listener } from './listener.js'
import { type Caller, makeNextCall } from './next-call.js'
import type { ResolvedOptions } from './options.js'
import { Pauses } from './pauses.js'
import type { Progress } from './progress.js'
import { findAge, type ReadPlan } from './read-plan.js'
import { assembleReport, type ExecutionReport, outcomeOf } from './report.js'
import type { Resumption } from './resume.js'
import { Scribe } from './scribe.js'
import { Slots } from './slots.js'
import type { StepRecord, Verb } from './step-record.js'

/**
 * Carries a plan out. What is to be done follows from `Progress` alone; here it is only done: written down, called, written down.
 * An entry takes effect at once, and its call is made when it is safely written; since a journal keeps the order, nothing can be
 * written that relies on something lost.
 */
export class Execution {
  private readonly slots: Slots
  /** Steps that a task is busy with. */
  private readonly busy = new Set<number>()
  /** Steps whose call succeeded after its deadline, while they were being taken back. */
  private readonly late = new Set<StepRecord>()
  private readonly pauses: Pauses
  private readonly caller: Caller
  private readonly listener: Listener<ExecutionEvent>
  private readonly scribe: Scribe
  private readonly recall = new Recall()
  private readonly ended: Promise<ExecutionReport>
  private resolve: (report: ExecutionReport) => void = () => {}
  private reject: (fault: unknown) => void = () => {}
  private isAwake = false
  private isEnding = false
  private isAbandoned = false

  constructor(
    private readonly plan: ReadPlan,
    driver: Driver,
    private readonly options: ResolvedOptions,
    private readonly progress: Progress,
    private readonly resumption: Resumption
  ) {
    this.slots = new Slots(options.limits, progress)
    this.pauses = new Pauses(options.clock)
    this.listener = new Listener(options.onEvent)
    this.scribe = new Scribe(options.journal, () => {
      this.pauses.endAll()
      this.wake()
    })
    this.caller = {
      plan: plan.id,
      base: resumption.base,
      driver,
      options,
      progress,
      pauses: this.pauses,
      recall: this.recall,
      write: (entry) => this.write(entry),
      onLate: (record, verb) => this.hearLate(record, verb)
    }
    this.ended = new Promise((resolve, reject) => {
      this.resolve = resolve
      this.reject = reject
    })
  }

  async run(): Promise<ExecutionReport> {
    const { signal, abandon } = this.options
    const { entries, base } = this.resumption
    const halt = () => this.halt('aborted', 'the signal was aborted')
    const giveUp = () => this.abandon()
    const finish = entries.find((entry) => entry.kind === 'finish')
    if (finish !== undefined) {
      this.listener.tell({ kind: 'finished', outcome: finish.outcome, seconds: this.secondsAt(finish.at) })
      return this.report(finish.outcome, finish.at)
    }
    try {
      signal?.addEventListener('abort', halt, { once: true })
      abandon?.addEventListener('abort', giveUp, { once: true })
      if (entries.length === 0) void this.write({ kind: 'plan', plan: this.plan.id, base, at: this.now() })
      else this.tell({ kind: 'resumed', steps: this.progress.records.filter(({ attempts }) => attempts > 0).length })
      if (abandon?.aborted === true) giveUp()
      const age = findAge(this.plan.plan, this.options.madeAt, this.now())
      if (age !== null) this.halt('expired', age)
      if (signal?.aborted === true) halt()
      this.wake()
      return await this.ended
    } finally {
      signal?.removeEventListener('abort', halt)
      abandon?.removeEventListener('abort', giveUp)
    }
  }

  private now(): number {
    return this.options.clock.now()
  }

  private get isStopped(): boolean {
    return this.isAbandoned || this.scribe.fault !== null
  }

  private halt(reason: HaltReason, message: string): void {
    if (this.progress.halt !== null || this.isEnding || this.isStopped) return
    void this.write({ kind: 'halt', reason, message, at: this.now() })
    this.wake()
  }

  private abandon(): void {
    if (this.isAbandoned) return
    this.isAbandoned = true
    this.recall.end(new Error('the execution was abandoned'))
    this.pauses.endAll()
    this.resolve(this.report('abandoned', this.now()))
  }

  /** Lets an entry take effect. Resolves to whether it is safely written, and anything may follow. */
  private async write(entry: JournalEntry, isApplied = false): Promise<boolean> {
    if (this.isStopped) return false
    if (!isApplied) this.progress.apply(entry)
    return (await this.scribe.append(entry)) && !this.isStopped
  }

  private wake(): void {
    if (this.isAwake) return
    this.isAwake = true
    queueMicrotask(() => {
      this.isAwake = false
      try {
        this.turn()
      } catch (fault) {
        this.breakOff(fault)
      }
    })
  }

  /** Begins everything that may begin by now. */
  private turn(): void {
    if (this.isAbandoned || this.isEnding) return
    this.publish()
    if (this.scribe.fault === null) {
      this.pauses.endNeedless()
      for (const record of this.progress.active) this.advance(record)
      this.slots.refresh()
      for (const record of this.progress.candidates()) {
        if (record.state !== 'waiting' || !this.slots.allows(record)) continue
        this.advance(record)
        this.slots.take(record)
      }
      this.publish()
    }
    if (this.busy.size === 0) void this.end()
  }

  private advance(record: StepRecord): void {
    if (this.busy.has(record.index)) return
    this.busy.add(record.index)
    void makeNextCall(this.caller, record).then(
      () => {
        if (this.late.delete(record) && record.state === 'undone') this.progress.undoAgain(record)
        this.leave(record)
      },
      (fault) => this.breakOff(fault)
    )
  }

  /** Ends at once, for a clock or an option that throws: nothing more can be relied on. */
  private breakOff(fault: unknown): void {
    this.isAbandoned = true
    this.recall.end(fault)
    this.pauses.endAll()
    this.reject(fault)
  }

  private leave({ index }: StepRecord): void {
    this.busy.delete(index)
    this.wake()
  }

  /** A call that had failed by its deadline has succeeded after all. Where it was taken back meanwhile, it is taken back again. */
  private hearLate(record: StepRecord, verb: Verb): void {
    if (verb !== 'start' || this.isStopped || this.isEnding) return
    if (record.state === 'undone') this.progress.undoAgain(record)
    else if (record.state === 'undoing' && record.isOpen) this.late.add(record)
    this.wake()
  }

  private async end(): Promise<void> {
    if (this.scribe.fault !== null) {
      this.isEnding = true
      this.resolve(this.report('abandoned', this.now()))
      return
    }
    // Only limits that no order can keep leave anything waiting.
    const waiting = this.progress.records.filter(({ state }) => state === 'waiting')
    for (const { step } of waiting) {
      void this.write({ kind: 'cancel', step: step.id, reason: 'the limits never allow it', at: this.now() })
    }
    if (waiting.length > 0) {
      this.wake()
      return
    }
    this.isEnding = true
    const outcome = outcomeOf(this.progress)
    const at = this.now()
    const isWritten = await this.write({ kind: 'finish', outcome, at })
    if (this.isAbandoned) return
    if (isWritten) this.tell({ kind: 'finished', outcome })
    this.resolve(this.report(isWritten ? outcome : 'abandoned', at))
  }

  /** Tells what has happened, and writes down what was cancelled. */
  private publish(): void {
    for (const notice of this.progress.takeNotices()) {
      this.tell(notice)
      if (notice.kind !== 'step-cancelled') continue
      void this.write({ kind: 'cancel', step: notice.step, reason: notice.reason, at: this.now() }, true)
    }
  }

  private tell(notice: Notice): void {
    this.listener.tell({ ...notice, seconds: this.secondsAt(this.now()) })
  }

  private secondsAt(at: number): number {
    return (at - this.progress.beganAt) / 1000
  }

  private report(outcome: Outcome, at: number): ExecutionReport {
    const listenerFault = this.listener.fault
    const journalFault = this.scribe.fault
    const seconds = this.secondsAt(at)
    return assembleReport(this.progress, { plan: this.plan.id, outcome, seconds, listenerFault, journalFault })
  }
}
