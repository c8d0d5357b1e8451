import type { Step } from '../../models/contract/plan.js'
import type { StepFault } from './driver.js'

/** What a driver is asked for in a step; `undo`: to take back what the step did. */
export type Verb = 'observe' | 'ready' | 'undo' | Step['action']

const VERBS: readonly string[] = [
  ...['cordon', 'uncordon', 'provision', 'start', 'shift', 'drain', 'stop', 'release'],
  ...['observe', 'ready', 'undo']
]

export function isVerb(text: string): text is Verb {
  return VERBS.includes(text)
}

/**
 * Where a step is. `waiting`, `running`, `undoing`: not at its end. `done`; `skipped`: nothing was left to do, or it was passed
 * over by permission; `failed`: nothing of it remains; `undone`: failed, or in vain, and taken back; `cancelled`: never begun;
 * `stuck`: it failed half-way, and was left as it is.
 */
export type StepState =
  | 'waiting'
  | 'running'
  | 'undoing'
  | 'done'
  | 'skipped'
  | 'failed'
  | 'undone'
  | 'cancelled'
  | 'stuck'

/** Why an attempt failed: as the driver says; `deadline`: it said nothing in time; `unknown`: nobody can say any more. */
export type Fault = StepFault | 'deadline' | 'unknown'

/** A step while the plan is carried out. */
export interface StepRecord {
  readonly index: number
  readonly step: Step
  state: StepState
  /** The call that is under way (`isOpen`) or due next, not before this time. */
  verb: Verb
  attempt: number
  isOpen: boolean
  notBefore: number
  /** How long is waited before it at most, in milliseconds. */
  backoffMs: number
  /** When the call under way was begun. */
  openSince: number
  /** Whether a driver may have changed something for this step. */
  hasActed: boolean
  /** Attempts so far, of all its verbs. */
  attempts: number
  fault?: Fault
  message?: string
  /** Why it was cancelled, skipped or left. */
  reason?: string
}

/** What waits for such a step may begin. */
export function isGood(state: StepState): boolean {
  return state === 'done' || state === 'skipped'
}

/** What waits for such a step is never begun. */
export function isBad(state: StepState): boolean {
  return !isGood(state) && state !== 'waiting' && state !== 'running'
}

/** Nothing more happens to such a step by itself. */
export function isFinal(state: StepState): boolean {
  return state !== 'waiting' && state !== 'running' && state !== 'undoing'
}

const FAULTS: readonly string[] = ['failed', 'refused', 'changed', 'node-lost', 'deadline', 'unknown']

export function toFault(text: string | undefined): Fault {
  return text !== undefined && FAULTS.includes(text) ? (text as Fault) : 'failed'
}
