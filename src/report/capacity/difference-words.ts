import type { Difference } from '../../capacity/difference.js'
import { formatAmount, formatMoney } from '../text/numbers.js'

/** What the interval of a difference proves. */
export const VERDICTS: Readonly<Record<Difference['verdict'], string>> = {
  more: 'proven dearer',
  less: 'proven cheaper',
  same: 'proven to cost the same',
  open: 'not proven'
}

/** A difference in money: `+1.20`, `−0.50`, `0.00`. */
export function formatSignedMoney(amount: number): string {
  return amount > 0 ? `+${formatMoney(amount)}` : amount < 0 ? `−${formatMoney(-amount)}` : formatMoney(0)
}

/** A difference in counts: `+3`, `−2`. */
export function formatSignedCount(count: number): string {
  return count > 0 ? `+${formatAmount(count)}` : count < 0 ? `−${formatAmount(-count)}` : '0'
}
