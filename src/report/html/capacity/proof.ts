import { isClosed } from '../../capacity/gap-words.js'
import { formatMoney, formatPercent } from '../../text/numbers.js'
import type { Tile } from '../tiles.js'

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
