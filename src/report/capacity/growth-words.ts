import type { Growth } from '../../capacity/growth/growth.js'
import { formatAmount } from '../text/numbers.js'

/** A factor as people say it: `2.05×`. */
export function formatFactor(factor: number | null): string {
  if (factor === null) return ''
  return `${factor >= 100 ? formatAmount(Math.floor(factor)) : (Math.floor(factor * 100 + 1e-9) / 100).toFixed(2)}×`
}

/** The deployments by how far they reach, the nearest end first. */
export function scarcestFirst<Grown extends Growth>(deployments: readonly Grown[]): Grown[] {
  const reachOf = ({ fits }: Growth) => (fits === null ? -1 : fits.added)
  return [...deployments].sort((left, right) => reachOf(left) - reachOf(right))
}
