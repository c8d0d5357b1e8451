import type { Difference } from '../../capacity/difference.js'
import type { VariantAnswer, WhatIfAnswer } from '../../capacity/what-if.js'
import { formatSignedCount, formatSignedMoney, VERDICTS } from '../capacity/difference-words.js'
import { barChart } from './charts/bar-chart.js'
import { alignColumns, printable, truncate, wrap } from './layout.js'
import { formatAmount, formatCount, formatMoney, formatPercent } from './numbers.js'
import type { Style } from './style.js'

/** What changes would change, to read: a row for each variant, and below it what is proven and which nodes it takes. */
export function renderWhatIf({ study, baseline, variants, notes }: WhatIfAnswer, style: Style): string {
  const ends = ['left', 'right', 'right', 'right', 'right', 'right', 'left'] as const
  const rows = [
    ['', 'cost/hour', 'difference', 'gap', 'moves', 'nodes', ''],
    describeOutcome('as it is', baseline, null, style),
    ...variants.map(({ label, outcome, difference }) => describeOutcome(label, outcome, difference, style))
  ]
  const [head = '', ...others] = alignColumns(rows, ends)
  const details = variants.flatMap((variant) => describeVariant(variant, style))
  const title = `${printable(study.name ?? 'what if')}  ${formatCount(variants.length, 'variant')}`
  return `${[
    style.strong(title),
    '',
    style.faint(`  ${head}`),
    ...others.map((row) => `  ${row}`),
    ...renderDifferences(variants, style),
    ...(details.length === 0 ? [] : ['', ...details]),
    ...notes.map((note) => `  ${note}`)
  ].join('\n')}\n`
}

/** So few differences are seen in the table. */
const FEWEST = 3

function renderDifferences(variants: readonly VariantAnswer[], style: Style): string[] {
  const rows = variants.flatMap(({ label, difference }) =>
    difference === null ? [] : [{ label, value: difference.costPerHour }]
  )
  if (rows.length < FEWEST) return []
  const bars = barChart(rows, { ...style, width: style.width - 2 }, { format: formatSignedMoney })
  return ['', ...bars.map((line) => `  ${line}`)]
}

function describeOutcome(
  label: string,
  outcome: VariantAnswer['outcome'],
  difference: Difference | null,
  style: Style
): string[] {
  const { objective, gap, termination } = outcome
  const name = truncate(printable(label), 44)
  if (objective === null) return [name, '–', '–', '–', '–', '–', style.bad(termination)]
  const { costPerHour, migrations, activeNodes } = objective
  return [
    name,
    formatMoney(costPerHour),
    difference === null ? '' : formatSignedMoney(difference.costPerHour),
    gap === null ? '–' : gap <= 1e-6 ? 'proven' : formatPercent(gap),
    formatAmount(migrations),
    formatAmount(activeNodes),
    difference === null ? '' : VERDICTS[difference.verdict]
  ]
}

function describeVariant({ label, outcome, difference }: VariantAnswer, style: Style): string[] {
  const said: string[] = []
  if (outcome.reason !== undefined) said.push(`${outcome.termination}: ${printable(outcome.reason)}`)
  if (difference !== null) {
    const nodes = difference.nodes.map(
      ({ type, before, after }) => `${formatSignedCount(after - before)} ${printable(type ?? 'without a type')}`
    )
    said.push(`optima differ by ${formatSignedMoney(difference.low)} to ${formatSignedMoney(difference.high)} an hour`)
    said.push(nodes.length === 0 ? 'the same nodes by type' : nodes.join(', '))
    if (outcome.unplaced > 0) said.push(`${formatAmount(outcome.unplaced)} replicas without a place`)
    if (outcome.violations > 0) said.push(style.bad(formatCount(outcome.violations, 'broken rule')))
    if (outcome.isWhole === false) said.push('the migration is partial')
  }
  return [
    `  ${style.strong(truncate(printable(label), style.width - 2))}`,
    ...wrap(said.join('; '), style.width - 4).map((line) => `    ${line}`)
  ]
}
