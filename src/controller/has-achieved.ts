import type { Result } from '../../models/contract/result.js'
import type { ExecutionReport } from '../execution/report.js'

/**
 * Whether an execution has brought a cluster any further: a copy has moved, come or gone, or a node was got or given back. What is left
 * half-way does not count: a copy that drains and never stops would be tried for ever.
 */
export function hasAchieved(
  { plan }: Pick<Result, 'plan'>,
  { steps, moves }: Pick<ExecutionReport, 'steps' | 'moves'>
): boolean {
  if (moves.some(({ outcome }) => outcome === 'done')) return true
  const done = new Set(steps.flatMap(({ id, state }) => (state === 'done' ? [id] : [])))
  return plan.steps.some(({ id, action }) => (action === 'provision' || action === 'release') && done.has(id))
}
