import type { Problem } from '../../models/contract/problem.js'
import type { Result } from '../../models/contract/result.js'
import type { Clock } from '../execution/clock.js'
import type { Driver } from '../execution/driver.js'
import { execute } from '../execution/execute.js'
import type { Journal } from '../execution/journal.js'
import { describeFault } from '../execution/listener.js'
import type { ExecutionReport } from '../execution/report.js'
import type { Stops } from './controller.js'
import { findIntruder } from './find-intruder.js'
import { findKept, findOccupant } from './find-occupant.js'
import type { Policy } from './policy.js'
import type { Observation } from './read-snapshot.js'
import type { Tally } from './tally.js'
import { anySignal } from './time-limit.js'
import type { Voice } from './voice.js'

/** A plan that is to be carried out. */
export interface Errand {
  readonly plan: string
  readonly problem: Problem
  readonly result: Result
  readonly driver: Driver
  readonly journal: Journal
  /** When the plan was made, in milliseconds; left out: it has begun already. */
  readonly madeAt?: number
  /** Whether only what has begun is to be ended. */
  readonly isStale?: boolean
}

/** What watching a cluster takes. */
export interface Surroundings {
  readonly policy: Policy
  readonly clock: Clock
  readonly voice: Voice
  readonly tally: Tally
  /** Reads the cluster; rejects where that fails. */
  readonly observe: (signal: AbortSignal) => Promise<Observation>
}

/** How carrying a plan out ended. */
export interface CarriedOut {
  readonly report: ExecutionReport
  /** What changed in the cluster, so that it was ended early; null: nothing. */
  readonly drift: string | null
  /** Whether it was ended early because it took too long. */
  readonly isOverdue: boolean
}

/**
 * Carries a plan out, and ends it early where others fill a node that is being emptied, or where it takes too long: then nothing more is
 * begun, and what has begun is ended. Rejects as `execute` does.
 */
export async function carryOut(errand: Errand, around: Surroundings, stops: Stops): Promise<CarriedOut> {
  const { plan, result, driver, journal, madeAt, isStale } = errand
  const { policy, clock, voice, tally } = around
  const early = new AbortController()
  const over = new AbortController()
  const ends = anySignal(stops.soft, early.signal)
  let drift: string | null = null
  if (isStale === true) early.abort(new Error('it was begun too long ago'))
  let isOverdue = false
  const overdue = () => {
    isOverdue = !ends.signal.aborted
    voice.tell({ kind: 'overdue', plan, seconds: policy.executionSeconds })
    early.abort(new Error('it takes too long'))
  }
  void clock.sleep(policy.executionSeconds * 1000, over.signal).then(overdue, () => {})
  const watching = watch(errand, around, over.signal, (reason) => {
    drift = reason
    early.abort(new Error(reason))
  })
  try {
    const report = await execute(result, driver, {
      ...policy.execution,
      journal,
      clock,
      signal: ends.signal,
      abandon: stops.hard,
      breakerWindow: policy.breaker.window,
      ...(madeAt === undefined ? {} : { madeAt }),
      onEvent: (event) => {
        if (event.kind === 'step-failed') tally.stepFailures++
        voice.tell({ kind: 'execution', plan, event })
      }
    })
    const changed = report.outcome === 'changed' || report.outcome === 'expired'
    drift ??= changed
      ? (report.halt?.message ?? 'the plan is too old')
      : await findLanding(errand, around, report, ends.signal)
    return {
      report,
      drift,
      isOverdue: isOverdue && report.outcome === 'aborted'
    }
  } finally {
    over.abort()
    ends.release()
    await watching
  }
}

/** What has come to a node that was to be given back, and kept the plan from its end; null: nothing, or nobody can look. */
async function findLanding(
  { problem, result }: Errand,
  { observe }: Surroundings,
  report: ExecutionReport,
  signal: AbortSignal
): Promise<string | null> {
  const kept = findKept(result, report)
  if (kept === null) return null
  return observe(signal).then(
    (seen) => findOccupant(kept, problem, seen.problem),
    () => null
  )
}

/** Looks at the cluster again and again, until the execution is over or somebody has come whom the plan does not know. */
async function watch(
  { problem, result }: Errand,
  { policy, clock, observe, voice, tally }: Surroundings,
  over: AbortSignal,
  onDrift: (reason: string) => void
): Promise<void> {
  if (policy.watchSeconds === 0) return
  let isBlind = false
  while (!over.aborted) {
    try {
      await clock.sleep(policy.watchSeconds * 1000, over)
    } catch {
      return
    }
    try {
      const intruder = findIntruder(problem, result, (await observe(over)).problem)
      isBlind = false
      if (intruder === null) continue
      onDrift(intruder)
      return
    } catch (fault) {
      // An execution does not end because nobody can look: it compares by itself before each start.
      if (over.aborted || isBlind) continue
      isBlind = true
      tally.failures.add('read')
      voice.tell({ kind: 'failed', part: 'read', reason: describeFault(fault) })
    }
  }
}
