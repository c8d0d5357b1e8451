import type { Problem } from '../../models/contract/problem.js'
import type { Result } from '../../models/contract/result.js'
import type { ExecutionReport } from '../execution/report.js'

/**
 * How a round ended. `backing-off`, `unstable`: nothing was planned. `nothing-better`, `gated`, `infeasible`: a plan was looked for, and
 * none is worth it. `recommended`: there is one, and the mode is to say so. `executed`: it was carried out. `reopened`: nodes were
 * opened that a plan of before had left closed. `drifted`: the cluster changed under every plan. `failed`: something did not answer or was
 * wrong, or moves failed. `stopped`: by a signal.
 */
export type RoundOutcome = (typeof roundOutcomes)[number]

export const roundOutcomes = [
  'backing-off',
  'unstable',
  'nothing-better',
  'gated',
  'infeasible',
  'recommended',
  'executed',
  'reopened',
  'drifted',
  'failed',
  'stopped'
] as const

/** What became of a round. */
export interface RoundReport {
  readonly outcome: RoundOutcome
  /** Why, for people. */
  readonly message: string
  /** When it began, in milliseconds of the clock, and how many seconds it took. */
  readonly at: number
  readonly seconds: number
  /**
   * How often it was planned: more than once where the cluster changed under a plan; 0 where it is what it was when a plan was looked for
   * last, and the answer is the same.
   */
  readonly plans: number
  /** What was planned last, with what is held in place for now. */
  readonly problem?: Problem
  readonly result?: Result
  /** How carrying it out ended. */
  readonly execution?: ExecutionReport
}
