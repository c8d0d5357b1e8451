import type { Problem, ProblemInput } from '../../models/contract/problem.js'
import type { Result } from '../../models/contract/result.js'
import type { Clock } from '../execution/clock.js'
import type { Driver } from '../execution/driver.js'
import type { Journal } from '../execution/journal.js'
import type { CompactOptions } from '../options.js'
import type { ControllerState } from './controller-state.js'
import type { ControllerEvent } from './events.js'
import type { PolicyInput } from './policy.js'
import type { RoundReport } from './round-report.js'
import type { Snapshot } from './snapshot.js'

/** Makes a driver for a plan. */
export type DriverMaker = (problem: Problem, result: Result) => Driver | Promise<Driver>

/**
 * Gives the journal of a plan. It is asked once at the beginning, with null, for the one that a former controller may have left, and
 * then for each plan. Always the same one will do; another one for each plan keeps them short. What it gives is closed after use,
 * where it has a `close`.
 */
export type JournalMaker = (plan: string | null) => Journal | Promise<Journal>

/** What a controller is made of. */
export interface ControllerParts {
  /** Observes the cluster. */
  readonly read: (signal: AbortSignal) => Promise<Snapshot | ProblemInput>
  /** Acts on it: a Driver, or one made for each plan. Needed only for the mode `execute`. */
  readonly driver?: Driver | DriverMaker
  readonly policy?: PolicyInput
  /** Keeps plans and how far they have come, so that after a crash the next controller goes on. Default: in memory. */
  readonly journal?: Journal | JournalMaker
  /** Default: the machine's. */
  readonly clock?: Clock
  /** Told of everything. What it throws ends nothing. */
  readonly onEvent?: (event: ControllerEvent) => void
  /** Plans. Default: `compact` of this package. */
  readonly compact?: (problem: Problem, options: CompactOptions) => PromiseLike<Result>
}

/** How a round is told to end: soft, it begins nothing more and ends what it has begun; hard, it leaves everything as it is. */
export interface Stops {
  readonly soft: AbortSignal
  readonly hard: AbortSignal
}

/** How a controller is ended at once. */
export interface StopOptions {
  /** When aborted, everything is left as it is, as in a crash: what was begun the next controller finds in journal and cluster. */
  readonly abandon?: AbortSignal
}

/** Reads a cluster, plans it, and carries the plan out, again and again. */
export interface Controller {
  /**
   * Rounds, one after the other, until the signal is aborted; then no migration is begun any more, those under way are ended, and it
   * resolves. It never rejects for what `read`, `driver`, `compact`, `journal` or `onEvent` do.
   */
  run(signal: AbortSignal, options?: StopOptions): Promise<void>
  /** One round: read, wait or plan, compare, carry out. What `run` does each interval. */
  step(signal?: AbortSignal, options?: StopOptions): Promise<RoundReport>
  /** Where it is: JSON. */
  state(): ControllerState
  /** OpenMetrics text, to be served as `application/openmetrics-text; version=1.0.0; charset=utf-8`. */
  metrics(): string
}
