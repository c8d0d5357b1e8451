import type { ProblemInput } from '../../models/contract/problem.js'

/** A moment: a Date, ISO 8601, or milliseconds of the controller's clock. */
export type Moment = Date | string | number

/** The cluster as it is now, and what a Problem cannot say of it. */
export interface Snapshot {
  readonly problem: ProblemInput
  /** When replicas were started, by id: cool-downs follow from it after a restart. What is not known is left out. */
  readonly startedAt?: ReadonlyMap<string, Moment> | Readonly<Record<string, Moment>>
  /** Ids of nodes that are closed because a plan closed them: without a plan under way they are opened again. */
  readonly ownCordons?: readonly string[]
}
