import type { Problem } from '../../models/contract/problem.js'
import type { Result } from '../../models/contract/result.js'
import type { ExecutionReport } from '../execution/report.js'
import { formatCount, formatDuration } from '../report/text/numbers.js'
import type { CarriedOut } from './carry-out.js'
import type { Stops } from './controller.js'
import type { ControllerContext } from './controller-context.js'
import { begin, reopen, resume } from './deeds.js'
import { concernOf, findDifference } from './find-difference.js'
import { findWait, type Wait } from './find-wait.js'
import { findsWork } from './finds-work.js'
import { hasAchieved } from './has-achieved.js'
import { imposeHolds } from './impose-holds.js'
import { keyOf, signatureOf } from './memory.js'
import { inPart, PartError } from './part-error.js'
import type { Proposal } from './planning.js'
import type { Observation } from './read-snapshot.js'
import type { RoundOutcome, RoundReport } from './round-report.js'
import type { Unsettled } from './stability.js'
import { Touched } from './touched.js'
import { describeWait, formatWait } from './voice.js'

interface Ending {
  readonly outcome: RoundOutcome
  readonly message: string
}

/** One round: the cluster is read, planned, compared, and changed, as far as each is due. */
export class Round {
  #plans = 0
  #drifts = 0
  /** Whether a plan of this round was cut short. */
  #isUnderWay = false
  readonly #touched = new Touched()
  #latest: { readonly problem: Problem; readonly result: Result } | null = null
  #execution: ExecutionReport | null = null
  /** Names what was planned last. */
  #key = ''

  constructor(
    private readonly context: ControllerContext,
    private readonly stops: Stops
  ) {}

  async run(): Promise<RoundReport> {
    const { clock, tally, voice } = this.context
    const at = clock.now()
    const ending = await this.#work().catch((fault: unknown) => this.#fail(fault))
    this.#touched.hold(this.context.holds, clock.now())
    const report: RoundReport = {
      ...ending,
      at,
      seconds: (clock.now() - at) / 1000,
      plans: this.#plans,
      ...this.#latest,
      ...(this.#execution === null ? {} : { execution: this.#execution })
    }
    tally.rounds.add(report.outcome)
    voice.tell({ kind: 'round', report })
    return report
  }

  async #work(): Promise<Ending> {
    const { policy, clock, memory, backoff } = this.context
    const until = backoff.until(clock.now())
    if (until !== null) {
      const rest = formatWait((until - clock.now()) / 1000)
      return { outcome: 'backing-off', message: `after failures nothing is done for ${rest} more` }
    }
    if (policy.mode === 'execute' && memory.mayHaveLeftovers) {
      const resumed = await this.#resume()
      if (resumed !== null) return resumed
    }
    let seen = await this.#look('reading')
    for (;;) {
      const reopened = await this.#reopen(seen)
      if (reopened !== null) return reopened
      const background = { own: this.#touched.deployments, isUnderWay: this.#isUnderWay }
      const outlook = findWait(seen.problem, this.context.stability, policy, clock.now(), background)
      if (outlook.wait !== null) return this.#wait(outlook.wait)
      const proposal = await this.#plan(seen, outlook.unsettled)
      if ('outcome' in proposal) return proposal
      if (policy.mode === 'recommend') return this.#recommend(proposal)
      const madeAt = clock.now()
      let next = await this.#look('comparing')
      let drift = this.#compare(seen, next, proposal)
      if (drift === null) {
        const carried = await begin(this.context, proposal, madeAt, this.stops)
        const ending = this.#judge(proposal, carried)
        if (ending !== null) return ending
        drift = carried.drift
        this.#isUnderWay = true
        next = await this.#look('reading')
      }
      if (drift !== null) {
        this.#noteDrift(drift)
        if (this.#drifts > policy.replanOnDrift) return this.#giveUp(drift)
      }
      seen = next
    }
  }

  /** Ends a plan that a former controller, or a journal that failed, has left half-done. */
  async #resume(): Promise<Ending | null> {
    const resumed = await resume(this.context, this.stops)
    if (resumed === null) return null
    const { problem, result, report, plan, drift, isStale } = resumed
    this.#latest = { problem, result }
    if (isStale && report.outcome === 'aborted' && !this.stops.soft.aborted) {
      this.#note(problem, result, report)
      return { outcome: 'executed', message: `what ${plan} had begun too long ago is ended` }
    }
    const ending = this.#judge(resumed, resumed)
    if (ending !== null) return ending
    if (drift !== null) this.#noteDrift(drift)
    return { outcome: 'executed', message: `what ${plan} had begun is ended; the rest is planned again` }
  }

  async #look(phase: 'reading' | 'comparing'): Promise<Observation> {
    const { context } = this
    const { clock, stability, holds, memory, tally, backoff } = context
    context.enter(phase)
    const seen = await inPart('read', () => context.observe(this.stops.soft))
    const now = clock.now()
    if (memory.isFirstReading) holds.derive(seen.problem, seen.startedAt, now)
    memory.isFirstReading = false
    memory.lookAtGivenBack(seen.problem)
    for (const node of stability.take(seen.problem, now)) {
      if (!this.#touched.nodes.has(node)) holds.holdNode(node, now)
    }
    tally.countObserved(seen.problem)
    backoff.succeed('looking')
    return seen
  }

  async #reopen(seen: Observation): Promise<Ending | null> {
    const { policy, memory, clock } = this.context
    if (policy.mode !== 'execute') return null
    const stays = new Set(seen.problem.nodes.filter(({ mustEmpty }) => mustEmpty).map(({ id }) => id))
    for (const [node, at] of memory.reopened) if (clock.now() - at >= REOPEN_AGAIN_MS) memory.reopened.delete(node)
    // One that is closed all the same is left to others for a while.
    const isLeft = (node: string) => stays.has(node) || memory.reopened.has(node) || memory.givenBack.has(node)
    const nodes = seen.ownCordons.filter((node) => !isLeft(node))
    if (nodes.length === 0) return null
    const opened = await reopen(this.context, seen, nodes, this.stops)
    return opened.length === 0 ? null : { outcome: 'reopened', message: `opened ${opened.join(', ')}` }
  }

