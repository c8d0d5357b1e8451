import type { Violation } from '../contract/result.js'

/** What can be wrong with a Result. The first ten are rules of the cluster, the others are about the answer itself. */
export type ViolationCode =
  | 'capacity'
  | 'devices'
  | 'max-replicas-per-node'
  | 'anti-affinity'
  | 'conflict'
  | 'affinity'
  | 'spread'
  | 'at-least'
  | 'must-empty'
  | 'headroom'
  /** A copy starts where its selector does not let it. */
  | 'selector'
  /** A copy starts on a node that accepts none, or none any more. */
  | 'closed-node'
  | 'pinned'
  | 'gang'
  | 'budget'
  /** Copies above the desired number. */
  | 'surge'
  /** Ready copies below the desired number. */
  | 'availability'
  /** Too much at once: migrations in flight, starts per node. */
  | 'limit'
  /** A way to carry out moves that the options do not allow. */
  | 'rung'
  /** Steps that do not wait for each other as they must. */
  | 'order'
  | 'timing'
  | 'release'
  | 'cordon'
  | 'provision'
  /** Too many or too few replicas placed or listed as unplaced. */
  | 'count'
  /** The plan does not end in the placement. */
  | 'end-state'
  /** More replicas move than need to. */
  | 'naming'
  /** An id that is unknown, or used twice. */
  | 'reference'
  | 'gate'
  /** Something that the Result says of itself and that is not so. */
  | 'claim'
  /** Freed amounts that do not pay for what the plan says they pay for. */
  | 'funding'
  /** A certificate that does not prove what it says. */
  | 'bound'

/** Notes down one violation. The amount is 1 where nothing is measured. */
export type Report = (code: ViolationCode, where: string, message: string, amount?: number) => void

/** Largest amount that a Result can carry. */
const LARGEST = 1e15
/** A hostile file must not cost more memory for its violations than for itself. */
const MOST_VIOLATIONS = 10_000

/** A list of violations and the function that fills it. */
export function collectViolations(): { violations: Violation[]; report: Report } {
  const violations: Violation[] = []
  const report: Report = (code, where, message, amount = 1) => {
    if (violations.length >= MOST_VIOLATIONS) return
    violations.push({ code, where, amount: Math.min(Math.max(amount, 0), LARGEST), message })
  }
  return { violations, report }
}
