import type { Growth } from '../../../capacity/growth/growth.js'
import { formatFactor } from '../../capacity/growth-words.js'
import { barChart } from '../../svg/bar-chart.js'
import { formatAmount, formatPercent } from '../../text/numbers.js'
import type { Figure } from '../section.js'
import { numbers, words } from './columns.js'

/** What grows, by its name. */
export interface Named {
  readonly name: string
  readonly growth: Growth
}

/** The factor up to which something fits, and what is proven beyond: `1.50×`, `1.50× to 1.70×`, `1.50× or more`. */
export function writeReach({ fits, provenLimit, gap }: Growth): string {
  if (fits === null) return 'does not fit'
  const fitted = formatFactor(fits.factor)
  if (gap === 0) return fitted
  return provenLimit === null ? `${fitted} or more` : `${fitted} to ${formatFactor(provenLimit.above)}`
}

/** What is proven of a growth: exact, or so much beyond what fits. */
export function proofOf({ fits, provenLimit, gap }: Growth): string {
  if (fits === null) return 'not even what is wanted now was found a place'
  if (gap === 0) return 'exact: the next step is proven impossible'
  return provenLimit === null ? 'no limit was proven' : `proven impossible beyond ${formatFactor(provenLimit.above)}`
}

/** So many replicas more of each, and what is open up to the proven limit. */
export function growthFigure(title: string, named: readonly Named[], caption: string): Figure {
  const isOpen = named.some(({ growth }) => openOf(growth) > 0)
  return {
    kind: 'figure',
    draw: (frame) =>
      barChart(
        {
          title,
          value: { label: 'replicas more', kind: 'whole', format: formatAmount },
          ...(isOpen ? { parts: ['fit', 'not decided'] } : {}),
          rows: named.map(({ name, growth }) => ({
            label: name,
            values: growth.fits === null ? [null] : [growth.fits.added, ...(isOpen ? [openOf(growth)] : [])],
            ...(growth.fits === null ? { written: 'none' } : { written: writeMore(growth) }),
            note: `${formatAmount(growth.replicas)} now`
          }))
        },
        frame
      ),
    caption,
    table: growthTable(named)
  }
}

/** Replicas beyond what fits that are not proven impossible. */
function openOf({ fits, provenLimit, gap }: Growth): number {
  return fits === null || provenLimit === null || gap === 0 ? 0 : Math.max(0, provenLimit.added - 1 - fits.added)
}

function writeMore(growth: Growth): string {
  const added = growth.fits?.added ?? 0
  if (growth.provenLimit === null) return `${formatAmount(added)} or more`
  const open = openOf(growth)
  return open === 0 ? formatAmount(added) : `${formatAmount(added)} to ${formatAmount(added + open)}`
}

function growthTable(named: readonly Named[]) {
  return {
    caption: 'Every figure, and what stands in the way',
    columns: [
      ...words(''),
      ...numbers('Now', 'More that fit', 'Factor', 'More that cannot', 'Gap'),
      ...words('What stands in the way')
    ],
    rows: named.map(({ name, growth: { replicas, fits, provenLimit, gap } }) => [
      name,
      formatAmount(replicas),
      fits === null ? 'none' : formatAmount(fits.added),
      fits === null ? '' : formatFactor(fits.factor),
      provenLimit === null ? '' : formatAmount(provenLimit.added),
      gap === null ? 'open' : gap === 0 ? 'exact' : formatPercent(gap),
      provenLimit?.why ?? ''
    ])
  }
}
