import type { Result, Violation } from '../../../models/contract/result.js'
import { formatCount } from './numbers.js'
import { renderViolations } from './remarks.js'
import { plainStyle, type Style } from './style.js'

const MOST_VIOLATIONS = 20

/** What the independent checker says of a Result, for people: one line, or the violations. */
export function renderVerdict(result: Result, violations: readonly Violation[], style: Style = plainStyle): string {
  if (violations.length > 0) return `${renderViolations(violations, style, MOST_VIOLATIONS).join('\n')}\n`
  const checked = [
    `${formatCount(result.placement.length, 'replica')} in place`,
    formatCount(result.plan.steps.length, 'migration step')
  ].join(', ')
  return `${style.good('Valid')}: ${checked}, safe in every order that they allow.\n`
}
