import { stayIsLegal } from '../../models/checker/broken-rules.js'
import type { Step } from '../../models/contract/plan.js'
import type { Problem } from '../../models/contract/problem.js'
import type { Result } from '../../models/contract/result.js'
import type { Clock } from '../execution/clock.js'
import type { CompactOptions } from '../options.js'
import type { ControllerParts } from './controller.js'
import type { Policy } from './policy.js'
import { findObjection, imposeGate } from './strict-gate.js'
import { askWithin } from './time-limit.js'

/** What came of planning. */
export interface Proposal {
  /** do: it is worth it, or has to be. */
  readonly verdict: 'do' | 'nothing-better' | 'gated' | 'infeasible'
  /** Why it is not worth it; empty where it is. */
  readonly reason: string
  /** What was planned: with the gate of the policy. */
  readonly problem: Problem
  readonly result: Result
  /** Whether nothing better would come of planning the same again. */
  readonly isFinal: boolean
}

/** Under which circumstances something is planned. */
export interface Circumstances {
  /** Migrations that count against the limit of the round already. */
  readonly spent: number
  /** What was found before for much the same, so that a small change of the cluster does not give an altogether different plan. */
  readonly start: Result | null
  /** Whether a step is worth a plan of its own: waiting for what is under way anyhow is not. */
  readonly isWork: (step: Step) => boolean
}

/** A planner that does not keep to its time limit is given so much more of it before it has failed: shares, and milliseconds. */
const GRACE = { share: 1, ms: 30_000 }

const TOLERANCE = 1e-9

/** Plans clusters, and says of plans whether they are worth it. */
export class Planning {
  constructor(
    private readonly compact: NonNullable<ControllerParts['compact']>,
    private readonly policy: Policy,
    private readonly clock: Clock
  ) {}

  /** Plans a cluster of which some is held already. */
  async propose(given: Problem, { spent, start, isWork }: Circumstances, signal: AbortSignal): Promise<Proposal> {
    const { gate, maxMigrationsPerRound: most, executableOn } = this.policy
    const problem = imposeGate(given, gate)
    const limit = most === null ? {} : { maxMigrations: Math.max(0, most - spent) }
    // Drains begin where the cluster is, and take no start.
    const from = executableOn !== null || start === null || start.primalStatus === 'none' ? {} : { start }
    const result = await this.#ask(problem, { ...limit, ...from }, signal)
    const isFinal = result.termination === 'optimal' || result.termination === 'gap-limit'
    if (result.primalStatus === 'none') {
      const parts = result.explanation.conflict?.map(({ message }) => message) ?? []
      const reason = parts.length === 0 ? 'nothing satisfies the Problem' : parts.slice(0, 2).join('; ')
      return { verdict: 'infeasible', reason, problem, result, isFinal }
    }
    const objection = findObjection(given, result, gate)
    if (objection === null) return this.#weigh({ problem, result, isFinal }, isWork)
    // What need not move for money may have to for other reasons; and what needs no move is done all the same.
    const staying = await this.#ask(problem, { maxMigrations: 0 }, signal)
    const isGood = staying.primalStatus === 'feasible' && !leavesMore(staying, result)
    if (isGood && staying.plan.steps.some(isWork)) {
      return { verdict: 'do', reason: '', problem, result: staying, isFinal: false }
    }
    if (isGood || stayIsLegal(given)) return { verdict: 'gated', reason: objection, problem, result, isFinal }
    return { verdict: 'do', reason: '', problem, result, isFinal }
  }

  /** The cluster as it is, as a plan: for drivers that are made for one. */
  stay(problem: Problem, signal: AbortSignal): Promise<Result> {
    return this.#ask(problem, { maxMigrations: 0, solver: 'greedy' }, signal)
  }

  #weigh(
    { problem, result, isFinal }: Pick<Proposal, 'problem' | 'result' | 'isFinal'>,
    isWork: Circumstances['isWork']
  ): Proposal {
    if (result.plan.steps.some(isWork)) return { verdict: 'do', reason: '', problem, result, isFinal }
    const isGated = result.explanation.nodes?.some(({ code }) => code === 'gate') === true
    const said = result.explanation.notes?.find((note) => note.startsWith('the gate forbids'))
    return isGated || said !== undefined
      ? { verdict: 'gated', reason: said ?? 'the gate forbids what would save', problem, result, isFinal }
      : { verdict: 'nothing-better', reason: 'nothing cheaper was found', problem, result, isFinal }
  }

  #ask(problem: Problem, options: CompactOptions, signal: AbortSignal): Promise<Result> {
    const { timeLimitMs, executableOn } = this.policy
    const most = timeLimitMs * (1 + GRACE.share) + GRACE.ms
    const restriction = executableOn === null ? {} : { executableOn }
    const ask = (own: AbortSignal) => this.compact(problem, { timeLimitMs, ...restriction, ...options, signal: own })
    return askWithin('the planner', ask, most, this.clock, signal)
  }
}

/** Whether an answer leaves anything more broken, or more without a place, than another. */
function leavesMore(one: Result, other: Result): boolean {
  if (one.unplaced.length > other.unplaced.length) return true
  const amountOf = ({ violations }: Result, code: string, where: string) =>
    violations.find((violation) => violation.code === code && violation.where === where)?.amount ?? 0
  return one.violations.some(({ code, where, amount }) => amount > amountOf(other, code, where) + TOLERANCE)
}
