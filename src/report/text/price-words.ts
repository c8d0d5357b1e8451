import type { EndPrice, Price } from '../../review/why/price.js'
import { formatAmount, formatCount, formatDuration, formatMoney } from './numbers.js'

/**
 * `saves at least 3.20 an hour, 13.78 in all, 4 migrations (1 more) in 3 min`. Without a gap the price is that of one end, and not of the best
 * that was found.
 */
export function describePrice(price: EndPrice & Partial<Price>): string {
  const { savesPerHour, saves, costPerHour, migrations, moreMigrations, makespanSeconds, gap } = price
  const isProven = gap !== undefined && gap <= 1e-6
  // What was found may be bettered, where it is not proven the best.
  const isOpen = gap !== undefined && !isProven
  const difference =
    Math.abs(savesPerHour) < 1e-9
      ? 'costs as much an hour'
      : savesPerHour > 0
        ? `saves ${isOpen ? 'at least ' : ''}${formatMoney(savesPerHour)} an hour`
        : `costs ${isOpen ? 'at most ' : ''}${formatMoney(-savesPerHour)} an hour more`
  const inAll = Math.abs(saves - savesPerHour) > 1e-9 ? [`${formatMoney(saves)} over the horizon`] : []
  const more =
    moreMigrations === 0 ? '' : ` (${formatAmount(Math.abs(moreMigrations))} ${moreMigrations > 0 ? 'more' : 'fewer'})`
  const time = makespanSeconds === undefined ? '' : ` in ${formatDuration(makespanSeconds)}`
  return [
    difference,
    ...inAll,
    `${formatMoney(costPerHour)} in all`,
    `${formatCount(migrations, 'migration')}${more}${time}`,
    ...(isProven ? ['proven the best'] : [])
  ].join(', ')
}
