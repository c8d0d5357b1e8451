import type { Decisions } from '../../../models/contract/decisions.js'
import type { Problem } from '../../../models/contract/problem.js'
import type { Result } from '../../../models/contract/result.js'
import { compact } from '../../compact.js'
import type { CompactOptions, Progress } from '../../options.js'
import { checkResult, type Verdict } from '../../result/check-result.js'
import type { Verdicts } from '../../review/revise/read-decisions.js'
import { revise } from '../../review/revise/revise.js'
import type { WhyOptions } from '../../review/why/options.js'
import type { WhyAnswer } from '../../review/why/why.js'
import type { TellInquiry } from '../inquiry/inquiry.js'
import { throttle } from './throttle.js'
import { NO_DECISIONS } from './verdicts.js'

/** What the page says of how it is to be solved. */
export type PlanOptions = Pick<CompactOptions, 'timeLimitMs' | 'threads'>

/** A Result, and what the independent checker says of it. */
export interface CheckedResult {
  readonly result: Result
  readonly verdict: Verdict
}

export type TellProgress = (progress: Progress) => void

/**
 * Plans one Problem at a time. A run that is still under way is abandoned when another one begins; what is abandoned gives null.
 */
export interface Planner {
  /**
   * Plans from the last Result on, where there is one, and keeps to what that is restricted to; what was decided on its moves holds on, as far as
   * the moves are still there.
   */
  plan(
    problem: Problem,
    last: Result | null,
    options: PlanOptions,
    onProgress: TellProgress
  ): Promise<CheckedResult | null>
  /** Decides on single moves of a Result, and solves again from there. */
  revise(
    problem: Problem,
    result: Result,
    verdicts: Verdicts,
    options: PlanOptions,
    onProgress: TellProgress
  ): Promise<CheckedResult | null>
  /** Why a node stays, the plan costs what it does, or there is none; and what would change that. null: it was dropped. */
  ask(
    problem: Problem,
    result: Result,
    options: Pick<WhyOptions, 'node' | 'threads' | 'timeLimitMs'>,
    onProgress: TellInquiry
  ): Promise<WhyAnswer | null>
  /** What the checker says of a Result that somebody else made. */
  check(problem: Problem, result: Result): Promise<CheckedResult>
  /** Ends the run with the best so far. */
  interrupt(): void
  /** Ends the run with nothing. */
  abandon(): void
  /** Ends what is asked, if anything is. */
  dropInquiry(): void
}

/** So often progress is told at most: more is not seen, and costs the page its time. */
const TELL_EVERY_MS = 100

/** So long the decisions of before may take to hold on in another plan. */
const CARRY_MS = 3000

export function createPlanner(): Planner {
  let stop: AbortController | null = null
  let stopInquiry: AbortController | null = null
  let interrupt: () => void = () => {}

  /** Runs what can be abandoned; the last that began is the one that counts. */
  const run = async <Value, News>(
    onProgress: (news: News) => void,
    work: (signal: AbortSignal, tell: (news: News) => void) => Promise<Value>
  ): Promise<Value | null> => {
    stop?.abort()
    const own = new AbortController()
    stop = own
    stopInquiry = null
    interrupt = () => {}
    const tell = throttle(onProgress, TELL_EVERY_MS)
    try {
      const value = await work(own.signal, tell.call)
      return own.signal.aborted ? null : value
    } catch (error) {
      if (own.signal.aborted) return null
      throw error
    } finally {
      tell.flush()
    }
  }
  return {
    plan: (problem, last, options, onProgress) =>
      run(onProgress, async (signal, tell) => {
        // Drains begin where the cluster is, and take no start.
        const restriction = last?.solve.executableOn
        const start = last === null ? {} : restriction === undefined ? { start: last } : { executableOn: restriction }
        const planning = compact(problem, { ...options, ...start, signal, onProgress: tell })
        interrupt = () => planning.interrupt()
        const result = await planning
        const carried = carryDecisions(result, last?.explanation.decisions ?? NO_DECISIONS)
        if (carried === null) return check(problem, result)
        const again = { threads: options.threads ?? 1, timeLimitMs: CARRY_MS, trustBound: true, signal }
        const { result: revised } = await revise(problem, carried, {}, again)
        return check(problem, revised)
      }),
    revise: (problem, result, verdicts, options, onProgress) =>
      run(onProgress, async (signal, onProgress) => {
        const revision = await revise(problem, result, verdicts, { ...options, trustBound: true, signal, onProgress })
        return check(problem, revision.result)
      }),
    ask: (problem, result, options, onProgress) =>
      run(onProgress, async (signal, onProgress) => {
        stopInquiry = stop
        const { why } = await import('../../review/why/why.js')
        return await why(problem, result, { ...options, signal, onProgress })
      }),
    check: async (problem, result) => check(problem, result),
    interrupt: () => interrupt(),
    abandon: () => stop?.abort(),
    dropInquiry: () => stopInquiry?.abort()
  }
}

function check(problem: Problem, result: Result): CheckedResult {
  return { result, verdict: checkResult(problem, result) }
}

/** A Result that carries the decisions of before; null where there are none. Moves that it does not make cannot be accepted any more. */
function carryDecisions(result: Result, { accept, reject, pin }: Decisions): Result | null {
  if (result.primalStatus === 'none' || accept.length + reject.length + pin.length === 0) return null
  const nodes = new Map(result.placement.map(({ replica, node }) => [replica, node]))
  const decisions = { accept: accept.filter(({ replica, node }) => nodes.get(replica) === node), reject, pin }
  return { ...result, explanation: { ...result.explanation, decisions } }
}
