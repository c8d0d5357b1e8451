import { availableThreads } from '#spawn'
import { describeValue, formatPath } from '../models/contract/describe-input.js'
import type { InputIssue } from '../models/contract/input-issues.js'
import { InputError } from '../models/contract/parse.js'
import type {
  Assignment,
  AssumedDevices,
  HeadroomAssignment,
  NewNode,
  PlacementInput,
  Producer,
  UnplacedReplica
} from '../models/contract/placement.js'
import type { ObjectiveValue, Result } from '../models/contract/result.js'
import type { Unchecked } from '../models/contract/unchecked.js'
import { type CostSearchName, costSearches } from './search/search-record.js'
import { portfolio, type SolverName } from './solvers/portfolio.js'

/** What the option `solver` may be. auto: every solver, each where those before it cannot; greedy: none. */
export type SolverChoice = 'auto' | SolverName | 'greedy'

export const solverChoices: readonly SolverChoice[] = ['auto', ...portfolio, 'greedy']

/** Whose means of moving replicas a plan may be restricted to. */
export type ExecutableOn = 'ray'

export const executableOnChoices: readonly ExecutableOn[] = ['ray']

/** How a Problem is solved. Everything may be left out. */
export interface CompactOptions {
  /** Wall time of the whole call in milliseconds. Default 10,000; with a work limit none. */
  readonly timeLimitMs?: number
  /** Stop when the placement is proven to be within this share of the optimum. Default 1e-4. */
  readonly relativeGap?: number
  /** Whole number; the same seed makes the same choices. Default 1. */
  readonly seed?: number
  /**
   * Units of work instead of a clock: the same Result for the same seed, but for its seconds, on any machine, under any load and with
   * any number of threads. A unit is about a millisecond of one core, and more threads are no faster. With a time limit beside it, the
   * first of both ends the search, and the clock may decide. Solvers: highs and greedy. Default: none; then the time limit counts.
   */
  readonly workLimit?: number
  /** Worker threads. Default: the cores of the machine, 8 at most. */
  readonly threads?: number
  /**
   * `highs` is the strongest; `glpk`, the package `glpk.js`, is used where you installed it; `javascript-lp-solver` is for the
   * smallest clusters; `greedy` answers in milliseconds without a solver. Default `auto`: the first of them that there is.
   */
  readonly solver?: SolverChoice
  /**
   * Which searches for the cheapest placement may run beside greedy, as named in `solve.searches`: to see what each is good for. Default:
   * all of them.
   */
  readonly searches?: readonly CostSearchName[]
  /**
   * Only what this can execute is planned. `ray`: stock Ray Serve has no way to move one replica or to choose its node; nodes are drained as a
   * whole, one after the other, and Serve's own rule says where the replacements start. Default: no restriction.
   */
  readonly executableOn?: ExecutableOn
  /** With the Problem's own budget the smaller counts. */
  readonly maxMigrations?: number
  readonly maxMoveCost?: number
  /**
   * A Result of before, or a placement that somebody else made: the search begins with it, and returns nothing worse. What the
   * Problem does not know of it is passed over, and `explanation.notes` says so.
   */
  readonly start?: Unchecked<PlacementInput | Result>
  /** Whether `solve.profile` of the Result says where the time went. Default false. */
  readonly profile?: boolean
  /**
   * Whether the Result has a `certificate`: what proves its bound, for `verifyResult` and `verify` to recompute without a solver. Default
   * false.
   */
  readonly certificate?: boolean
  /** An abort rejects the call with the signal's reason. */
  readonly signal?: AbortSignal
  /** Called when a phase begins, and when incumbent or bound improve. */
  readonly onProgress?: (progress: Progress) => void
  /**
   * Makes a worker where a bundler does not find it by itself. Pass the same function every time: its workers stay warm for later
   * calls, and another function gets others. It must run `solver-worker.js` of this package, in Node `solver-worker.node.js`.
   */
  readonly createWorker?: () => WorkerLike
}

/** A `Worker` of the platform: that of browsers, or that of `node:worker_threads`. */
export interface WorkerLike {
  postMessage(message: unknown): void
  terminate(): unknown
}

/** Where a run is. */
export interface Progress {
  readonly elapsedMs: number
  readonly phase: 'greedy' | 'placement' | 'moves' | 'sequence' | 'check'
  /** Of the best placement so far; Infinity before there is one. */
  readonly costPerHour: number
  /** Proven lower bound on the primary objective. */
  readonly bound: number
  /** Infinity before there is a placement. */
  readonly gap: number
  readonly migrations: number
}

/** A placement that is better than all before it. The last comes once more when the bound has risen since: with the final one. */
export interface IncumbentUpdate {
  readonly elapsedMs: number
  readonly objective: ObjectiveValue
  /** Proven lower bound on `objective.total` by then. */
  readonly bound: number
  readonly gap: number
  readonly producer: Producer
  /** With the four below it, what `verifyPlacement` takes; all of them as in a Result. */
  readonly placement: readonly Assignment[]
  readonly assumedDevices: readonly AssumedDevices[]
  readonly headroom: readonly HeadroomAssignment[]
  readonly newNodes: readonly NewNode[]
  readonly unplaced: readonly UnplacedReplica[]
}

