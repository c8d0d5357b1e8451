import { Breaker } from './breaker.js'
import { type Notice, noticesOf } from './events.js'
import { type HaltReason, type JournalEntry, JournalError } from './journal.js'
import { nodeOf, type PlanGraph } from './plan-graph.js'
import { settle } from './settle.js'
import { failStep, failUndo, isFinalFault, isForced } from './step-failure.js'
import {
  type Fault,
  isBad,
  isFinal,
  isGood,
  isVerb,
  type StepRecord,
  type StepState,
  toFault,
  type Verb
} from './step-record.js'
import { firstUndoVerb, nextVerb, takesBack } from './verb-order.js'

/** What decides how failures are met. */
export interface Policy {
  /** Further attempts of every verb. */
  readonly retries: number
  /** Milliseconds before the first further attempt; twice as many before each later one. */
  readonly backoffMs: number
  readonly forceDrain: boolean
  readonly breakerWindow: number
  /** Starts of running replicas that may be tried again, all together. */
  readonly spareMigrations: number
  /** Whether the driver can observe. */
  readonly observes: boolean
}

/**
 * Where an execution is: a function of the plan, the policy and what stands in the journal, in its order. Whoever reads the same
 * journal gets the same; so nothing else has to be remembered through a crash, neither what is to be undone nor what is cancelled.
 */
export class Progress {
  readonly records: readonly StepRecord[]
  readonly lostNodes = new Set<string>()
  /** What may begin as far as its `after` goes. */
  readonly ready = new Set<number>()
  /** What has begun and not ended, undoing included. */
  readonly active = new Set<StepRecord>()
  halt: { readonly reason: HaltReason; readonly message: string; readonly at: number } | null = null
  firstFault: { step: string; verb: Verb; attempt: number; fault: Fault; message: string } | null = null
  beganAt = 0
  retriesMade = 0
  private migrationsSpent = 0
  /** When the entry was written that was taken over last. */
  private latest = 0
  /** Steps whose state has changed since it was last settled what follows. */
  readonly changed = new Set<number>()
  /** Whether anything has gone wrong that others may suffer from. */
  isTroubled = false
  /** Whether anything may follow anywhere, and not only around what has changed. */
  isAllOpen = false
  readonly lostReplicas = new Map<string, string>()
  private notices: Notice[] = []
  private readonly pending: number[]
  /** Steps whose followers know that they have ended. */
  private readonly freed = new Set<number>()
  private readonly breaker: Breaker

  constructor(
    readonly graph: PlanGraph,
    readonly policy: Policy
  ) {
    this.breaker = new Breaker(graph, policy.breakerWindow)
    this.pending = graph.after.map((before) => before.length)
    this.records = graph.steps.map((step, index) => ({
      index,
      step,
      state: 'waiting',
      verb: this.firstVerb(index),
      attempt: 1,
      isOpen: false,
      notBefore: 0,
      backoffMs: 0,
      openSince: 0,
      hasActed: false,
      attempts: 0
    }))
    for (const [index, count] of this.pending.entries()) if (count === 0) this.ready.add(index)
  }

  /** Takes over an entry, and everything that follows from it. */
  apply(entry: JournalEntry): void {
    this.latest = entry.at
    if (entry.kind === 'plan') this.beganAt = entry.at
    else if (entry.kind === 'halt') this.stopBeginning(entry.reason, entry.message)
    else if (entry.kind !== 'finish') {
      const index = this.graph.indexOf.get(entry.step)
      const record = index === undefined ? undefined : this.records[index]
      if (record === undefined) throw new JournalError(`the journal names ${entry.step}, which is no step of the plan`)
      if ('verb' in entry && !isVerb(entry.verb)) {
        throw new JournalError(`the journal says that ${entry.step} was asked to ${entry.verb}, which nobody can do`)
      }
      if (entry.kind === 'begin') this.begin(record, entry.verb as Verb, entry.attempt, entry.at)
      else if (entry.kind === 'end') this.end(record, entry)
      else if (record.state === 'waiting') this.set(record, 'cancelled', entry.reason)
    }
    settle(this)
  }

  /** What has happened since it was asked last. */
  takeNotices(): Notice[] {
    const taken = this.notices
    this.notices = []
    return taken
  }

  /** What may begin as far as `after` goes: what has the longest way to the end goes first. */
  candidates(): StepRecord[] {
    const { tail } = this.graph
    return [...this.ready]
      .sort((left, right) => (tail[right] as number) - (tail[left] as number) || left - right)
      .map((index) => this.records[index] as StepRecord)
  }

  stateOf(index: number): StepState | undefined {
    return this.records[index]?.state
  }

  isLost(record: StepRecord): boolean {
    return this.lostNodes.has(nodeOf(record.step))
  }

  stopBeginning(reason: HaltReason, message: string): void {
    if (this.halt !== null) return
    this.halt = { reason, message, at: this.latest }
    this.openAll()
    this.tell({ kind: 'halted', reason, message })
  }

