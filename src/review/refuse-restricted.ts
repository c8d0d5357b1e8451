import { InputError } from '../../models/contract/parse.js'
import type { Result } from '../../models/contract/result.js'

/** What a review of a restricted Result is refused with, as the subject of its InputError. */
export const RESTRICTED = 'restricted result'

/**
 * Reviews search among all plans. Throws InputError for a Result of which the plan is restricted to what a system can execute: what such a search
 * finds and proves may be impossible there.
 */
export function refuseRestricted({ solve }: Result): void {
  if (solve.executableOn === undefined) return
  throw new InputError(RESTRICTED, [
    {
      path: 'solve.executableOn',
      found: `a Result that was made with --executable-on ${solve.executableOn}`,
      expected:
        'one that is not restricted: why, revise and alternatives do not keep to it, and what they propose may be impossible there',
      hint: 'change the Problem and plan it again with the same restriction, or ask of a plan without it'
    }
  ])
}