export type ResolvedOptions = Required<Omit<CompactOptions, Optional>> & Pick<CompactOptions, Optional>

/** What has no default. */
type Optional = 'signal' | 'onProgress' | 'createWorker' | 'maxMigrations' | 'maxMoveCost' | 'start' | 'executableOn'

const OPTIONS = Object.keys({
  timeLimitMs: true,
  relativeGap: true,
  seed: true,
  workLimit: true,
  threads: true,
  solver: true,
  searches: true,
  executableOn: true,
  maxMigrations: true,
  maxMoveCost: true,
  start: true,
  profile: true,
  certificate: true,
  signal: true,
  onProgress: true,
  createWorker: true
} satisfies Record<keyof CompactOptions, true>)

/** Whether a value is an AbortSignal, of whatever realm, as far as anybody here asks for it. */
export function isSignal(value: unknown): value is AbortSignal {
  if (typeof value !== 'object' || value === null) return false
  const { aborted, addEventListener, removeEventListener, throwIfAborted } = value as Partial<AbortSignal>
  const methods = [addEventListener, removeEventListener, throwIfAborted]
  return typeof aborted === 'boolean' && methods.every((method) => typeof method === 'function')
}

/** Options as they were given; none where nothing was. Throws InputError for what is no object. */
export function optionsOf<Options extends object>(given: Options | null | undefined): Partial<Options> {
  const options = given ?? {}
  if (typeof options === 'object' && !Array.isArray(options)) return options
  throw new InputError('options', [{ path: '', found: describeValue(options), expected: 'an object of options' }])
}

/** Fills in the defaults. Throws InputError with every option that is unknown or out of range. */
export function resolveOptions(
  given: CompactOptions | null | undefined,
  known: readonly string[] = OPTIONS
): ResolvedOptions {
  const options = optionsOf(given)
  const issues: InputIssue[] = Object.keys(options)
    .filter((name) => !known.includes(name))
    .map((name) => ({ path: formatPath([name]), found: 'an unknown option', expected: `one of ${known.join(', ')}` }))
  const expect = (path: keyof CompactOptions, holds: (value: number) => boolean, expected: string) => {
    const value = options[path]
    if (value === undefined || (typeof value === 'number' && holds(value))) return
    issues.push({ path, found: describeValue(value), expected })
  }
  const isWhole = (least: number) => (value: number) => Number.isSafeInteger(value) && value >= least
  expect('timeLimitMs', (value) => value > 0, 'a number of milliseconds above 0')
  expect('relativeGap', (value) => value >= 0 && value < 1, 'a number from 0 up to 1')
  expect('seed', isWhole(0), 'a whole number of at least 0')
  expect('workLimit', (value) => value > 0, 'a number of units above 0')
  expect('threads', (value) => isWhole(1)(value) && value <= 256, 'a whole number from 1 to 256')
  expect('maxMigrations', isWhole(0), 'a whole number of at least 0')
  expect('maxMoveCost', (value) => value >= 0 && Number.isFinite(value), 'a number of at least 0')
  if (options.solver !== undefined && !solverChoices.includes(options.solver)) {
    issues.push({
      path: 'solver',
      found: describeValue(options.solver),
      expected: `one of ${solverChoices.join(', ')}`
    })
  }
  const { searches = costSearches } = options
  if (!Array.isArray(searches) || !searches.every((name) => costSearches.includes(name))) {
    issues.push({
      path: 'searches',
      found: describeValue(searches),
      expected: `an array of ${costSearches.join(', ')}`
    })
  }
  if (options.executableOn !== undefined && !executableOnChoices.includes(options.executableOn)) {
    issues.push({
      path: 'executableOn',
      found: describeValue(options.executableOn),
      expected: `one of ${executableOnChoices.join(', ')}`
    })
  }
  for (const path of ['onProgress', 'createWorker'] as const) {
    const value = options[path]
    if (value === undefined || typeof value === 'function') continue
    issues.push({ path, found: describeValue(value), expected: 'a function' })
  }
  for (const path of ['profile', 'certificate'] as const) {
    const value = options[path]
    if (value === undefined || typeof value === 'boolean') continue
    issues.push({ path, found: describeValue(value), expected: 'true or false' })
  }
  if (options.signal !== undefined && !isSignal(options.signal)) {
    issues.push({ path: 'signal', found: describeValue(options.signal), expected: 'an AbortSignal' })
  }
  if (issues.length > 0) throw new InputError('options', issues)
  const { workLimit = Number.POSITIVE_INFINITY } = options
  return {
    ...options,
    timeLimitMs: options.timeLimitMs ?? (Number.isFinite(workLimit) ? Number.POSITIVE_INFINITY : 10_000),
    relativeGap: options.relativeGap ?? 1e-4,
    seed: options.seed ?? 1,
    workLimit,
    profile: options.profile ?? false,
    certificate: options.certificate ?? false,
    threads: options.threads ?? Math.min(8, availableThreads()),
    solver: options.solver ?? 'auto',
    searches
  }
}