  /** Brings a step into another state, with what that means for those that wait for it and for its migration. */
  set(record: StepRecord, state: StepState, reason?: string): void {
    const { index } = record
    record.state = state
    record.isOpen = false
    if (reason !== undefined) record.reason = reason
    this.ready.delete(index)
    if (state === 'undoing') this.active.add(record)
    else this.active.delete(record)
    this.changed.add(index)
    if (isBad(state) && !this.isTroubled) this.openAll()
    if (state === 'undoing') {
      record.verb = firstUndoVerb(this, record)
      record.attempt = 1
      record.notBefore = 0
    }
    if (isGood(state) && !this.freed.has(index)) {
      this.freed.add(index)
      for (const next of this.graph.followers[index] as number[]) this.free(next)
    }
    for (const notice of noticesOf(record)) this.tell(notice)
    const tripped = this.breaker.judge(index, state)
    if (tripped === null || this.halt !== null) return
    this.tell({ kind: 'breaker-tripped', ...tripped })
    this.stopBeginning('tripped', `${tripped.failed} of the last ${tripped.of} migrations failed`)
  }

  loseNode(node: string): void {
    if (this.lostNodes.has(node)) return
    this.lostNodes.add(node)
    this.openAll()
    this.tell({ kind: 'node-lost', node })
  }

  private openAll(): void {
    this.isTroubled = true
    this.isAllOpen = true
  }

  private firstVerb(index: number): Verb {
    const step = this.graph.steps[index] as StepRecord['step']
    if (this.graph.isWait[index] === true) return 'ready'
    return step.action === 'start' && step.expects !== undefined && this.policy.observes ? 'observe' : step.action
  }

  private free(index: number): void {
    this.pending[index] = (this.pending[index] as number) - 1
    if (this.pending[index] === 0 && this.stateOf(index) === 'waiting') this.ready.add(index)
  }

  private begin(record: StepRecord, verb: Verb, attempt: number, at: number): void {
    // A journal that two executions have written says of some steps twice that they begin. What has ended has ended.
    if (isFinal(record.state) && !takesBack(record, verb)) return
    if (record.state === 'waiting') this.tell({ kind: 'step-began', step: record.step.id })
    record.state = takesBack(record, verb) ? 'undoing' : 'running'
    record.verb = verb
    record.attempt = attempt
    record.isOpen = true
    record.openSince = at
    record.attempts++
    if (attempt > 1) this.retriesMade++
    this.ready.delete(record.index)
    this.active.add(record)
  }

  /** Takes a step back once more: a call that was thought lost has done something after all. */
  undoAgain(record: StepRecord): void {
    const { attempt } = record
    this.set(record, 'undoing')
    record.verb = 'undo'
    record.attempt = attempt + 1
    settle(this)
  }

  private end(record: StepRecord, entry: Extract<JournalEntry, { readonly kind: 'end' }>): void {
    const { verb, attempt } = record
    if (!record.isOpen || entry.verb !== verb || entry.attempt !== attempt) return
    record.isOpen = false
    if (entry.outcome === 'done') {
      record.hasActed ||= verb !== 'observe'
      const next = nextVerb(record)
      if (next === null) this.set(record, verb === 'undo' ? 'undone' : 'done')
      else this.goOn(record, next)
      return
    }
    const fault = toFault(entry.fault)
    const message = entry.message ?? fault
    record.fault = fault
    record.message = message
    this.firstFault ??= { step: record.step.id, verb, attempt, fault, message }
    // A driver that refuses has done nothing; of every other failure nobody knows how far it came.
    record.hasActed ||= verb !== 'observe' && fault !== 'refused' && fault !== 'changed'
    if (fault === 'node-lost') this.loseNode(entry.node ?? nodeOf(record.step))
    const isOver = attempt > this.policy.retries || isFinalFault(this, record, fault) || !this.mayStartAgain(record)
    const backoffMs = this.policy.backoffMs * 2 ** (attempt - 1)
    const retryInSeconds = isOver ? null : backoffMs / 1000
    this.tell({ kind: 'step-failed', step: record.step.id, verb, attempt, fault, message, retryInSeconds })
    if (fault === 'changed') this.stopBeginning('changed', message)
    if (!isOver) {
      record.attempt++
      record.notBefore = entry.at + backoffMs
      record.backoffMs = backoffMs
      this.changed.add(record.index)
    } else if (!takesBack(record, verb)) failStep(this, record, fault)
    else if (verb === 'drain' && isForced(this.policy, fault)) this.goOn(record, 'undo')
    else failUndo(this, record)
  }

  /** Whether the budget allows one more start where a replica that runs already was to be started; then it is spent. */
  private mayStartAgain({ verb, step }: StepRecord): boolean {
    if (verb !== 'start' || step.action !== 'start' || (step.expects?.host ?? null) === null) return true
    if (this.migrationsSpent >= this.policy.spareMigrations) return false
    this.migrationsSpent++
    return true
  }

  /** The next call of a step is due. */
  private goOn(record: StepRecord, verb: Verb): void {
    record.verb = verb
    record.attempt = 1
    record.notBefore = 0
    this.changed.add(record.index)
  }

  tell(notice: Notice): void {
    this.notices.push(notice)
  }
}
