import type { Result, Violation } from '../../../models/contract/result.js'
import { formatCount } from './numbers.js'
import { renderViolations } from './remarks.js'
import { plainStyle, type Style } from './style.js'

const MOST_VIOLATIONS = 20

/** What the independent checker says of a Result, for people: one line, one more of a bound that was recomputed, or the violations. */
export function renderVerdict(
  result: Result,
  violations: readonly Violation[],
  confirmedBound: number | null = null,
  style: Style = plainStyle
): string {
  if (violations.length > 0) return `${renderViolations(violations, style, MOST_VIOLATIONS).join('\n')}\n`
  const checked = [
    `${formatCount(result.placement.length, 'replica')} in place`,
    formatCount(result.plan.steps.length, 'migration step')
  ].join(', ')
  const valid = `${style.good('Valid')}: ${checked}, safe in every order that they allow.\n`
  if (confirmedBound === null) return valid
  return `${valid}${style.good('Proven')}: ${describeProof(result, confirmedBound)}\n`
}

/** What the certificate says, and where the Result says more. */
function describeProof({ bound, certificate }: Result, confirmed: number): string {
  const { maxMigrations, maxMoveCost } = certificate ?? {}
  const within = [
    ...(maxMigrations === undefined ? [] : [` with ${formatCount(maxMigrations, 'migration')} at most`]),
    ...(maxMoveCost === undefined ? [] : [` with a move cost of ${maxMoveCost} at most`])
  ].join(' and')
  const stated = bound?.total ?? 0
  const open =
    stated > confirmed + 1e-6 * Math.max(1, stated) ? `; that none has less than ${stated} is not certified` : ''
  return `no placement${within} has an objective below ${confirmed}, recomputed without a solver${open}.`
}
