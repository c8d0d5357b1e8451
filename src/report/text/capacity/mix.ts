import type { MixAnswer } from '../../../capacity/mix/mix-answer.js'
import { nodeLabels } from '../../capacity/node-labels.js'
import { barChart } from '../charts/bar-chart.js'
import { printable, wrap } from '../layout.js'
import { formatAmount, formatCount, formatDuration, formatMoney, formatPercent } from '../numbers.js'
import { plainStyle, type Style } from '../style.js'
import { joinSections, nameCell, renderNotes, renderTable, titleOf } from './answer-text.js'

/** The cheapest mix for people: its nodes, what it costs and how good that is, and the way there. Ends with a newline. */
export function renderMix(answer: MixAnswer, style: Style = plainStyle): string {
  if (answer.status !== 'feasible') {
    const said = answer.status === 'infeasible' ? 'Infeasible' : 'Nothing found'
    return joinSections([titleOf(answer, style), [`  ${style.bad(said)}`], renderNotes(answer, style)])
  }
  return joinSections([
    titleOf(answer, style),
    describeCost(answer, style),
    describeBroken(answer, style),
    renderNodes(answer, style),
    renderShares(answer, style),
    describeWay(answer, style),
    renderNotes(answer, style)
  ])
}

function describeCost({ costPerHour, gap, boundPerHour, todayPerHour, replicas }: MixAnswer, style: Style): string[] {
  const proof =
    gap <= 1e-6
      ? style.good('proven optimal')
      : `at most ${formatPercent(gap)} above the optimum: no mix costs less than ${formatMoney(boundPerHour)}`
  const today = todayPerHour > 0 ? ` Today it is ${formatMoney(todayPerHour)}.` : ''
  const wanted = Object.entries(replicas).map(([id, count]) => `${formatAmount(count)} ${printable(id)}`)
  return [
    ...indent(`${style.strong(formatMoney(costPerHour))} an hour, ${proof}.${today}`, style),
    ...indent(`For ${wanted.join(', ')}.`, style)
  ]
}

/** What the Problem lets stay broken, as nothing that is on offer mends it. */
function describeBroken({ result }: MixAnswer, style: Style): string[] {
  const violations = result?.violations ?? []
  return violations.flatMap(({ message }) => indent(`${style.bad('Stays broken')}: ${printable(message)}.`, style))
}

function renderNodes({ nodes, todayPerHour }: MixAnswer, style: Style): string[] {
  const isChange = todayPerHour > 0
  const rows = nodes.map(({ type, market, costPerHour, kept, bought, released }) => [
    nameCell(type),
    market,
    formatMoney(costPerHour),
    ...(isChange ? [formatAmount(kept), formatAmount(bought), formatAmount(released)] : [formatAmount(kept + bought)]),
    formatMoney((kept + bought) * costPerHour)
  ])
  const counts = isChange ? ['keep', 'buy', 'give back'] : ['nodes']
  return renderTable(
    ['type', 'market', 'each', ...counts, 'an hour'],
    rows,
    ['left', 'left', 'right', ...counts.map(() => 'right' as const), 'right'],
    style
  )
}

function renderShares({ nodes, costPerHour }: MixAnswer, style: Style): string[] {
  const labels = nodeLabels(nodes)
  const rows = nodes.flatMap(({ type, kept, bought, costPerHour: each }, index) => {
    const value = (kept + bought) * each
    return value === 0 ? [] : [{ label: labels[index] ?? type, value, note: formatPercent(value / costPerHour) }]
  })
  return barChart(rows, { ...style, width: style.width - 2 }, { format: formatMoney }).map((line) => `  ${line}`)
}

function describeWay({ gettingThere }: MixAnswer, style: Style): string[] {
  const { migrations, makespanSeconds, cost, paybackHours } = gettingThere
  const pays = paybackHours === null ? '' : `, paid back in ${formatDuration(paybackHours * 3600)}`
  const text = `Getting there: ${formatCount(migrations, 'migration')}, ${formatDuration(makespanSeconds)}, ${formatMoney(cost)} for what is provisioned and moved${pays}.`
  return indent(text, style)
}

function indent(text: string, style: Style): string[] {
  return wrap(text, style.width - 2).map((line) => `  ${line}`)
}
