import type { Problem } from '../../../models/contract/problem.js'
import type { ObjectiveValue, Result } from '../../../models/contract/result.js'
import { isAlike } from '../../../models/rounding.js'
import { alignColumns, displayWidth, printable, shorten, wrap } from './layout.js'
import { formatAmount, formatCount, formatMoney, formatPercent, formatRoundMoney } from './numbers.js'
import type { Style } from './style.js'

export const HOURS_A_MONTH = 730
export const HOURS_A_YEAR = 8760

/** One line of the comparison: what it was, what it becomes, and what that means. */
interface Figure {
  readonly label: string
  readonly before: string
  readonly after: string
  readonly meaning: string
}

/** The cluster before and after: cost per hour, active nodes, migrations. Lines of a feasible Result. */
export function renderFigures(problem: Problem, result: Result, objective: ObjectiveValue, style: Style): string[] {
  const figures = [
    ...costFigures(result, objective, style),
    nodeFigure(problem, result, objective),
    migrationFigure(result, objective)
  ]
  const rows = figures.map(({ label, before, after }) => [style.faint(label), before, before && '→', after])
  const aligned = alignColumns(rows, ['left', 'right', 'left', 'right'])
  const indent = Math.max(...aligned.map(displayWidth)) + 3
  return figures.flatMap(({ meaning }, index) => {
    const line = aligned[index] ?? ''
    if (meaning === '') return [line]
    const [first = '', ...others] = wrap(meaning, style.width - 2 - indent)
    const filled = line + ' '.repeat(indent - displayWidth(line))
    return [filled + first, ...others.map((other) => ' '.repeat(indent) + other)]
  })
}

function costFigures({ initial }: Result, { costPerHour }: ObjectiveValue, style: Style): Figure[] {
  const active = {
    label: 'Cost per hour',
    before: formatMoney(initial.costPerHour),
    after: style.strong(formatMoney(costPerHour)),
    meaning: describeChange(initial.costPerHour, costPerHour, style)
  }
  const { listedCostPerHour } = initial
  if (isAlike(listedCostPerHour, initial.costPerHour)) return [active]
  const listed = {
    label: 'with idle nodes',
    before: formatMoney(listedCostPerHour),
    after: formatMoney(costPerHour),
    meaning: listedCostPerHour > costPerHour ? describeSaving(listedCostPerHour, costPerHour) : ''
  }
  return [active, listed]
}

function describeChange(before: number, after: number, style: Style): string {
  if (isAlike(before, after)) return 'as before'
  if (after > before) return `costs ${formatMoney(after - before)} more`
  const aMonth = formatRoundMoney((before - after) * HOURS_A_MONTH)
  const aYear = formatRoundMoney((before - after) * HOURS_A_YEAR)
  return `${style.good(describeSaving(before, after))}, ${aMonth}\u00a0a\u00a0month, ${aYear}\u00a0a\u00a0year`
}

function describeSaving(before: number, after: number): string {
  return `saves ${formatMoney(before - after)} (${formatPercent((before - after) / before)})`
}

function nodeFigure(problem: Problem, result: Result, objective: ObjectiveValue): Figure {
  const typeOfNode = new Map(problem.nodes.map((node) => [node.id, node.type]))
  const released = result.releasedNodes.map((id) => ({ id, type: typeOfNode.get(id) }))
  const hosting = new Set(problem.replicas.map((replica) => replica.node))
  const idle = result.releasedNodes.filter((id) => !hosting.has(id)).length
  const bought = result.newNodes.filter((node) => node.rented !== true)
  const rented = result.newNodes.filter((node) => node.rented === true)
  const parts = [
    [released, idle === 0 ? 'released' : `released, ${formatAmount(idle)} idle until now`],
    [bought, 'bought'],
    [rented, 'rented for the migration']
  ] as const
  return {
    label: 'Active nodes',
    before: formatAmount(result.initial.activeNodes),
    after: formatAmount(objective.activeNodes),
    meaning: parts
      .filter(([nodes]) => nodes.length > 0)
      .map(([nodes, verb]) => `${formatAmount(nodes.length)} ${verb}: ${describeNodes(nodes)}`)
      .join('; ')
  }
}

interface NodeName {
  readonly id: string
  readonly type?: string | undefined
}

const MOST_SHOWN = 6
const LONGEST_NAME = 40

/** Few nodes by their ids, many by their types: `12 × g5.xlarge, 3 × p4d, 2 others`, the most frequent first. */
function describeNodes(nodes: readonly NodeName[]): string {
  const name = (text: string) => shorten(printable(text), LONGEST_NAME)
  const counts = new Map<string, number>()
  for (const { type } of nodes) if (type !== undefined) counts.set(type, (counts.get(type) ?? 0) + 1)
  const isByType = nodes.length > MOST_SHOWN && counts.size > 0
  const sorted = isByType
    ? [...counts].sort(([a, many], [b, more]) => more - many || (a < b ? -1 : 1))
    : nodes.map(({ id }): [string, number] => [id, 1])
  const shown = sorted.slice(0, MOST_SHOWN)
  const others = nodes.length - shown.reduce((sum, [, count]) => sum + count, 0)
  return [
    ...shown.map(([text, count]) => (isByType ? `${formatAmount(count)}\u00a0×\u00a0${name(text)}` : name(text))),
    ...(others > 0 ? [formatCount(others, 'other')] : [])
  ].join(', ')
}

function migrationFigure(result: Result, { migrations, moveCost }: ObjectiveValue): Figure {
  const least = result.bound?.moveCost
  const proof =
    migrations === 0 || least === undefined || least === 0 || result.termination !== 'optimal'
      ? ''
      : least >= moveCost - 1e-6 * moveCost
        ? ', the least at this cost'
        : `, at least ${formatAmount(least)} at this cost`
  return {
    label: 'Migrations',
    before: '',
    after: formatAmount(migrations),
    meaning: migrations === 0 ? '' : `move cost ${formatAmount(moveCost)}${proof}`
  }
}
