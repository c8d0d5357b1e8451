import * as z from 'zod'
import { quantity } from '../../../models/contract/quantities.js'
import type { ChangeKind } from './change-kind.js'
import { desiredReplicas, findDeployments } from './known-deployments.js'
import { joinParts, readNames, readNumber, splitLast, writeNames } from './lines.js'
import { names } from './node-target.js'

/** More replicas, or fewer: those beyond what runs are pending, those that are too many are stopped. */
export const growthChange = z.strictObject({
  kind: z.literal('growth'),
  deployments: names.optional().describe('Ids of the deployments; all by default.'),
  factor: quantity.describe('What numbers of replicas are multiplied with, each rounded up.')
})
type GrowthChange = z.infer<typeof growthChange>

/** What multiplying in floating point may add to a whole number. */
const NOISE = 1e-12

export const growth: ChangeKind<GrowthChange> = {
  form: 'growth:[DEPLOYMENT,…:]FACTOR',
  readLine(text) {
    const [who, rest] = splitLast(text)
    const factor = readNumber(rest)
    if (factor === undefined) return undefined
    if (who === '') return { factor }
    const deployments = readNames(who)
    return deployments && { deployments, factor }
  },
  writeLine: ({ deployments, factor }) =>
    joinParts(deployments === undefined ? '' : writeNames(deployments), String(factor)),
  apply(problem, { deployments, factor }, report) {
    const grown = findDeployments(problem, deployments, report)
    const scale = (replicas: number) => Math.ceil(replicas * factor * (1 - NOISE))
    return {
      ...problem,
      deployments: problem.deployments.map((one) =>
        grown.has(one.id) ? { ...one, replicas: scale(desiredReplicas(problem, one)) } : one
      )
    }
  }
}
