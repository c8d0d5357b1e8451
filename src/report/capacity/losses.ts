import type { Survival } from '../../capacity/survive/survival-verdict.js'
import type { LossGroup } from '../../capacity/survive/survive.js'
import { formatAmount } from '../text/numbers.js'

/** A kind of loss that is not survived as things are, and how many replicas it leaves without a place; null: not known. */
export interface LossFigures extends LossGroup {
  readonly still: number | null
  readonly moved: number | null
}

/** Kinds of loss that are not survived when nothing else moves, the worst first. */
export function worstFirst(groups: readonly LossGroup[]): LossFigures[] {
  return groups
    .filter(({ withoutMoves }) => withoutMoves.verdict !== 'survives')
    .map((group) => ({ ...group, still: unplacedOf(group.withoutMoves), moved: unplacedOf(group.withMoves) }))
    .sort((left, right) => (right.still ?? 0) - (left.still ?? 0))
}

function unplacedOf({ verdict, unplaced }: Survival): number | null {
  return verdict === 'survives' ? 0 : (unplaced?.replicas ?? null)
}

/** What is lost, by the first of those that are alike: `node-1 and 3 alike`. */
export function lossName([first = '', ...others]: readonly string[]): string {
  return others.length > 0 ? `${first} and ${formatAmount(others.length)} alike` : first
}
