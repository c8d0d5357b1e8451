import type { Growth } from '../../../capacity/growth/growth.js'
import { formatFactor } from '../../capacity/growth-words.js'
import { formatAmount, formatPercent } from '../numbers.js'
import type { Style } from '../style.js'

export const GROWTH_HEADS: readonly string[] = ['now', 'more', 'factor', 'impossible', 'gap']
export const GROWTH_ENDS: readonly 'right'[] = ['right', 'right', 'right', 'right', 'right']

/** Replicas now, so many more that fit, the factor that is, the least growth that is proven impossible, and the gap between. */
export function growthCells({ replicas, fits, provenLimit, gap }: Growth, style: Style): string[] {
  return [
    formatAmount(replicas),
    fits === null ? style.bad('none') : formatAmount(fits.added),
    fits === null ? '' : formatFactor(fits.factor),
    provenLimit === null ? '' : `+${formatAmount(provenLimit.added)}`,
    gap === null ? 'open' : gap === 0 ? style.good('exact') : formatPercent(gap)
  ]
}

/** Of many deployments those that reach least far; a line says how many are left out. */
export const MOST_ROWS = 20
