import { describeValue } from '../../models/contract/describe-input.js'
import type { InputIssue } from '../../models/contract/input-issues.js'
import type { MigrationLimits } from '../../models/contract/migration-options.js'
import { InputError } from '../../models/contract/parse.js'
import type { Plan, Step } from '../../models/contract/plan.js'
import { isSignal } from '../options.js'
import type { Clock } from './clock.js'
import type { Driver } from './driver.js'
import type { ExecutionEvent } from './events.js'
import { type Journal, memoryJournal } from './journal.js'
import type { Verb } from './step-record.js'
import { systemClock } from './system-clock.js'

/** How a plan is carried out. Everything may be left out. */
export interface ExecuteOptions {
  /** When aborted, no further migration is begun; those in flight are ended, drain and stop included. */
  readonly signal?: AbortSignal
  /** When aborted, everything stops at once, as in a crash: nothing is undone, and the journal goes on where it stood. */
  readonly abandon?: AbortSignal
  /**
   * Where it is kept what was done. With that of a plan that has ended, the report is given again at once, after a `finished` event;
   * nothing is done. Default: in memory, which survives no crash.
   */
  readonly journal?: Journal
  /** Run-time limits; null: none. Default: those of the plan, else 16 in flight, 2 starts per node, no limit per deployment. */
  readonly limits?: Partial<MigrationLimits>
  /** Told of everything as it happens. What it throws ends nothing; its first fault stands in the report. */
  readonly onEvent?: (event: ExecutionEvent) => void
  /**
   * Further attempts of everything a driver is asked for. A copy that is not ready in time is waited for again, and not started
   * anew. Default 2.
   */
  readonly retries?: number
  /** Milliseconds before the first further attempt, twice as many before each later one. Default 1000. */
  readonly backoffMs?: number
  /** A call has failed after so many times the planned duration of its step. Default 3. */
  readonly deadlineFactor?: number
  /** No call has failed earlier, in milliseconds. Default 60,000. */
  readonly leastDeadlineMs?: number
  /** After how many milliseconds a call has failed; in the place of both above. `undo`: taking the step back. */
  readonly deadlineMs?: (step: Step, verb: Verb) => number
  /** Whether a copy that does not drain in time is stopped all the same. Default false: both copies are kept. */
  readonly forceDrain?: boolean
  /** Of so many finished migrations, and at least 4, more than half must not have failed, or no further one is begun. Default 10. */
  readonly breakerWindow?: number
  /** When the plan was made, as a Date or in milliseconds of the clock: what is older than `validSeconds` is not begun. Default: not known. */
  readonly madeAt?: Date | number
  /**
   * A call that a journal has begun and not ended is sent again under its id, but not when it is older than so many milliseconds: the
   * driver may have forgotten it, and it counts as failed. Default 24 hours.
   */
  readonly unknownExpiresMs?: number
  /** Default: the machine's, in milliseconds since 1970. */
  readonly clock?: Clock
}

export interface ResolvedOptions {
  readonly signal: AbortSignal | undefined
  readonly abandon: AbortSignal | undefined
  readonly journal: Journal
  readonly limits: MigrationLimits
  readonly onEvent: ((event: ExecutionEvent) => void) | undefined
  readonly retries: number
  readonly backoffMs: number
  readonly deadlineMs: (step: Step, verb: Verb) => number
  readonly forceDrain: boolean
  readonly breakerWindow: number
  readonly madeAt: number | undefined
  readonly unknownExpiresMs: number
  readonly clock: Clock
}

const OPTIONS = Object.keys({
  signal: true,
  abandon: true,
  journal: true,
  limits: true,
  onEvent: true,
  retries: true,
  backoffMs: true,
  deadlineFactor: true,
  leastDeadlineMs: true,
  deadlineMs: true,
  forceDrain: true,
  breakerWindow: true,
  madeAt: true,
  unknownExpiresMs: true,
  clock: true
} satisfies Record<keyof ExecuteOptions, true>)

const LIMITS = ['inFlight', 'startsPerNode', 'perDeployment'] as const
const DAY_MS = 86_400_000

