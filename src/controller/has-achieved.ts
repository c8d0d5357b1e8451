import type { Result } from '../../models/contract/result.js'
import type { ExecutionReport } from '../execution/report.js'

/** Whether an execution has brought a cluster any further: a step of it is done, other than closing and opening nodes. */
export function hasAchieved({ plan }: Pick<Result, 'plan'>, { steps }: Pick<ExecutionReport, 'steps'>): boolean {
  const done = new Set(steps.flatMap(({ id, state }) => (state === 'done' ? [id] : [])))
  return plan.steps.some(({ id, action }) => action !== 'cordon' && action !== 'uncordon' && done.has(id))
}
