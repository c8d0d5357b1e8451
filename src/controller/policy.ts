import type { ExecuteOptions } from '../execution/options.js'
import type { ExecutableOn } from '../options.js'

/** What a plan must be worth before anything moves. All of it must hold; 0, or null for the payback: that one is off. */
export interface GatePolicy {
  /** Share of the present cost per hour that is saved, from 0 to 1. Default 0.01. */
  readonly minSavingShare: number
  /** Money per hour that is saved. Default 0.1. */
  readonly minSavingPerHour: number
  /** Money per hour that is saved per migration. Default 0.01. */
  readonly minSavingPerMove: number
  /** Hours within which the saving repays the moves; null: off. Default 12. */
  readonly paybackHours: number | null
  /** Money for one unit of move cost, where the Problem states no price of its own. Default 0.05. */
  readonly moveCostPrice: number
}

/** For how long what has been moved is left alone, in seconds. */
export interface CooldownPolicy {
  /** A deployment of which a replica was moved: none of its replicas moves. Default 1800. */
  readonly deploymentSeconds: number
  /** A node that was filled, emptied, opened or got, and one that has just come: it keeps what it has, and is kept. Default 600. */
  readonly nodeSeconds: number
}

/** How long is waited after failures: twice as long after each further one. In seconds. */
export interface BackoffPolicy {
  /** Default 2. */
  readonly firstSeconds: number
  /** Default 3600. */
  readonly mostSeconds: number
}

/** How a controller decides. */
export interface Policy {
  /** recommend, the default: says what it would do, and never calls the driver. execute: does it. */
  readonly mode: 'recommend' | 'execute'
  /** Seconds from the end of a round to the next. Default 60. */
  readonly intervalSeconds: number
  /** For so many seconds nothing may have changed before anything is planned. Default 300. */
  readonly stabilitySeconds: number
  /**
   * Of what nothing may have changed. cluster, the default: of all of it, as Ray has it. deployment: what has changed lately is held
   * where it is, and the rest is planned.
   */
  readonly stabilityScope: 'cluster' | 'deployment'
  /**
   * What is done about replicas without a node. wait, the default: their scheduler places them, and meanwhile nothing is planned. place: those
   * that have waited for `stabilitySeconds` are placed by the plan.
   */
  readonly pending: 'wait' | 'place'
  readonly gate: GatePolicy
  readonly cooldown: CooldownPolicy
  /**
   * What plans are restricted to, as `compact` takes it. ray: what stock Ray Serve can execute, whole nodes drained one after the other, as
   * `rayDriver` wants it. null, the default: nothing.
   */
  readonly executableOn: ExecutableOn | null
  /** Migrations of one plan at most; the Problem's budget counts, too. null: no limit. Default 50. */
  readonly maxMigrationsPerRound: number | null
  /** Wall time of one planning in milliseconds. Default 10,000. */
  readonly timeLimitMs: number
  /** Seconds after which a `read` has failed, and a journal that is opened, read, written or closed. Default 60. */
  readonly readSeconds: number
  /** Seconds from the reading of the cluster to the beginning of the execution, at most; then it is planned again. Default 300. */
  readonly maxPlanAgeSeconds: number
  /** An execution that takes longer, in seconds, begins nothing more and ends what it has begun; the rest is planned again. Default 1800. */
  readonly executionSeconds: number
  /** How often the cluster is read while a plan is carried out, in seconds. Default 30. */
  readonly watchSeconds: number
  readonly backoff: BackoffPolicy
  /** No further migration is begun when more than half of the last `window` failed. Default 10. */
  readonly breaker: { readonly window: number }
  /**
   * So often in a row it is planned again at once where the cluster has changed under a plan, or where executions took too long and got
   * nothing done; then it backs off. Default 3.
   */
  readonly replanOnDrift: number
  /** How plans are carried out, as `execute` takes it. */
  readonly execution: Pick<
    ExecuteOptions,
    'retries' | 'backoffMs' | 'forceDrain' | 'limits' | 'deadlineFactor' | 'leastDeadlineMs' | 'unknownExpiresMs'
  >
}

/** A policy as it is given: what is left out has its default, inside the parts, too. */
export type PolicyInput = {
  readonly [Key in keyof Policy]?: Policy[Key] extends string | number | null ? Policy[Key] : Partial<Policy[Key]>
}
