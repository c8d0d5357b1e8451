import type { NodeType } from '../../../models/contract/problem.js'
import type { Study } from '../../../models/contract/study.js'
import { MARKET_LABEL } from '../labels.js'
import { isSpot, withMarket } from './markets.js'
import { isNamedIn } from './type-names.js'

/**
 * The types that can be had for the whole horizon, at (1 − discount) of their on-demand price in every hour of it: `g6.xlarge:reserved`,
 * with the label market: reserved. None where the study has no commitment.
 */
export function committedTypes({ nodeTypes, commitment }: Pick<Study, 'nodeTypes' | 'commitment'>): NodeType[] {
  if (commitment === undefined) return []
  const { discount, types } = commitment
  return nodeTypes
    .filter((type) => !isSpot(type.labels) && (types === undefined || isNamedIn(types, type)))
    .map((type) => ({
      ...type,
      type: `${type.type}:reserved`,
      costPerHour: type.costPerHour * (1 - discount),
      labels: { ...withMarket(type.labels), [MARKET_LABEL]: 'reserved' }
    }))
}