/** Fills in the defaults. Throws InputError with every option that is unknown or out of range. */
export function resolveExecuteOptions(options: ExecuteOptions, plan: Plan): ResolvedOptions {
  if (typeof options !== 'object' || options === null) {
    throw new InputError('options', [{ path: '', found: describeValue(options), expected: 'options' }])
  }
  const issues: InputIssue[] = Object.keys(options)
    .filter((name) => !OPTIONS.includes(name))
    .map((name) => ({ path: name, found: 'an unknown option', expected: `one of ${OPTIONS.join(', ')}` }))
  const expect = (path: string, value: unknown, holds: boolean, expected: string) => {
    if (value !== undefined && !holds) issues.push({ path, found: describeValue(value), expected })
  }
  const isWhole = (value: unknown, least: number) => Number.isSafeInteger(value) && (value as number) >= least
  const { signal, abandon, onEvent, retries, breakerWindow, deadlineMs, forceDrain, madeAt, journal, clock } = options
  for (const name of ['backoffMs', 'deadlineFactor', 'leastDeadlineMs', 'unknownExpiresMs'] as const) {
    const value = options[name] as number
    expect(name, value, value >= 0 && value < Number.POSITIVE_INFINITY, 'a finite number of at least 0')
  }
  expect('signal', signal, isSignal(signal), 'an AbortSignal')
  expect('abandon', abandon, isSignal(abandon), 'an AbortSignal')
  expect('onEvent', onEvent, typeof onEvent === 'function', 'a function')
  expect('deadlineMs', deadlineMs, typeof deadlineMs === 'function', 'a function')
  expect('forceDrain', forceDrain, typeof forceDrain === 'boolean', 'true or false')
  expect('retries', retries, isWhole(retries, 0), 'a whole number of at least 0')
  expect('breakerWindow', breakerWindow, isWhole(breakerWindow, 1), 'a whole number of at least 1')
  expect('madeAt', madeAt, Number.isFinite(Number(madeAt)), 'a Date, or milliseconds')
  expect('journal', journal, hasMethods(journal, ['read', 'append']), 'a Journal { read, append }')
  expect('clock', clock, hasMethods(clock, ['now', 'sleep']), 'a Clock { now, sleep }')
  const { limits } = options
  if (limits !== undefined && (typeof limits !== 'object' || limits === null)) {
    expect('limits', limits, false, `an object with some of ${LIMITS.join(', ')}`)
  } else {
    for (const name of Object.keys(limits ?? {})) {
      const isKnown = (LIMITS as readonly string[]).includes(name)
      if (!isKnown)
        issues.push({ path: `limits.${name}`, found: 'an unknown limit', expected: `one of ${LIMITS.join(', ')}` })
    }
  }
  for (const name of LIMITS) {
    const limit = limits?.[name]
    expect(`limits.${name}`, limit, limit === null || isWhole(limit, 1), 'null or a whole number of at least 1')
  }
  if (issues.length > 0) throw new InputError('options', issues)
  const { deadlineFactor = 3, leastDeadlineMs = 60_000 } = options
  const given = Object.fromEntries(Object.entries(options.limits ?? {}).filter(([, limit]) => limit !== undefined))
  return {
    signal,
    abandon,
    onEvent,
    journal: journal ?? memoryJournal(),
    limits: { ...(plan.limits ?? { inFlight: 16, startsPerNode: 2, perDeployment: null }), ...given },
    retries: retries ?? 2,
    backoffMs: options.backoffMs ?? 1000,
    deadlineMs:
      (deadlineMs && checkedDeadline(deadlineMs)) ??
      (({ startSeconds, endSeconds }) =>
        Math.max(leastDeadlineMs, deadlineFactor * (endSeconds - startSeconds) * 1000)),
    forceDrain: forceDrain ?? false,
    breakerWindow: breakerWindow ?? 10,
    madeAt: madeAt === undefined ? undefined : Number(madeAt),
    unknownExpiresMs: options.unknownExpiresMs ?? DAY_MS,
    clock: clock ?? systemClock
  }
}

/** A deadline of the caller's; what is none ends the execution. */
function checkedDeadline(deadlineMs: NonNullable<ExecuteOptions['deadlineMs']>): ResolvedOptions['deadlineMs'] {
  return (step, verb) => {
    const milliseconds: unknown = deadlineMs(step, verb)
    if (typeof milliseconds === 'number' && milliseconds >= 0) return milliseconds
    const found = `${describeValue(milliseconds)} for ${verb} of ${step.id}`
    throw new InputError('options', [{ path: 'deadlineMs', found, expected: 'a number of milliseconds of at least 0' }])
  }
}

const VERBS = ['cordon', 'uncordon', 'provision', 'start', 'ready', 'shift', 'drain', 'stop', 'release'] as const

/** Throws InputError when something is missing of a driver: half-way would be too late to find out. */
export function checkDriver(driver: Driver): void {
  if (typeof driver !== 'object' || driver === null) {
    throw new InputError('driver', [{ path: '', found: describeValue(driver), expected: 'a Driver' }])
  }
  const missing = VERBS.filter((verb) => typeof driver[verb] !== 'function')
  if (missing.length === 0) return
  throw new InputError(
    'driver',
    missing.map((verb) => ({ path: verb, found: describeValue(driver[verb]), expected: 'a function' }))
  )
}

function hasMethods(value: unknown, names: readonly string[]): boolean {
  if (typeof value !== 'object' || value === null) return false
  return names.every((name) => typeof (value as Record<string, unknown>)[name] === 'function')
}