  #wait(wait: Wait): Ending {
    const { reason, subject, remainingSeconds } = wait
    const { memory, voice } = this.context
    memory.unsettled = []
    if (memory.isNews('wait', `${reason} ${subject}`)) voice.tell({ kind: 'waiting', ...wait })
    return { outcome: 'unstable', message: describeWait(subject, reason, remainingSeconds) }
  }

  /** Plans what is not held. Gives the end of the round where nothing is to be done. */
  async #plan(seen: Observation, unsettled: readonly Unsettled[]): Promise<Proposal | Ending> {
    const { context } = this
    const { clock, holds, memory, planning, policy, tally, voice } = context
    context.enter('planning')
    memory.isNews('wait', '')
    const held = holds.at(clock.now())
    memory.unsettled = unsettled
    const ids = (items: readonly { readonly id: string }[]) => items.map(({ id }) => id)
    const changing = new Set(ids(unsettled))
    const problem = imposeHolds(seen.problem, {
      deployments: new Set([...ids(held.deployments), ...changing]),
      nodes: new Set(ids(held.nodes)),
      givenBack: memory.givenBack,
      unsettled: changing,
      replicas: this.#touched.replicas
    })
    this.#key = keyOf(problem)
    const known = this.#touched.migrations === 0 ? memory.recall(this.#key) : null
    if (known !== null) {
      this.#latest = { problem: known.problem, result: known.result }
      return { outcome: known.outcome, message: known.message }
    }
    const began = clock.now()
    const proposal = await inPart('plan', () => {
      const isWork = findsWork(
        problem,
        new Set(unsettled.flatMap(({ id, unrest }) => (unrest === 'in-flight' ? [id] : [])))
      )
      return planning.propose(
        problem,
        { spent: this.#touched.migrations, start: memory.start, isWork },
        this.stops.soft
      )
    })
    const { verdict, reason, result } = proposal
    tally.planningMs += clock.now() - began
    tally.plans++
    this.#plans++
    this.#latest = { problem: proposal.problem, result }
    memory.start = result
    const { savingPerHour } = tally.countPlan(proposal.problem, result, clock.now())
    voice.tell({ kind: 'planned', problem: proposal.problem, result, savingPerHour })
    if (verdict === 'do') {
      if (policy.mode === 'execute') memory.isNews('plan', '')
      return proposal
    }
    memory.conclude(this.#key, { outcome: verdict, message: reason, problem: proposal.problem, result }, proposal)
    if (memory.isNews('plan', verdict)) voice.tell({ kind: 'kept', verdict, reason })
    return { outcome: verdict, message: reason }
  }

  #recommend(proposal: Proposal): Ending {
    const { memory, voice, tally } = this.context
    const { problem, result } = proposal
    const savingPerHour = tally.lastPlan?.savingPerHour ?? 0
    const ending = { outcome: 'recommended', message: 'there is a plan that is worth it' } as const
    memory.conclude(this.#key, { ...ending, problem, result }, proposal)
    if (memory.isNews('plan', signatureOf(problem, result))) {
      voice.tell({ kind: 'recommended', problem, result, savingPerHour })
    }
    return ending
  }

  /** What has changed since the cluster was planned; null: the plan still holds. */
  #compare(seen: Observation, next: Observation, { problem, result }: Proposal): string | null {
    const { policy, clock, tally } = this.context
    const age = (clock.now() - (tally.lastPlan?.at ?? 0)) / 1000
    if (age > policy.maxPlanAgeSeconds) return `the plan is ${formatDuration(Math.round(age))} old`
    const concern = policy.stabilityScope === 'deployment' ? concernOf(problem, result) : undefined
    return findDifference(seen.problem, next.problem, concern)
  }

  /** How a plan that was carried out ends the round; null: it was cut short, by a change or by its time, and is planned again. */
  #judge(
    { problem, result }: Pick<Proposal, 'problem' | 'result'>,
    { report, drift, isOverdue }: CarriedOut
  ): Ending | null {
    const { backoff, memory, policy } = this.context
    this.#note(problem, result, report)
    if (report.outcome === 'completed' || hasAchieved(result, report)) memory.futileOverruns = 0
    const { outcome, firstFault, halt, journalFault } = report
    if (this.stops.soft.aborted) return { outcome: 'stopped', message: `stopped: ${report.plan} ${outcome}` }
    if (outcome === 'completed') {
      backoff.succeed('doing')
      return { outcome: 'executed', message: `${report.plan} is carried out` }
    }
    // Whatever else has happened: what a journal does not keep must not be followed by another plan at once.
    if (journalFault !== null) throw new PartError('journal', journalFault)
    if (drift !== null) return null
    if (isOverdue) {
      if (!hasAchieved(result, report)) memory.futileOverruns++
      if (memory.futileOverruns <= policy.replanOnDrift) return null
      const times = formatCount(memory.futileOverruns, 'execution')
      const limit = formatDuration(policy.executionSeconds)
      throw new PartError('execution', `${times} in a row took longer than ${limit} and got nothing done`)
    }
    throw new PartError('execution', halt?.message ?? firstFault?.message ?? `${report.plan} ${outcome}`)
  }

  #note(problem: Problem, result: Result, report: ExecutionReport): void {
    this.#execution = report
    this.#touched.note(problem, result, report)
  }

  #noteDrift(reason: string): void {
    const { tally, voice } = this.context
    this.#drifts++
    tally.drifts++
    voice.tell({ kind: 'drifted', reason })
  }

  #giveUp(reason: string): Ending {
    this.#backOff('doing')
    return { outcome: 'drifted', message: `the cluster changed under every plan, at last: ${reason}` }
  }

  #fail(fault: unknown): Ending {
    if (this.stops.soft.aborted) return { outcome: 'stopped', message: 'stopped by the signal' }
    const { part, message } = fault instanceof PartError ? fault : new PartError('plan', fault)
    const { tally, voice } = this.context
    tally.failures.add(part)
    voice.tell({ kind: 'failed', part, reason: message })
    this.#backOff(part === 'read' || part === 'plan' ? 'looking' : 'doing')
    return { outcome: 'failed', message: `${part} failed: ${message}` }
  }

  #backOff(kind: 'looking' | 'doing'): void {
    const { backoff, clock, voice } = this.context
    const seconds = backoff.fail(kind, clock.now())
    voice.tell({ kind: 'backing-off', failures: backoff.failures, seconds })
  }
}

/** A node that is still closed after it was opened is tried again after so long. */
const REOPEN_AGAIN_MS = 600_000
