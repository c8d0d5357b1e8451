import type { Growth } from '../../../capacity/growth/growth.js'
import { formatAmount, formatPercent } from '../numbers.js'
import type { Style } from '../style.js'

/** A factor as people say it: `2.05×`. */
export function formatFactor(factor: number | null): string {
  if (factor === null) return ''
  return `${factor >= 100 ? formatAmount(Math.floor(factor)) : (Math.floor(factor * 100 + 1e-9) / 100).toFixed(2)}×`
}

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

/** The deployments by how far they reach, the nearest end first. */
export function scarcestFirst<Grown extends Growth>(deployments: readonly Grown[]): Grown[] {
  const reachOf = ({ fits }: Growth) => (fits === null ? -1 : fits.added)
  return [...deployments].sort((left, right) => reachOf(left) - reachOf(right))
}
