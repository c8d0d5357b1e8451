import type { Result, Violation } from '../../models/contract/result.js'
import type { Instance } from '../../models/instance/instance.js'
import { findImpossibleRules } from './conflict/impossible-rules.js'
import { Room } from './conflict/room.js'
import { moreEffort } from './hints.js'

/** What is known of a placement that leaves rules broken which the start breaks. */
export interface RepairsKnown {
  /** It is proven that no placement leaves less broken. */
  readonly isProven: boolean
  /** One that leaves less broken is known. */
  readonly isBeaten: boolean
  /** Somebody looked for it; false for one that was given. */
  readonly isSought: boolean
}

/** Why limits stay broken: what can be counted, then what is proven, or what might help. Empty where none does. */
export function explainUnrepaired(
  instance: Instance,
  violations: readonly Violation[],
  { isProven, isBeaten, isSought }: RepairsKnown
): string[] {
  if (violations.length === 0) return []
  // Where the start breaks no rule that cannot hold, this finds none.
  const causes = findImpossibleRules(new Room(instance))
  const notes = causes.map(({ path, message }) => `${path}: ${message}`)
  const isCounted = violations.every(({ where }) =>
    causes.some(({ path }) => path === where || path.startsWith(`${where}.`))
  )
  if (!isSought || isCounted) return notes
  if (isBeaten) notes.push('a placement that leaves less broken is known, but no safe order of moves to it was found')
  else if (isProven)
    notes.push(
      'what the start breaks cannot be repaired further: it is proven that no placement allowed leaves less broken'
    )
  else
    notes.push(
      `not all that the start breaks was repaired, and nothing proves that it cannot be: ${moreEffort('repair more')}`
    )
  return notes
}

/**
 * A Result that leaves rules broken which the start breaks, told as the part that it is of what was wished for. It counts only
 * where nothing better exists: what can be repaired must be.
 */
export function asUnrepaired(result: Result): Result {
  return { ...result, plan: { ...result.plan, status: 'partial' } }
}
