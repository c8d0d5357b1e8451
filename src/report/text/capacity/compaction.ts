import type { CompactionAnswer, CompactionTrial } from '../../../capacity/compaction/compaction.js'
import { costLadder } from '../../capacity/compaction-costs.js'
import { barChart } from '../charts/bar-chart.js'
import { wrap } from '../layout.js'
import { formatAmount, formatCount, formatMoney, formatPercent } from '../numbers.js'
import { plainStyle, type Style } from '../style.js'
import { joinSections, renderNotes, renderTable, titleOf } from './answer-text.js'

/** Borg's compaction for people: every random order, and the 90th percentile. Ends with a newline. */
export function renderCompaction(answer: CompactionAnswer, style: Style = plainStyle): string {
  return joinSections([
    titleOf(answer, style),
    describeFigures(answer, style),
    renderPicture(answer, style),
    renderTrials(answer, style),
    renderNotes(answer, style)
  ])
}

function describeFigures(answer: CompactionAnswer, style: Style): string[] {
  const { nodes, costPerHour, nodesLeft, costLeftPerHour, nodeShare, costShare, trials, plan } = answer
  if (nodesLeft === null || costLeftPerHour === null)
    return ['  No order left nodes on which all of the work was found a place.']
  const sentences = [
    `In 90 % of ${formatCount(trials.length, 'random order')} (nearest rank) the work of today fits onto ${style.strong(`${formatCount(nodesLeft, 'node')} of ${formatAmount(nodes)}`)}${nodeShare === null ? '' : ` (${formatPercent(nodeShare)})`}, and onto nodes for ${formatMoney(costLeftPerHour)} of ${formatMoney(costPerHour)} an hour${costShare === null ? '' : ` (${formatPercent(costShare)})`}.`,
    ...(plan === null || plan.excess === null
      ? []
      : [
          `The best plan costs ${formatMoney(plan.costPerHour)}, proven not below ${formatMoney(plan.bound)}: choosing nodes at random costs ${formatPercent(plan.excess)} more than that.`
        ])
  ]
  return sentences.flatMap((sentence) => wrap(sentence, style.width - 2).map((line) => `  ${line}`))
}

function renderPicture(answer: CompactionAnswer, style: Style): string[] {
  const rows = costLadder(answer).map(({ label, value }) => ({ label, value }))
  return rows.length < 3
    ? []
    : barChart(rows, { ...style, width: style.width - 2 }, { format: formatMoney }).map((line) => `  ${line}`)
}

function renderTrials({ trials }: CompactionAnswer, style: Style): string[] {
  const rows = trials.map((trial) => [
    formatAmount(trial.trial),
    trial.nodesLeft === null ? style.bad('none') : formatAmount(trial.nodesLeft),
    trial.costLeftPerHour === null ? '' : formatMoney(trial.costLeftPerHour),
    trial.by ?? '',
    describeNeed(trial, style),
    `${formatAmount(trial.decidedByGreedy)} + ${formatAmount(trial.askedEngine)}`
  ])
  const heads = ['order', 'nodes left', 'cost', 'placed by', 'needed', 'asked greedy + engine']
  return renderTable(heads, rows, ['right', 'right', 'right', 'left', 'left', 'right'], style)
}

function describeNeed({ isExact, nodesNeeded }: CompactionTrial, style: Style): string {
  if (isExact) return style.good('proven')
  return nodesNeeded === null ? 'open' : `at least ${formatAmount(nodesNeeded)}`
}
