import { z } from 'zod'
import { count, identifier, nodeSelector } from './quantities.js'

const deployments = z.array(identifier).min(1)
/** `"node"`, or the name of a label: every value of it is one domain. */
const topologyKey = identifier.default('node')

/** At most `max` replicas of these deployments, counted together, in any domain. Continuous. */
export const antiAffinityRule = z.strictObject({
  kind: z.literal('anti-affinity'),
  deployments,
  topologyKey,
  max: count.default(1)
})

/** No domain hosts members of both sides. Continuous. */
export const conflictRule = z.strictObject({
  kind: z.literal('conflict'),
  between: z.tuple([deployments, deployments]),
  topologyKey
})

/** All members in one domain, on labelled nodes only. Final. */
export const affinityRule = z.strictObject({ kind: z.literal('affinity'), deployments, topologyKey })

/** Members over at least `minDomains` domains (or one each, when there are fewer), their numbers within `maxSkew`. Final. */
export const spreadRule = z.strictObject({
  kind: z.literal('spread'),
  deployments,
  topologyKey,
  minDomains: count.optional(),
  maxSkew: count.optional()
})

/** At least `count` members on nodes that the selector matches. Final. */
export const atLeastRule = z.strictObject({ kind: z.literal('at-least'), deployments, count, nodeSelector })

export const rule = z.discriminatedUnion('kind', [
  antiAffinityRule,
  conflictRule,
  affinityRule,
  spreadRule,
  atLeastRule
])
export type Rule = z.infer<typeof rule>
export type AntiAffinityRule = z.infer<typeof antiAffinityRule>
export type ConflictRule = z.infer<typeof conflictRule>
export type AffinityRule = z.infer<typeof affinityRule>
export type SpreadRule = z.infer<typeof spreadRule>
export type AtLeastRule = z.infer<typeof atLeastRule>
