import { describeValue } from '../../models/contract/describe-input.js'
import type { LabelCondition } from '../../models/contract/quantities.js'

/** What a condition demands of a label, after its name: `must be A100 or H100`, `must not be there`. */
export function tellDemand(condition: LabelCondition): string {
  if (Array.isArray(condition)) return `must be ${condition.join(' or ')}`
  const { notIn, exists } = condition
  if (notIn === undefined) return exists === true ? 'must be there' : 'must not be there'
  return exists === true ? `must be there, and not ${notIn.join(' or ')}` : `must not be ${notIn.join(' or ')}`
}

/** A label as a condition wants it, as part of a list: `zone "a" or "b"`, `zone other than "c"`, `no spot`. */
export function tellWish(label: string, condition: LabelCondition): string {
  const named = (values: readonly string[]) => values.map(describeValue).join(' or ')
  if (Array.isArray(condition)) return `${label} ${named(condition)}`
  const { notIn, exists } = condition
  if (notIn === undefined) return exists === true ? `any ${label}` : `no ${label}`
  return exists === true ? `${label} other than ${named(notIn)}` : `no ${label} ${named(notIn)}`
}
