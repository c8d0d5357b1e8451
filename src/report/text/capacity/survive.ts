import type { SurviveAnswer, SurviveCase, SurvivePrice } from '../../../capacity/survive/survive.js'
import { lossName, worstFirst } from '../../capacity/losses.js'
import { SURVIVE_BASES } from '../../capacity/survive-words.js'
import { stackedBars } from '../charts/stacked-bars.js'
import { printable, shorten, wrap } from '../layout.js'
import { formatAmount, formatCount, formatMoney, formatPercent } from '../numbers.js'
import { plainStyle, type Style } from '../style.js'
import { joinSections, nameCell, renderNotes, renderTable, titleOf } from './answer-text.js'

/** What survives which loss, for people, and what surviving all of them costs. Ends with a newline. */
export function renderSurvive(answer: SurviveAnswer, style: Style = plainStyle): string {
  return joinSections([
    titleOf(answer, style),
    renderCases(answer.cases, style),
    ...answer.cases.flatMap((one) => [renderWorst(one, style), renderLosses(one, style)]),
    answer.price === null ? [] : renderPrice(answer.price, style),
    renderNotes(answer, style)
  ])
}

function renderCases(cases: readonly SurviveCase[], style: Style): string[] {
  const heads = ['cluster', 'loss of any', 'losses', 'kinds', 'survived, nothing moves', 'if all may move', 'open']
  const rows = cases.map(({ basis, topologyKey, losses, groups, counts }) => [
    SURVIVE_BASES[basis],
    nameCell(topologyKey),
    formatAmount(losses),
    formatAmount(groups.length),
    mark(counts.none.survives, losses, style),
    mark(counts.repack.survives, losses, style),
    formatAmount(counts.repack.undecided)
  ])
  return renderTable(heads, rows, ['left', 'left', 'right', 'right', 'right', 'right', 'right'], style)
}

function mark(survived: number, losses: number, style: Style): string {
  return survived === losses ? style.good('all') : formatAmount(survived)
}

/** Kinds of loss that are drawn. */
const MOST_DRAWN = 6

/** The worst losses, and how many replicas find no place after them. */
function renderLosses({ groups }: SurviveCase, style: Style): string[] {
  const rows = worstFirst(groups).flatMap(({ alike, replicas, still, moved }) => {
    if (still === null) return []
    const even = Math.min(still, moved ?? still)
    const label = nameCell(lossName(alike))
    return [{ label, values: [even, still - even], note: `of ${formatAmount(replicas)}` }]
  })
  if (rows.length < 2) return []
  const drawn = stackedBars(
    ['without a place even if all may move', 'when nothing else moves'],
    rows.slice(0, MOST_DRAWN),
    { ...style, width: style.width - 2 }
  )
  return drawn.map((line) => `  ${line}`)
}

function renderWorst({ basis, topologyKey, groups, worst }: SurviveCase, style: Style): string[] {
  const group = worst === null ? undefined : groups[worst]
  if (group === undefined) return []
  const { alike, replicas, withoutMoves, withMoves } = group
  const like = alike.length > 1 ? ` (${formatCount(alike.length - 1, 'other')} alike)` : ''
  const left = ({ unplaced }: typeof withMoves) =>
    unplaced === null
      ? 'not known how many'
      : unplaced.byPriority
          .map(({ priority, replicas }) => `${formatAmount(replicas)} of priority ${priority}`)
          .join(', ')
  const moved = withMoves.verdict === 'survives' ? 'none' : left(withMoves)
  const text = `Worst ${SURVIVE_BASES[basis]}: ${topologyKey} ${printable(alike[0] ?? '')}${like} with ${formatCount(replicas, 'replica')}; without a place when nothing moves: ${left(withoutMoves)}; if all may move: ${moved}`
  return wrap(text, style.width - 2).map((line) => `  ${line}`)
}

/** Spare nodes that are told by name. */
const MOST_NAMED = 8

function renderPrice(price: SurvivePrice, style: Style): string[] {
  const { costPerHour, planCostPerHour, extraCostPerHour, bound, gap, spare, recovery, notCovered } = price
  const how = recovery === 'none' ? 'nothing else moving' : 'everything moving'
  const names = spare.slice(0, MOST_NAMED).map(({ id, type, isNew }) => {
    return `${isNew ? 'new ' : ''}${shorten(printable(id), 40)}${type === undefined ? '' : ` (${printable(type)})`}`
  })
  const others = spare.length > MOST_NAMED ? `, and ${formatCount(spare.length - MOST_NAMED, 'other')}` : ''
  const which = notCovered.length > 0 ? 'those of these losses that can be survived' : 'all of these losses'
  const proof =
    notCovered.length > 0
      ? 'nothing is proven of that'
      : `proven: not below ${formatMoney(bound)} (gap ${formatPercent(gap)})`
  const text =
    spare.length === 0
      ? `The plan survives ${which} as it is, ${how}: ${formatMoney(costPerHour)} an hour.`
      : `To survive ${which}, ${how}: ${formatMoney(costPerHour)} an hour instead of ${formatMoney(planCostPerHour)}, ${style.strong(`${formatMoney(extraCostPerHour)} more`)}; ${proof}. Kept or bought: ${names.join(', ')}${others}.`
  return wrap(text, style.width - 2).map((line) => `  ${line}`)
}
