import type { Result } from '../../../models/contract/result.js'
import { isAlike } from '../../../models/rounding.js'
import type { Figure, FigureName } from './result-difference.js'

/** Whether a figure is the same in both, up to the order in which it was summed. */
export function isUnchanged({ before, after }: Figure): boolean {
  return before === null || after === null ? before === after : isAlike(before, after)
}

/** A figure of a Result; null where it has none. */
export function figureOf(result: Result, name: FigureName): number | null {
  const { objective, bound, gap, plan, unplaced, violations } = result
  switch (name) {
    case 'bound':
      return bound?.total ?? null
    case 'gap':
      return gap ?? null
    case 'steps':
      return plan.steps.length
    case 'makespanSeconds':
      return plan.makespanSeconds
    case 'unplaced':
      return unplaced.length
    case 'violations':
      return violations.length
    default:
      return objective?.[name] ?? null
  }
}
