import type { Step } from '../../../models/contract/plan.js'
import type { Problem } from '../../../models/contract/problem.js'
import type { Result } from '../../../models/contract/result.js'
import { alignColumns, printable, truncate } from './layout.js'
import { formatAmount, formatClock, formatCount, formatDuration } from './numbers.js'
import type { Style } from './style.js'

/** How long the migration takes and how it is done, in one or two sentences. */
export function describeMigration(problem: Problem, result: Result, style: Style): string[] {
  const { steps, makespanSeconds, status } = result.plan
  const partial = `${style.bad('partial')}: a safe part of what was wished for`
  if (steps.length === 0) return [status === 'partial' ? partial : 'nothing to do']
  const { inFlight } = problem.migration.limits
  const parts = [
    `${style.strong(formatDuration(makespanSeconds))} in ${formatCount(steps.length, 'step')}`,
    ...(inFlight === null ? [] : [`at most ${formatCount(inFlight, 'migration')} in flight`]),
    ...(countHops(problem, steps) === 0 ? [] : [formatCount(countHops(problem, steps), 'hop')])
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

const STEPS_SHOWN = 8
const LONGEST_NAME = 28

/** The steps that begin first, as a table: begin, end, action, replica, node. */
export function renderFirstSteps(steps: readonly Step[], style: Style): string[] {
  // The list is a valid order, and times respect it: a stable sort by time is one too.
  const first = [...steps].sort((a, b) => a.startSeconds - b.startSeconds).slice(0, STEPS_SHOWN)
  const header = ['begins', 'ends', 'action', 'replica', 'node'].map(style.faint)
  const rows = first.map((step) => [
    formatClock(step.startSeconds),
    formatClock(step.endSeconds),
    step.action,
    'replica' in step ? name(step.replica) : '',
    describeNode(step)
  ])
  const title = style.strong(
    steps.length > STEPS_SHOWN ? `First ${STEPS_SHOWN} of ${formatAmount(steps.length)} steps` : 'Steps'
  )
  return [
    title,
    ...alignColumns([header, ...rows], ['right', 'right', 'left', 'left', 'left']).map((row) => `  ${row}`)
  ]
}

function describeNode(step: Step): string {
  if (step.action === 'shift') return `${name(step.from)} → ${name(step.to)}`
  const devices = step.action === 'start' ? Object.entries(step.devices ?? {}) : []
  const held = devices.map(([resource, indices]) => `${name(resource)} ${indices.join(', ')}`)
  return held.length === 0 ? name(step.node) : `${name(step.node)} (${truncate(held.join('; '), LONGEST_NAME)})`
}

function name(text: string): string {
  return truncate(printable(text), LONGEST_NAME)
}
