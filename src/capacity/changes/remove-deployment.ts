import * as z from 'zod'
import type { Rule } from '../../../models/contract/rules.js'
import type { ChangeKind } from './change-kind.js'
import { findDeployments } from './known-deployments.js'
import { readNames, writeNames } from './lines.js'
import { names } from './node-target.js'

/** Deployments that are gone, with their replicas, their headroom and their part in rules. */
export const removeDeploymentChange = z.strictObject({
  kind: z.literal('remove-deployment'),
  deployments: names.describe('Ids of the deployments.')
})
type RemoveDeploymentChange = z.infer<typeof removeDeploymentChange>

export const removeDeployment: ChangeKind<RemoveDeploymentChange> = {
  form: 'remove-deployment:DEPLOYMENT,…',
  readLine(text) {
    const deployments = readNames(text)
    return deployments && { deployments }
  },
  writeLine: ({ deployments }) => writeNames(deployments),
  apply(problem, { deployments }, report) {
    const gone = findDeployments(problem, deployments, report)
    return {
      ...problem,
      deployments: problem.deployments.filter(({ id }) => !gone.has(id)),
      replicas: problem.replicas.filter(({ deployment }) => !gone.has(deployment)),
      headroom: problem.headroom.filter(({ deployment }) => !gone.has(deployment)),
      rules: problem.rules.flatMap((rule) => withoutMembers(rule, gone))
    }
  }
}

/** The rule for those that are left; none where nobody is. */
function withoutMembers(rule: Rule, gone: ReadonlySet<string>): Rule[] {
  const stay = (ids: readonly string[]) => ids.filter((id) => !gone.has(id))
  if (rule.kind !== 'conflict') {
    const deployments = stay(rule.deployments)
    return deployments.length === 0 ? [] : [{ ...rule, deployments }]
  }
  const [left, right] = [stay(rule.between[0]), stay(rule.between[1])]
  return left.length === 0 || right.length === 0 ? [] : [{ ...rule, between: [left, right] }]
}
