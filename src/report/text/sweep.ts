import type { SweepAnswer } from '../../capacity/sweep/sweep-answer.js'
import { type Combination, combinationsOf, savingOf } from '../capacity/sweep-combinations.js'
import { alignColumns, printable, truncate } from './layout.js'
import { formatAmount, formatCount, formatDuration, formatMoney, formatPercent } from './numbers.js'
import type { Style } from './style.js'

/** What came of a sweep, to read: a row for each combination of its axes, the best of its seeds. */
export function renderSweep(answer: SweepAnswer, style: Style): string {
  const { study, name, axes, seeds, scenarios, missing, failed, infeasible, shard, notes } = answer
  const title = [name ?? study.name ?? 'sweep', formatCount(scenarios.length, 'scenario')]
  if (seeds.length > 1) title.push(`${seeds.length} seeds each`)
  if (shard !== undefined) title.push(`shard ${shard}, counted from 0`)
  const rows = combinationsOf(scenarios).map((combination) => describeRow(combination, seeds.length, style))
  const head = [
    ...axes.map((axis) => printable(axis.name)),
    'cost/hour',
    'gap',
    'saves',
    'moves',
    'nodes',
    'migration',
    ''
  ]
  const ends = [
    ...axes.map(() => 'left' as const),
    ...(['right', 'right', 'right', 'right', 'right', 'right', 'left'] as const)
  ]
  const [first = '', ...others] = alignColumns([head, ...rows], ends)
  const said = [
    ...(missing.length === 0 ? [] : [`${formatCount(missing.length, 'scenario')} missing: ${namesOf(missing)}`]),
    ...(failed === 0 ? [] : [`${formatCount(failed, 'scenario')} failed, and can be tried again with --retry-failed`]),
    ...(infeasible === 0 ? [] : [`${formatCount(infeasible, 'scenario')} without any placement`]),
    ...notes
  ].map((line) => `  ${truncate(printable(line), style.width - 2)}`)
  const lines = [
    style.strong(title.map(printable).join('  ')),
    '',
    style.faint(`  ${first}`),
    ...others.map((row) => `  ${row}`)
  ]
  return `${[...lines, ...(said.length === 0 ? [] : ['', ...said])].join('\n')}\n`
}

function describeRow(combination: Combination, seeds: number, style: Style): string[] {
  const { records, best, gap, seedSpread, solved } = combination
  const labels = combination.labels.map((label) => truncate(printable(label), 40))
  const others = records.length < seeds ? [`${records.length} of ${seeds} seeds`] : []
  if (best === null) {
    const reason = `${records[0]?.termination}: ${printable(records[0]?.reason ?? '')}`
    return [...labels, ...Array<string>(6).fill('–'), style.bad(truncate([...others, reason].join(', '), 60))]
  }
  const { costPerHour, migrations, activeNodes } = best.objective
  const remarks = [
    ...others,
    ...(solved < records.length ? [`${records.length - solved} of ${records.length} seeds failed`] : []),
    ...(seedSpread > 0 ? [`seeds differ by ${formatPercent(seedSpread)}`] : []),
    ...(best.unplaced > 0 ? [`${formatAmount(best.unplaced)} unplaced`] : []),
    ...(best.violations > 0 ? [formatCount(best.violations, 'violation')] : []),
    ...(best.isWhole === false ? ['partial migration'] : [])
  ]
  return [
    ...labels,
    formatMoney(costPerHour),
    formatPercent(gap),
    formatMoney(savingOf(combination)),
    formatAmount(migrations),
    formatAmount(activeNodes),
    formatDuration(best.makespanSeconds ?? 0),
    style.faint(remarks.join(', '))
  ]
}

function namesOf(missing: SweepAnswer['missing']): string {
  const shown = missing.slice(0, 4).map(({ labels, seed }) => [...labels, `seed ${seed}`].join(' × '))
  return `${shown.join('; ')}${missing.length > shown.length ? '; …' : ''}`
}
