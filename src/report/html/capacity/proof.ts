import { formatMoney, formatPercent } from '../../text/numbers.js'
import type { Tile } from '../tiles.js'

/** What is less than this is left by rounding alone. */
const CLOSED = 1e-6

/** Whether nothing is left between what was found and what is proven. */
export function isClosed(gap: number): boolean {
  return gap <= CLOSED
}

/** How far a cost may be from the best there is, and what that rests on. */
export function gapTile(gap: number, bound: number, what = 'costs less than'): Tile {
  return isClosed(gap)
    ? { label: 'Proven gap', value: 'none', detail: 'the optimum' }
    : { label: 'Proven gap', value: formatPercent(gap), detail: `nothing ${what} ${formatMoney(bound)}` }
}

/** A cost for a table, and how near it is to the best. */
export function gapCell(gap: number | null): string {
  return gap === null ? '' : isClosed(gap) ? 'proven' : formatPercent(gap)
}
