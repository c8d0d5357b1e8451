import type { Action, Step } from '../../models/contract/plan.js'

export type StepOf<Kind extends Action> = Extract<Step, { readonly action: Kind }>

/** Under which name a driver is asked, and until when. */
export interface Call {
  /**
   * Names what is asked for, unique among plans and attempts. The same id may come again, after a crash: a driver that has done
   * it, or is doing it, must not do it twice, and answers as it did or will.
   */
  readonly id: string
  /** 1 for the first attempt of this verb of the step. */
  readonly attempt: number
  /** Aborted at the deadline of the step, and when the execution is given up: what is waited for is waited for no longer. */
  readonly signal: AbortSignal
}

/** What a driver sees of the cluster before a copy starts. What it cannot see it leaves out, and is not compared. */
export interface Observation {
  /** Ids of the nodes where the replica runs, ready or not. */
  readonly hosts?: readonly string[]
  /** What is free on the node of the start, by resource. */
  readonly free?: Readonly<Record<string, number>>
  /** Whether the node of the start is there and takes newcomers. */
  readonly isOpen?: boolean
}

/**
 * What acts on a cluster. Every verb resolves when what it asks for is done and rejects when it was not: with `StepError` to say
 * more. All are idempotent by `call.id`. What fails is taken back by the same verbs: a start by `stop` on the target, with a `drain`
 * before where requests may have gone there; a shift by `shift` the other way round, a cordon by `uncordon`, a provision by
 * `release`. The step keeps its id, the call's says `undo`.
 */
export interface Driver {
  /** Nothing new may start on the node from now on. */
  cordon(step: StepOf<'cordon'>, call: Call): Promise<void>
  /** The node takes newcomers again. */
  uncordon(step: StepOf<'uncordon'>, call: Call): Promise<void>
  /** Gets the node, and waits until it can host. */
  provision(step: StepOf<'provision'>, call: Call): Promise<void>
  /** Begins a new copy; resolves when the cluster has accepted it, ready or not. Not called for a copy that is starting already. */
  start(step: StepOf<'start'>, call: Call): Promise<void>
  /** Waits until the copy is ready. */
  ready(step: StepOf<'start'>, call: Call): Promise<void>
  /** Requests go to the copy on `to` from now on, and no longer to that on `from`. */
  shift(step: StepOf<'shift'>, call: Call): Promise<void>
  /** Takes no more requests, and waits until those under way are answered. */
  drain(step: StepOf<'drain'>, call: Call): Promise<void>
  /** Removes the copy; resolves when what it held is free. A copy that is not there is removed already. */
  stop(step: StepOf<'stop'>, call: Call): Promise<void>
  /** Gives the empty node back. */
  release(step: StepOf<'release'>, call: Call): Promise<void>
  /** What is compared with what a start expects; left out, nothing is. */
  observe?(step: StepOf<'start'>, call: Call): Promise<Observation>
  /**
   * Takes back what executions have left behind that did not complete, such as copies that were to be there for a while only. `execute`
   * never asks for it; a controller does after such an execution, when nothing else is asked.
   */
  tidy?(signal: AbortSignal): Promise<unknown>
}

/** How a step failed. */
export type StepFault =
  /** It may work when it is tried again. */
  | 'failed'
  /** It will not work, however often it is tried. */
  | 'refused'
  /** The cluster is no longer what the plan was made for: nothing more is begun, and a new plan is due. */
  | 'changed'
  /** The node is gone: what was on it is lost, and what would go there is cancelled. */
  | 'node-lost'

/** Thrown by a driver that knows more than that it failed. */
export class StepError extends Error {
  override readonly name = 'StepError'

  constructor(
    readonly fault: StepFault,
    message: string,
    /** The node that is gone, for `node-lost`. */
    readonly node?: string
  ) {
    super(message)
  }
}
