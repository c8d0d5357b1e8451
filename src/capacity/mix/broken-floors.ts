import { describeValue } from '../../../models/contract/describe-input.js'
import type { Problem } from '../../../models/contract/problem.js'
import type { Result } from '../../../models/contract/result.js'
import type { Study } from '../../../models/contract/study.js'

/**
 * The availability floors that a Result does not keep, for people. In a Problem of `problemAt` they are the rules behind those of the
 * study, and what runs nowhere yet breaks them from the start: `compact` then comes as near as it can, and says so.
 */
export function brokenFloors({ rules }: Study, problem: Problem, { violations }: Result): string[] {
  return problem.rules.flatMap((rule, index): string[] => {
    const broken = violations.find(({ where }) => where === `rules[${index}]`)
    if (index < rules.length || rule.kind !== 'at-least' || broken === undefined) return []
    const names = rule.deployments.map(describeValue).join(', ')
    return [
      `the floor of ${names}: ${rule.count - broken.amount} of the ${rule.count} replicas that must not be on spot`
    ]
  })
}
