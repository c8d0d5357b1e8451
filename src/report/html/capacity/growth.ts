import type { Growth } from '../../../capacity/growth/growth.js'
import type { ReachMoves } from '../../../capacity/reach/reach.js'
import { formatFactor } from '../../capacity/growth-words.js'
import { REACH_MOVES } from '../../capacity/reach-words.js'
import { barChart } from '../../svg/bar-chart.js'
import { formatAmount, formatPercent } from '../../text/numbers.js'
import type { Figure } from '../section.js'
import { numbers, prose, words } from './columns.js'

/** What grows, by its name: how far when nothing moves, when everything may, or both. */
export interface Grown {
  readonly name: string
  readonly growths: Readonly<Partial<Record<ReachMoves, Growth>>>
}

/** The growth that counts: that of everything moving, where it was asked for. */
export function widestOf({ growths }: Grown): Growth | null {
  return growths.repack ?? growths.none ?? null
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
  if (gap === 0) return 'proven: no more'
  return provenLimit === null ? 'no limit was proven' : `proven impossible beyond ${formatFactor(provenLimit.above)}`
}

/** So many replicas more of each: those that need nothing to move, those that need room to be made, and what is open. */
export function growthFigure(title: string, grown: readonly Grown[], caption: string): Figure {
  const has = (moves: ReachMoves) => grown.some(({ growths }) => growths[moves] !== undefined)
  const isOpen = grown.some((one) => openOf(widestOf(one)) > 0)
  const parts = [
    ...(has('none') ? ['fit when nothing moves'] : []),
    ...(has('repack') ? [has('none') ? 'fit when everything may move' : 'fit'] : []),
    ...(isOpen ? ['not decided'] : [])
  ]
  return {
    kind: 'figure',
    draw: (frame) =>
      barChart(
        {
          title,
          value: { label: 'replicas more', kind: 'whole', format: formatAmount },
          parts,
          rows: grown.map((one) => {
            const widest = widestOf(one)
            const [still, all] = [addedOf(one.growths.none), addedOf(widest)]
            const first = Math.min(still, all)
            return {
              label: one.name,
              values:
                widest?.fits == null
                  ? [null]
                  : [
                      ...(has('none') ? [first] : []),
                      ...(has('repack') ? [all - (has('none') ? first : 0)] : []),
                      ...(isOpen ? [openOf(widest)] : [])
                    ],
              written: widest?.fits == null ? 'none' : writeMore(widest),
              note: widest === null ? '' : `${formatAmount(widest.replicas)} now`
            }
          })
        },
        frame
      ),
    caption,
    table: growthTable(title, grown)
  }
}

function addedOf(growth: Growth | null | undefined): number {
  return growth?.fits?.added ?? 0
}

/** Replicas beyond what fits that are not proven impossible. */
function openOf(growth: Growth | null): number {
  if (growth?.fits == null || growth.provenLimit === null || growth.gap === 0) return 0
  return Math.max(0, growth.provenLimit.added - 1 - growth.fits.added)
}

function writeMore(growth: Growth): string {
  const added = addedOf(growth)
  if (growth.provenLimit === null) return `${formatAmount(added)} or more`
  const open = openOf(growth)
  return open === 0 ? formatAmount(added) : `${formatAmount(added)} to ${formatAmount(added + open)}`
}

function growthTable(title: string, grown: readonly Grown[]) {
  return {
    caption: `${title}: every figure, and what stands in the way`,
    columns: [
      ...words('', 'When'),
      ...numbers('Now', 'More that fit', 'Factor', 'More that cannot', 'Gap'),
      ...prose('What stands in the way')
    ],
    rows: grown.flatMap(({ name, growths }) =>
      (['repack', 'none'] as const).flatMap((moves) => {
        const growth = growths[moves]
        if (growth === undefined) return []
        const { replicas, fits, provenLimit, gap } = growth
        return [
          [
            name,
            REACH_MOVES[moves],
            formatAmount(replicas),
            fits === null ? 'none' : formatAmount(fits.added),
            fits === null ? '' : formatFactor(fits.factor),
            provenLimit === null ? '' : formatAmount(provenLimit.added),
            gap === null ? 'open' : gap === 0 ? 'exact' : formatPercent(gap),
            provenLimit?.why ?? ''
          ]
        ]
      })
    )
  }
}
