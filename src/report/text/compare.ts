import { isUnchanged } from '../../review/compare/figures.js'
import type {
  CountDifference,
  EndDifference,
  Figure,
  FigureName,
  PlannedMove,
  ResultDifference
} from '../../review/compare/result-difference.js'
import { formatSignedCount, formatSignedMoney } from '../capacity/difference-words.js'
import { alignColumns } from './layout.js'
import { formatAmount, formatCount, formatDuration, formatMoney, formatPercent } from './numbers.js'
import { renderList, renderViolations } from './remarks.js'
import { plainStyle, type Style } from './style.js'

/** Items of a list that are shown unless all are asked for. */
const MOST_SHOWN = 12

/** How a figure reads. */
interface Words {
  readonly label: string
  readonly format: (amount: number) => string
  readonly change: (amount: number) => string
}

const money = (label: string): Words => ({ label, format: formatMoney, change: formatSignedMoney })
const counts = (label: string): Words => ({ label, format: formatAmount, change: formatSignedCount })
const signed = (format: (amount: number) => string) => (amount: number) =>
  `${amount > 0 ? '+' : '−'}${format(Math.abs(amount))}`

const WORDS: Readonly<Record<FigureName, Words>> = {
  costPerHour: money('Cost per hour'),
  total: money('Objective'),
  bound: money('Bound'),
  gap: { label: 'Gap', format: formatPercent, change: signed(formatPercent) },
  migrations: counts('Migrations'),
  moveCost: counts('Move cost'),
  activeNodes: counts('Active nodes'),
  steps: counts('Steps'),
  makespanSeconds: { label: 'Takes', format: formatDuration, change: signed(formatDuration) },
  unplaced: counts('Without a place'),
  violations: counts('Broken rules')
}

/** How two Results differ, to read: figures that differ, then nodes, replicas, moves and rules; `all`: every item of each list. */
export function renderDifference(difference: ResultDifference, style: Style = plainStyle, all = false): string {
  const sections = [
    ...(difference.same ? [[style.good('Both plans are the same.')]] : []),
    renderFigures(difference, style),
    ...renderNodes(difference, style, all),
    ...renderReplicas(difference, style, all),
    ...renderPlans(difference, style, all)
  ].filter((lines) => lines.length > 0)
  return sections.map((lines) => `${lines.join('\n')}\n`).join('\n')
}

function renderFigures({ figures, termination }: ResultDifference, style: Style): string[] {
  const isShown = ([name, figure]: [FigureName, Figure]) => {
    const { before, after } = figure
    // The objective is the cost unless there is a horizon.
    const isCost = name === 'total' && before === figures.costPerHour.before && after === figures.costPerHour.after
    return !isCost && (name === 'costPerHour' || !isUnchanged(figure))
  }
  const shown = (Object.entries(figures) as [FigureName, Figure][]).filter(isShown)
  const rows = shown.map(([name, figure]) => describeFigure(WORDS[name], figure, style))
  if (termination.before !== termination.after)
    rows.push([style.faint('Search'), termination.before, '→', termination.after, ''])
  return alignColumns(rows, ['left', 'right', 'left', 'right', 'right']).map((line) => `  ${line}`)
}

function describeFigure({ label, format, change }: Words, figure: Figure, style: Style): string[] {
  const { before, after } = figure
  const [was, is] = [before, after].map((amount) => (amount === null ? '–' : format(amount))) as [string, string]
  if (before === null || after === null) return [style.faint(label), was, '→', is, '']
  return [style.faint(label), was, '→', is, isUnchanged(figure) ? 'as before' : change(after - before)]
}

function renderNodes({ released, bought }: ResultDifference, style: Style, all: boolean): string[][] {
  return [
    list(`${formatCount(released.before.length, 'node')} released before, not any more`, released.before, style, all),
    list(`${formatCount(released.after.length, 'node')} released now, not before`, released.after, style, all),
    list(
      'Nodes bought',
      bought.map(({ type, before, after }) => `${type}: ${formatAmount(before)} → ${formatAmount(after)}`),
      style,
      all
    )
  ]
}

function renderReplicas(difference: ResultDifference, style: Style, all: boolean): string[][] {
  const { replicas, renamed, devices, headroom, unplaced } = difference
  const end = ({ replica, deployment, before, after }: EndDifference) =>
    `${replica}, of ${deployment}: ${before ?? 'nowhere'} → ${after ?? 'nowhere'}`
  const count = ({ deployment, node, before, after }: CountDifference) =>
    `${deployment} on ${node}: ${formatAmount(before)} → ${formatAmount(after)}`
  const names =
    renamed.length === 0
      ? []
      : [`${formatCount(renamed.length, 'replica')} only changed places with others of their deployment.`]
  return [
    list(
      formatCount(replicas.length, 'replica ends elsewhere', 'replicas end elsewhere'),
      replicas.map(end),
      style,
      all
    ),
    names,
    list(
      formatCount(devices.length, 'replica has other devices', 'replicas have other devices'),
      devices.map(({ replica, node, before, after }) => `${replica} on ${node}: ${holds(before)} → ${holds(after)}`),
      style,
      all
    ),
    list('Headroom', headroom.map(count), style, all),
    list(
      'Replicas without a place',
      unplaced.map(
        ({ deployment, before, after }) => `${deployment}: ${formatAmount(before)} → ${formatAmount(after)}`
      ),
      style,
      all
    )
  ]
}

/** `gpu 0, 1`. */
function holds(devices: Readonly<Record<string, readonly number[]>>): string {
  return Object.entries(devices)
    .map(([resource, indices]) => `${resource} ${indices.join(', ')}`)
    .join('; ')
}

function renderPlans({ moves, rungs, violations }: ResultDifference, style: Style, all: boolean): string[][] {
  const move = ({ replica, from, to }: PlannedMove) =>
    from === null ? `${replica} starts on ${to}` : `${replica}: ${from} → ${to}`
  return [
    list(`${formatCount(moves.before.length, 'move')} only before`, moves.before.map(move), style, all),
    list(`${formatCount(moves.after.length, 'move')} only now`, moves.after.map(move), style, all),
    list(
      'Moves in each other’s way',
      rungs.map(({ rung, before, after }) => `${rung}: ${formatAmount(before)} → ${formatAmount(after)}`),
      style,
      all
    ),
    violations.before.length === 0
      ? []
      : ['Broken before, not any more:', ...renderViolations(violations.before, style)],
    violations.after.length === 0 ? [] : ['Broken now, not before:', ...renderViolations(violations.after, style)]
  ]
}

/** Nothing of nothing. */
function list(title: string, items: readonly string[], style: Style, all: boolean): string[] {
  if (items.length === 0) return []
  return renderList(style.strong(title), items, style, all ? Number.POSITIVE_INFINITY : MOST_SHOWN)
}
