import type { HorizonAnswer } from '../../../capacity/horizon/horizon-answer.js'
import { describeGap, isClosed } from '../../capacity/gap-words.js'
import { bandsOf } from '../../capacity/horizon-bands.js'
import { costParts } from '../../capacity/horizon-costs.js'
import { areaChart } from '../charts/area-chart.js'
import { wrap } from '../layout.js'
import { formatAmount, formatCount, formatDuration, formatMoney, formatPercent, formatRoundMoney } from '../numbers.js'
import { plainStyle, type Style } from '../style.js'
import { joinSections, nameCell, renderNotes, renderTable, titleOf } from './answer-text.js'

/** A plan for a horizon for people: what to commit to, what to have by the hour, and how it goes. Ends with a newline. */
export function renderHorizon(answer: HorizonAnswer, style: Style = plainStyle): string {
  const title = titleOf(answer, style)
  if (answer.status !== 'feasible') {
    const said = answer.status === 'infeasible' ? 'Infeasible' : 'Nothing found'
    return joinSections([title, [`  ${style.bad(said)}`], renderNotes(answer, style)])
  }
  return joinSections([
    title,
    describeCost(answer, style),
    renderCosts(answer, style),
    renderBase(answer, style),
    renderHourly(answer, style),
    renderPicture(answer, style),
    renderNotes(answer, style)
  ])
}

function describeCost(answer: HorizonAnswer, style: Style): string[] {
  const { cost, costPerHour, gap, hours, worstPeriodGap, withoutCommitment, periods, periodSeconds, orders, moves } =
    answer
  const saved = 1 - cost.total / withoutCommitment.bound
  const proof = `${describeGap(gap)}${isClosed(gap) ? '' : ' of the optimum'}, each period ${describeGap(worstPeriodGap)}`
  const text = `${style.strong(formatMoney(costPerHour))} an hour, ${formatRoundMoney(cost.total)} for ${formatDuration(hours * 3600)}: ${proof}.`
  const way = `${formatCount(periods.length, 'period')} of ${formatDuration(periodSeconds)}; ${formatCount(orders, 'node')} ordered and ${formatCount(moves, 'replica')} moved between them.`
  const without = `Without commitments it would cost at least ${formatMoney(withoutCommitment.boundPerHour)} an hour: they save ${formatPercent(saved)}.`
  return [text, ...(saved > 0 ? [without] : []), way].flatMap((sentence) => indent(sentence, style))
}

function renderCosts({ cost, hours }: HorizonAnswer, style: Style): string[] {
  const rows = costParts(cost).map(({ name, money }) => [
    name,
    formatMoney(money / hours),
    formatRoundMoney(money),
    formatPercent(money / cost.total)
  ])
  return renderTable(['', 'an hour', 'in all', ''], rows, ['left', 'right', 'right', 'right'], style)
}

function renderBase({ base }: HorizonAnswer, style: Style): string[] {
  if (base.length === 0) return ['  Nothing to commit to.']
  const rows = base.map(({ type, market, isCommitment, nodes, costPerHour, usedShare }) => [
    style.strong(formatAmount(nodes)),
    nameCell(type),
    isCommitment ? 'to commit to' : `there, ${market}`,
    formatMoney(costPerHour),
    formatMoney(nodes * costPerHour),
    formatPercent(usedShare)
  ])
  return renderTable(
    ['nodes', 'type', '', 'each', 'an hour', 'used'],
    rows,
    ['right', 'left', 'left', 'right', 'right', 'right'],
    style
  )
}

function renderHourly({ hourly, hours }: HorizonAnswer, style: Style): string[] {
  if (hourly.length === 0) return []
  const rows = hourly.map(({ type, market, nodeHours, mostNodes, orders, cost }) => [
    nameCell(type),
    market,
    formatAmount(nodeHours / hours),
    formatAmount(mostNodes),
    formatAmount(orders),
    formatMoney(cost / hours)
  ])
  return renderTable(
    ['by the hour', 'market', 'mean', 'most', 'ordered', 'an hour'],
    rows,
    ['left', 'left', 'right', 'right', 'right', 'right'],
    style
  )
}

function renderPicture(answer: HorizonAnswer, style: Style): string[] {
  const stack = bandsOf(answer)
  return areaChart(
    stack,
    { ...style, width: style.width - 2 },
    {
      x: { label: 'time', kind: 'time' },
      y: { label: 'cost', unit: 'an hour', format: formatRoundMoney }
    }
  ).map((line) => `  ${line}`)
}

function indent(text: string, style: Style): string[] {
  return wrap(text, style.width - 2).map((line) => `  ${line}`)
}
