import type { Result } from '../../models/contract/result.js'

/**
 * A Result that leaves rules broken which the start breaks, told as the part that it is of what was wished for. It counts only
 * where nothing better exists: what can be repaired must be.
 */
export function asUnrepaired(result: Result): Result {
  const notes = [...(result.explanation.notes ?? []), 'no room was found to repair what is broken at the start']
  return { ...result, plan: { ...result.plan, status: 'partial' }, explanation: { ...result.explanation, notes } }
}
