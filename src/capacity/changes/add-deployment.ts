import * as z from 'zod'
import { describeValue } from '../../../models/contract/describe-input.js'
import { deployment } from '../../../models/contract/problem.js'
import type { ChangeKind } from './change-kind.js'
import { readJson } from './json-line.js'

/** A new deployment; all its replicas are pending. */
export const addDeploymentChange = z.strictObject({
  kind: z.literal('add-deployment'),
  deployment: deployment
    .required({ replicas: true })
    .describe('The deployment as in a Problem, with the number of its replicas.')
})
type AddDeploymentChange = z.infer<typeof addDeploymentChange>

export const addDeployment: ChangeKind<AddDeploymentChange> = {
  form: 'add-deployment:{"id": …, "replicas": …, "demand": { … }}',
  readLine(text) {
    const value = readJson(text)
    return value && { deployment: value }
  },
  writeLine: ({ deployment }) => JSON.stringify(deployment),
  apply(problem, { deployment: added }, report) {
    if (problem.deployments.some(({ id }) => id === added.id))
      report('deployment.id', describeValue(added.id), 'an id that no deployment has yet')
    return { ...problem, deployments: [...problem.deployments, added] }
  }
}
