import type { ScenarioRecord } from '../../capacity/sweep/scenario-record.js'
import type { SweepAnswer } from '../../capacity/sweep/sweep-answer.js'
import { alignColumns, printable, truncate } from './layout.js'
import { formatAmount, formatCount, formatDuration, formatMoney, formatPercent } from './numbers.js'
import type { Style } from './style.js'

/** What came of a sweep, to read: a row for each combination of its axes, the best of its seeds. */
export function renderSweep(answer: SweepAnswer, style: Style): string {
  const { study, name, axes, seeds, scenarios, missing, failed, infeasible, shard, notes } = answer
  const title = [name ?? study.name ?? 'sweep', formatCount(scenarios.length, 'scenario')]
  if (seeds.length > 1) title.push(`${seeds.length} seeds each`)
  if (shard !== undefined) title.push(`shard ${shard}, counted from 0`)
  const rows = combinationsOf(scenarios).map((records) => describeRow(records, seeds.length, style))
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

/** Scenarios that differ by their seeds only, together. */
function combinationsOf(scenarios: readonly ScenarioRecord[]): ScenarioRecord[][] {
  const groups = new Map<string, ScenarioRecord[]>()
  for (const record of scenarios) {
    const key = JSON.stringify(record.labels)
    groups.set(key, [...(groups.get(key) ?? []), record])
  }
  return [...groups.values()]
}

function describeRow(records: readonly ScenarioRecord[], seeds: number, style: Style): string[] {
  const solved = records.filter(({ objective }) => objective !== null)
  const [first] = records as [ScenarioRecord]
  const labels = first.labels.map((label) => truncate(printable(label), 40))
  const best = solved.reduce<ScenarioRecord | undefined>(
    (found, record) => (found === undefined || worthOf(record) < worthOf(found) ? record : found),
    undefined
  )
  const others = records.length < seeds ? [`${records.length} of ${seeds} seeds`] : []
  if (best?.objective == null) {
    const reason = `${first.termination}: ${printable(first.reason ?? '')}`
    return [...labels, ...Array<string>(6).fill('–'), style.bad(truncate([...others, reason].join(', '), 60))]
  }
  const { costPerHour, migrations, activeNodes, total } = best.objective
  // Each of them is a bound on the same Problem.
  const bound = Math.max(...solved.map((record) => record.bound ?? 0))
  const worst = Math.max(...solved.map(worthOf))
  const saved = (best.initial?.costPerHour ?? costPerHour) - costPerHour
  const remarks = [
    ...others,
    ...(solved.length < records.length ? [`${records.length - solved.length} of ${records.length} seeds failed`] : []),
    ...(worst > total * (1 + 1e-9) ? [`seeds differ by ${formatPercent((worst - total) / worst)}`] : []),
    ...(best.unplaced > 0 ? [`${formatAmount(best.unplaced)} unplaced`] : []),
    ...(best.violations > 0 ? [formatCount(best.violations, 'violation')] : []),
    ...(best.isWhole === false ? ['partial migration'] : [])
  ]
  return [
    ...labels,
    formatMoney(costPerHour),
    total === 0 ? formatPercent(0) : formatPercent(Math.max(0, (total - bound) / total)),
    formatMoney(saved),
    formatAmount(migrations),
    formatAmount(activeNodes),
    formatDuration(best.makespanSeconds ?? 0),
    style.faint(remarks.join(', '))
  ]
}

function worthOf({ objective }: ScenarioRecord): number {
  return objective?.total ?? Number.POSITIVE_INFINITY
}

function namesOf(missing: SweepAnswer['missing']): string {
  const shown = missing.slice(0, 4).map(({ labels, seed }) => [...labels, `seed ${seed}`].join(' × '))
  return `${shown.join('; ')}${missing.length > shown.length ? '; …' : ''}`
}
