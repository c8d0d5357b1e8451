import { attempt } from './attempt.js'
import type { Driver } from './driver.js'
import type { Notice } from './events.js'
import type { HaltReason, JournalEntry, Outcome } from './journal.js'
import { describeFault, Listener } from './listener.js'
import type { ResolvedOptions } from './options.js'
import { Pauses } from './pauses.js'
import type { Progress } from './progress.js'
import type { ReadPlan } from './read-plan.js'
import { assembleReport, type ExecutionReport, outcomeOf } from './report.js'
import type { Resumption } from './resume.js'
import { Slots } from './slots.js'
import type { StepRecord, Verb } from './step-record.js'
import { callDriver } from './verb-call.js'

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
  private readonly listener: Listener
  private readonly givenUp = new AbortController()
  private readonly ended: Promise<ExecutionReport>
  private resolve: (report: ExecutionReport) => void = () => {}
  private reject: (fault: unknown) => void = () => {}
  private journalFault: string | null = null
  private isAwake = false
  private isEnding = false
  private isAbandoned = false

  constructor(
    private readonly plan: ReadPlan,
    private readonly driver: Driver,
    private readonly options: ResolvedOptions,
    private readonly progress: Progress,
    private readonly resumption: Resumption
  ) {
    this.slots = new Slots(options.limits, progress)
    this.pauses = new Pauses(options.clock)
    this.listener = new Listener(options.onEvent)
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
    if (finish !== undefined) return this.report(finish.outcome, finish.at)
    try {
      signal?.addEventListener('abort', halt, { once: true })
      abandon?.addEventListener('abort', giveUp, { once: true })
      if (entries.length === 0) void this.write({ kind: 'plan', plan: this.plan.id, base, at: this.now() })
      else this.tell({ kind: 'resumed', steps: this.progress.records.filter(({ attempts }) => attempts > 0).length })
      if (abandon?.aborted === true) giveUp()
      this.checkAge()
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
    return this.isAbandoned || this.journalFault !== null
  }

  private checkAge(): void {
    const { validSeconds } = this.plan.plan
    const { madeAt } = this.options
    if (madeAt === undefined || validSeconds === undefined) return
    const age = (this.now() - madeAt) / 1000
    if (age > validSeconds)
      this.halt('expired', `the plan is ${Math.round(age)} s old, and was valid for ${validSeconds} s`)
  }

  private halt(reason: HaltReason, message: string): void {
    if (this.progress.halt !== null || this.isEnding || this.isStopped) return
    void this.write({ kind: 'halt', reason, message, at: this.now() })
    this.wake()
  }

  private abandon(): void {
    if (this.isAbandoned) return
    this.isAbandoned = true
    this.givenUp.abort(new Error('the execution was abandoned'))
    this.pauses.endAll()
    this.resolve(this.report('abandoned', this.now()))
  }

  /** Lets an entry take effect. Resolves to whether it is safely written, and anything may follow. */
  private async write(entry: JournalEntry, isApplied = false): Promise<boolean> {
    if (this.isStopped) return false
    if (!isApplied) this.progress.apply(entry)
    try {
      await this.options.journal.append(entry)
    } catch (fault) {
      this.journalFault ??= describeFault(fault)
      this.pauses.endAll()
      this.wake()
    }
    return !this.isStopped
  }

  private wake(): void {
    if (this.isAwake) return
    this.isAwake = true
    queueMicrotask(() => {
      this.isAwake = false
      try {
        this.turn()
      } catch (fault) {
        this.givenUp.abort(fault)
        this.reject(fault)
      }
    })
  }

  /** Begins everything that may begin by now. */
  private turn(): void {
    if (this.isAbandoned || this.isEnding) return
    this.publish()
    if (this.journalFault === null) {
      this.pauses.endNeedless()
      for (const record of this.progress.active) this.advance(record)
      this.slots.refresh()
      const { tail } = this.plan.graph
      const candidates = [...this.progress.ready].sort(
        (left, right) => (tail[right] as number) - (tail[left] as number) || left - right
      )
      for (const index of candidates) {
        const record = this.progress.records[index] as StepRecord
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
    void this.work(record).then(
      () => this.leave(record),
      (fault) => {
        this.reject(fault)
        this.leave(record)
      }
    )
  }

  private leave({ index }: StepRecord): void {
    this.busy.delete(index)
    this.wake()
  }

  /** Makes the next call of a step, from its entry in the journal to that of its end. */
  private async work(record: StepRecord): Promise<void> {
    const { clock, deadlineMs, unknownExpiresMs } = this.options
    const { step } = record
    const names = { step: step.id, verb: record.verb, attempt: record.attempt }
    if (!record.isOpen) {
      // Without a wait the step begins in this very turn: the limits count on it.
      if (record.notBefore > this.now() && !(await this.pauses.wait(record))) return
      if (this.isStopped) return
      if (!(await this.write({ kind: 'begin', ...names, at: this.now() }))) return
    } else if (this.now() - record.openSince > unknownExpiresMs) {
      const message = 'begun too long ago for anybody to know how it ended'
      void this.write({ kind: 'end', ...names, outcome: 'failed', fault: 'unknown', message, at: this.now() })
      return
    }
    const number = this.resumption.base + record.attempt
    const id = `${this.plan.id}/${step.id}/${record.verb}#${number}`
    const ending = await attempt(
      (signal) => callDriver(this.driver, record, { id, attempt: number, signal }, this.progress.lostNodes),
      deadlineMs(step, record.verb),
      clock,
      this.givenUp.signal,
      () => this.hearLate(record, names.verb)
    )
    // Nobody waits until it is written: what begins next is written behind it.
    void this.write({ kind: 'end', ...names, ...ending, at: this.now() })
    if (this.late.delete(record) && record.state === 'undone') this.progress.undoAgain(record)
  }

  /** A call that had failed by its deadline has succeeded after all. Where it was taken back meanwhile, it is taken back again. */
  private hearLate(record: StepRecord, verb: Verb): void {
    if (verb !== 'start' || this.isStopped || this.isEnding) return
    if (record.state === 'undone') this.progress.undoAgain(record)
    else if (record.state === 'undoing' && record.isOpen) this.late.add(record)
    this.wake()
  }

  private async end(): Promise<void> {
    if (this.journalFault !== null) {
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
    const { journalFault, listener } = this
    const listenerFault = listener.fault
    const seconds = this.secondsAt(at)
    return assembleReport(this.progress, { plan: this.plan.id, outcome, seconds, listenerFault, journalFault })
  }
}
