import type { Progress } from './progress.js'
import type { StepRecord, Verb } from './step-record.js'

/** What is due in a start when a call of it has succeeded. */
const NEXT: Partial<Readonly<Record<Verb, Verb>>> = { observe: 'start', start: 'ready', drain: 'undo' }

/** What is due in a step when its call has succeeded; null: nothing more. */
export function nextVerb({ step, verb }: StepRecord): Verb | null {
  return step.action === 'start' ? (NEXT[verb] ?? null) : null
}

/** Whether a call takes a step back, rather than on. */
export function takesBack({ step }: StepRecord, verb: Verb): boolean {
  return verb === 'undo' || (verb === 'drain' && step.action === 'start')
}

/** What taking a step back begins with: a new copy to which requests may have gone is drained first. */
export function firstUndoVerb({ graph, records }: Progress, { step, index }: StepRecord): Verb {
  const shift = records[graph.moveOf[index]?.shift ?? -1]
  return step.action === 'start' && shift?.hasActed === true ? 'drain' : 'undo'
}
