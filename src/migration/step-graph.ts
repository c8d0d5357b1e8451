import type { Action } from '../../models/contract/plan.js'
import type { Devices } from './agenda.js'

/** A step before it has an id and times. Nodes by index; −1 where the action has none. */
export interface StepNode {
  readonly action: Action
  /** The node of the step; of a shift, where to. */
  readonly node: number
  /** Of a shift, and of a start that replaces a copy: where from. */
  readonly from: number
  readonly replica: string
  readonly deployment: number
  readonly isListed: boolean
  /** A start that only waits for a copy that is starting already. */
  readonly isWait: boolean
  readonly devices: Devices
  readonly seconds: number
  /** The migration whose run-time limits a start takes and a stop gives back; −1: none. */
  readonly flight: number
  /** Indices of the steps that have ended before. */
  readonly after: Set<number>
}

const NOBODY = {
  node: -1,
  from: -1,
  replica: '',
  deployment: -1,
  isListed: true,
  isWait: false,
  devices: [],
  seconds: 0,
  flight: -1
}

/** What one step gave back of a limit when it ended pays for what another takes of it. */
export interface Payment {
  readonly limit: number
  readonly from: number
  readonly to: number
  readonly amount: number
}

/** Steps with what each has to wait for; every step comes after those it waits for, cordons and releases apart. */
export class StepGraph {
  readonly steps: StepNode[] = []
  readonly payments: Payment[] = []
  /** Of each leg its first step. */
  readonly firstOf: number[] = []
  flights = 0

  add(step: Partial<StepNode> & { readonly action: Action }): number {
    this.steps.push({ ...NOBODY, ...step, after: step.after ?? new Set() })
    return this.steps.length - 1
  }

  /** Lets a step wait for another. */
  wait(step: number, before: number): void {
    if (step !== before) this.steps[step]?.after.add(before)
  }
}
