import { describeValue } from '../../../models/contract/describe-input.js'
import type { ReportIssue } from '../../../models/contract/input-issues.js'
import { oneOf } from '../../../models/contract/known-names.js'
import type { Deployment, Problem } from '../../../models/contract/problem.js'

/** The deployments that a change names, all where it names none. Those that are not there are reported. */
export function findDeployments(
  { deployments }: Problem,
  ids: readonly string[] | undefined,
  report: ReportIssue
): ReadonlySet<string> {
  const known = new Set(deployments.map(({ id }) => id))
  for (const [index, id] of (ids ?? []).entries()) {
    if (known.has(id)) continue
    report(`deployments[${index}]`, describeValue(id), `the id of a deployment: ${oneOf(known, 'there is none')}`)
  }
  return ids === undefined ? known : new Set(ids)
}

/** How many replicas are wanted of a deployment: as it says, else those that exist and are not draining. */
export function desiredReplicas({ replicas }: Problem, { id, replicas: wanted }: Deployment): number {
  return wanted ?? replicas.filter(({ deployment, state }) => deployment === id && state !== 'draining').length
}
