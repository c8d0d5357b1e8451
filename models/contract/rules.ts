import * as z from 'zod'
import { count, identifier, nodeSelector } from './quantities.js'

const members = z.array(identifier).min(1)
const deployments = members.describe('Ids of the deployments that the rule binds.')
const topologyKey = identifier
  .default('node')
  .describe('"node", or a label of which every value is one domain; nodes without it are in none. "node" by default.')
const kind = <const Kind extends string>(value: Kind) => z.literal(value).describe('Which rule this is.')

/** At most `max` replicas of these deployments, counted together, in any domain. Continuous. */
export const antiAffinityRule = z.strictObject({
  kind: kind('anti-affinity'),
  deployments,
  topologyKey,
  max: count.default(1).describe('Members in any one domain at most; 1 by default.')
})

/** No domain hosts members of both sides. Continuous. */
export const conflictRule = z.strictObject({
  kind: kind('conflict'),
  between: z.tuple([members, members]).describe('Ids of the deployments of the two sides, which share none.'),
  topologyKey
})

/** All members in one domain, on labelled nodes only. Final. */
export const affinityRule = z.strictObject({ kind: kind('affinity'), deployments, topologyKey })

/** Members over at least `minDomains` domains (or one each, when there are fewer), their numbers within `maxSkew`. Final. */
export const spreadRule = z.strictObject({
  kind: kind('spread'),
  deployments,
  topologyKey,
  minDomains: count
    .optional()
    .describe(
      'Domains that must host a member, or one for each member where there are fewer; no such demand by default.'
    ),
  maxSkew: count.optional().describe('Most members in a domain minus fewest; no limit by default.')
})

/** At least `count` members on nodes that the selector matches. Final. */
export const atLeastRule = z.strictObject({
  kind: kind('at-least'),
  deployments,
  count: count.describe('Members that must be on such nodes.'),
  nodeSelector: nodeSelector.describe('Labels that such nodes have, name to value or values.')
})

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
