import * as z from 'zod'
import { quantity } from '../../../models/contract/quantities.js'
import type { ChangeKind } from './change-kind.js'
import { joinParts, readNumber, splitLast } from './lines.js'
import { checkTarget, everyType, isMeant, nodeTarget, readTarget, writeTarget } from './node-target.js'

/** Other prices, of nodes that exist and of those that may be bought. */
export const priceChange = z
  .strictObject({
    kind: z.literal('price'),
    ...nodeTarget,
    factor: quantity.optional().describe('What prices are multiplied with.'),
    costPerHour: quantity.optional().describe('The price instead, in money per hour.')
  })
  .refine(({ factor, costPerHour }) => (factor === undefined) !== (costPerHour === undefined), {
    error: 'either "factor" or "costPerHour"'
  })
type PriceChange = z.infer<typeof priceChange>

export const price: ChangeKind<PriceChange> = {
  form: 'price:[TYPE or LABEL=VALUE,…:]FACTOR, or =COST for a price per hour',
  readLine(text) {
    const [who, rest] = splitLast(text)
    const amount = readNumber(rest.replace(/^=/, ''))
    const target = readTarget(who)
    if (amount === undefined || target === undefined) return undefined
    return { ...target, [rest.startsWith('=') ? 'costPerHour' : 'factor']: amount }
  },
  writeLine: ({ types, nodeSelector, factor, costPerHour }) =>
    joinParts(writeTarget(types, nodeSelector), factor === undefined ? `=${costPerHour}` : String(factor)),
  apply(problem, change, report) {
    checkTarget(change, everyType(problem), 'a node or node type', report)
    const { factor = 1 } = change
    const reprice = <Priced extends (typeof problem.nodes)[number] | (typeof problem.nodeTypes)[number]>(
      one: Priced
    ) => (isMeant(change, one) ? { ...one, costPerHour: change.costPerHour ?? one.costPerHour * factor } : one)
    return { ...problem, nodes: problem.nodes.map(reprice), nodeTypes: problem.nodeTypes.map(reprice) }
  }
}
