import { detoursOf } from '../../../models/contract/detours.js'
import type { Step } from '../../../models/contract/plan.js'
import type { Problem } from '../../../models/contract/problem.js'
import type { Result } from '../../../models/contract/result.js'
import { alignColumns, displayWidth, printable, shorten } from './layout.js'
import { formatAmount, formatClock, formatCount, formatDuration, formatMoney } from './numbers.js'
import type { Style } from './style.js'

/** How long the migration takes and how it is done, in one or two sentences. */
export function describeMigration(problem: Problem, result: Result, style: Style): string[] {
  const { steps, makespanSeconds, makespanBoundSeconds = 0, status, rungs = [] } = result.plan
  const partial = `${style.bad('partial')}: a safe part of what was wished for`
  if (steps.length === 0) return [status === 'partial' ? partial : 'nothing to do']
  const { inFlight } = problem.migration.limits
  const hops = countHops(problem, steps)
  const more = detoursOf(result.plan)
  const parts = [
    `${style.strong(formatDuration(makespanSeconds))} in ${formatCount(steps.length, 'step')}`,
    ...(makespanBoundSeconds < makespanSeconds && makespanBoundSeconds > 0
      ? [`at least ${formatDuration(makespanBoundSeconds)} in any order`]
      : []),
    ...(inFlight === null ? [] : [`at most ${formatCount(inFlight, 'migration')} in flight`]),
    ...(hops === 0
      ? []
      : [`${formatCount(hops, 'hop')}${more > 0 ? ` (${formatCount(more, 'migration')} more)` : ''}`]),
    ...rungs.flatMap(({ rentCost, downSeconds }) => [
      ...(rentCost === undefined ? [] : [`${formatMoney(rentCost)} of rent`]),
      ...(downSeconds === undefined ? [] : [`${formatDuration(downSeconds)} without copies that stop first`])
    ])
  ]
  return [parts.join(', '), ...(status === 'partial' ? [partial] : [])]
}

/** Starts of running replicas beyond the first one of each: the detours that moves in each other's way need. */
function countHops(problem: Problem, steps: readonly Step[]): number {
  const running = new Set(problem.replicas.filter((replica) => replica.node !== null).map((replica) => replica.id))
  const started = new Set<string>()
  let hops = 0
  for (const step of steps) {
    if (step.action !== 'start' || !running.has(step.replica)) continue
    if (started.has(step.replica)) hops += 1
    started.add(step.replica)
  }
  return hops
}

/** Beyond so many rows, only the first are shown. */
const MOST_ROWS = 20
const FIRST_ROWS = 10
const LONGEST_NAME = 48
const SHORTEST_NAME = 9

/**
 * The migration, or how it begins, as a table: begin, end, action, replica, node. Steps that do the same to several nodes at the same
 * time share a row. Names are shortened until the table fits.
 */
export function renderFirstSteps(steps: readonly Step[], style: Style): string[] {
  const groups = groupSteps(steps)
  const shown = groups.slice(0, groups.length > MOST_ROWS ? FIRST_ROWS : MOST_ROWS)
  const others = groups.slice(shown.length).reduce((sum, group) => sum + group.length, 0)
  let table: string[] = []
  for (let longest = LONGEST_NAME; longest >= SHORTEST_NAME; longest -= 1) {
    table = renderTable(shown, longest, style)
    if (table.every((row) => displayWidth(row) <= style.width)) break
  }
  return [
    style.strong(others > 0 ? 'First steps' : 'Steps'),
    ...table,
    ...(others > 0 ? [style.faint(`  … and ${formatCount(others, 'more step', 'more steps')}`)] : [])
  ]
}

type Group = readonly [Step, ...Step[]]

/** The steps by their begin; of those on nodes, neighbours with the same action and times in one group. */
function groupSteps(steps: readonly Step[]): Group[] {
  const groups: [Step, ...Step[]][] = []
  // The list is a valid order, and times respect it: a stable sort by time is one too.
  for (const step of [...steps].sort((a, b) => a.startSeconds - b.startSeconds)) {
    const last = groups.at(-1)
    const isAlike =
      last !== undefined &&
      !('replica' in step) &&
      step.action === last[0].action &&
      step.startSeconds === last[0].startSeconds &&
      step.endSeconds === last[0].endSeconds
    if (isAlike) last.push(step)
    else groups.push([step])
  }
  return groups
}

function renderTable(groups: readonly Group[], longest: number, style: Style): string[] {
  const name = (text: string) => shorten(printable(text), longest)
  const header = ['begins', 'ends', 'action', 'replica', 'node'].map(style.faint)
  const rows = groups.map(([step, ...alike]) => [
    formatClock(step.startSeconds),
    formatClock(step.endSeconds),
    step.action,
    'replica' in step ? name(step.replica) : '',
    step.action === 'shift'
      ? `${name(step.from)} → ${name(step.to)}`
      : name(step.node) +
        describeDevices(step, name) +
        (alike.length === 0 ? '' : ` and ${formatAmount(alike.length)} more`)
  ])
  return alignColumns([header, ...rows], ['right', 'right', 'left', 'left', 'left']).map((row) => `  ${row}`)
}

function describeDevices(step: Step, name: (text: string) => string): string {
  const devices = step.action === 'start' ? Object.entries(step.devices ?? {}) : []
  const held = devices.map(([resource, indices]) => `${resource} ${indices.join(', ')}`)
  return held.length === 0 ? '' : ` (${name(held.join('; '))})`
}
