import type { Action, Step } from '../../models/contract/plan.js'
import type { JournalEntry } from '../execution/journal.js'
import type { ExecutionReport, StepReport } from '../execution/report.js'

/** A step of the plan as it was planned and as it went. Times are seconds from the beginning. */
export interface SimulatedStep {
  readonly id: string
  readonly action: Action
  readonly replica?: string
  /** Of a shift: where requests go from then on. */
  readonly node: string
  /** Only of a shift. */
  readonly from?: string
  readonly plannedStartSeconds: number
  readonly plannedEndSeconds: number
  /** null: it was never begun. */
  readonly startSeconds: number | null
  /** Taking it back included. null: it was never begun, or never ended. */
  readonly endSeconds: number | null
  /** How often it was tried; 0: never. */
  readonly attempts: number
  readonly state: StepReport['state']
  /** Why it failed, or was not begun. */
  readonly reason?: string
}

/** How the steps of a plan went, in its order, by the journal of its execution. */
export function readTimeline(
  steps: readonly Step[],
  entries: readonly JournalEntry[],
  { steps: reports }: ExecutionReport
): SimulatedStep[] {
  const reportOf = new Map(reports.map((report) => [report.id, report]))
  const begins = new Map<string, number>()
  const ends = new Map<string, number>()
  const attempts = new Map<string, number>()
  for (const entry of entries) {
    if (entry.kind !== 'begin' && entry.kind !== 'end') continue
    const { step, at, attempt } = entry
    if (entry.kind === 'end') ends.set(step, at / 1000)
    else if (!begins.has(step)) begins.set(step, at / 1000)
    attempts.set(step, Math.max(attempts.get(step) ?? 0, attempt))
  }
  return steps.map((step) => {
    const { id, action, startSeconds, endSeconds } = step
    const report = reportOf.get(id)
    const reason = report?.message ?? report?.reason
    return {
      id,
      action,
      ...('replica' in step ? { replica: step.replica } : {}),
      node: step.action === 'shift' ? step.to : step.node,
      ...(step.action === 'shift' ? { from: step.from } : {}),
      plannedStartSeconds: startSeconds,
      plannedEndSeconds: endSeconds,
      startSeconds: begins.get(id) ?? null,
      endSeconds: ends.get(id) ?? null,
      attempts: attempts.get(id) ?? 0,
      state: report?.state ?? 'waiting',
      ...(reason === undefined || report?.state === 'done' ? {} : { reason })
    }
  })
}
