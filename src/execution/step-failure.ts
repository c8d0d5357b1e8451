import { nodeOf } from './plan-graph.js'
import type { Policy, Progress } from './progress.js'
import type { Fault, StepRecord } from './step-record.js'

/** Whether a fault ends a step, however many attempts it has left. */
export function isFinalFault(progress: Progress, record: StepRecord, fault: Fault): boolean {
  if (fault === 'refused' || fault === 'changed') return true
  // What needs a node that is gone fails; that another one is gone does not end it. Shifting back needs the old one.
  const { step, verb } = record
  return progress.lostNodes.has(step.action === 'shift' && verb === 'undo' ? step.from : nodeOf(step))
}

/** Whether a drain that has failed is passed over. */
export function isForced({ forceDrain }: Policy, fault: Fault): boolean {
  return forceDrain && fault !== 'refused' && fault !== 'changed'
}

/** What becomes of a step that is given up: what is reversible is taken back, what is not is left as it is. */
export function failStep(progress: Progress, record: StepRecord, fault: Fault): void {
  const { step } = record
  const isGone = progress.isLost(record)
  const gone = `${nodeOf(step)} is gone`
  switch (step.action) {
    case 'start':
      if (isGone) progress.set(record, 'failed', gone)
      else progress.set(record, record.hasActed && progress.graph.isWait[record.index] !== true ? 'undoing' : 'failed')
      return
    case 'shift':
      // There is nothing to shift back to.
      if (progress.lostNodes.has(step.from)) progress.set(record, 'stuck', `${step.from} is gone, the old copy with it`)
      else progress.set(record, 'undoing')
      return
    case 'drain':
      if (isGone) progress.set(record, 'skipped', gone)
      else if (isForced(progress.policy, fault)) progress.set(record, 'skipped', 'not drained in time, and forced')
      else progress.set(record, 'stuck')
      return
    case 'stop':
      if (isGone) progress.set(record, 'skipped', gone)
      else progress.set(record, 'stuck')
      return
    case 'cordon':
    case 'provision':
      if (isGone) progress.set(record, step.action === 'cordon' ? 'skipped' : 'failed', gone)
      else progress.set(record, record.hasActed ? 'undoing' : 'failed')
      return
    default:
      if (isGone) progress.set(record, 'skipped', gone)
      else progress.set(record, 'failed')
  }
}

/** What becomes of a step that could not be taken back. What is on a node that is gone need not be. */
export function failUndo(progress: Progress, record: StepRecord): void {
  const { step } = record
  const isGone = step.action !== 'shift' && progress.isLost(record)
  if (isGone) progress.set(record, 'failed', `${nodeOf(step)} is gone`)
  else progress.set(record, 'stuck', `could not be taken back: ${record.message ?? 'unknown'}`)
}

/** Takes a new copy back that is of no use without its shift. */
export function takeBack(progress: Progress, record: StepRecord): void {
  if (progress.isLost(record)) progress.set(record, 'failed', `${nodeOf(record.step)} is gone`)
  else if (isReliedOn(progress, record)) progress.set(record, 'stuck', 'other copies went because this one was ready')
  else progress.set(record, 'undoing')
}

/** Whether copies of others were drained or stopped because this one became ready. */
function isReliedOn({ graph, records }: Progress, { index }: StepRecord): boolean {
  return (graph.followers[index] as readonly number[]).some((next) => {
    const { step, state } = records[next] as StepRecord
    const begun = state !== 'waiting' && state !== 'cancelled'
    return begun && (step.action === 'drain' || step.action === 'stop') && graph.moveOf[next] !== graph.moveOf[index]
  })
}
