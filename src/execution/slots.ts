import type { MigrationLimits } from '../../models/contract/migration-options.js'
import { type Move, nodeOf } from './plan-graph.js'
import type { Progress } from './progress.js'
import type { StepRecord } from './step-record.js'

/**
 * The run-time limits: starts per node from begin to end of a start; migrations in flight, overall and per deployment, from the
 * begin of the new copy's start until the old copy's stop has ended, or the new copy is taken back or left. What only waits for a
 * copy that is starting already takes nothing.
 */
export class Slots {
  private readonly starting = new Set<StepRecord>()
  private readonly flying = new Set<Move>()

  constructor(
    private readonly limits: MigrationLimits,
    private readonly progress: Progress
  ) {
    for (const record of progress.records) if (record.state !== 'waiting') this.take(record)
  }

  /** Gives back what has ended. */
  refresh(): void {
    for (const record of this.starting) if (record.state !== 'running') this.starting.delete(record)
    for (const move of this.flying) if (!this.isInFlight(move)) this.flying.delete(move)
  }

  /** Whether a step may begin by now. */
  allows({ step, index }: StepRecord): boolean {
    const { graph } = this.progress
    if (step.action !== 'start' || graph.isWait[index] === true) return true
    const { startsPerNode, inFlight, perDeployment } = this.limits
    if (startsPerNode !== null) {
      let here = 0
      for (const other of this.starting) if (nodeOf(other.step) === step.node) here++
      if (here >= startsPerNode) return false
    }
    const move = graph.moveOf[index]
    if (move === undefined || move.shift < 0) return true
    if (inFlight !== null && this.flying.size >= inFlight) return false
    if (perDeployment === null) return true
    // Where no deployment is named, all might be of one.
    let alike = 0
    for (const other of this.flying) if (other.deployment === move.deployment) alike++
    return alike < perDeployment
  }

  /** Takes what a step needs that begins. */
  take(record: StepRecord): void {
    const { graph } = this.progress
    if (record.step.action !== 'start' || graph.isWait[record.index] === true) return
    if (record.state === 'running') this.starting.add(record)
    const move = graph.moveOf[record.index]
    if (move !== undefined && move.shift >= 0 && this.isInFlight(move)) this.flying.add(move)
  }

  private isInFlight({ start, shift, drain, stop }: Move): boolean {
    const states = [start, shift, drain, stop].map((index) => this.progress.stateOf(index))
    if (states.some((state) => state === 'running' || state === 'undoing')) return true
    return states[0] === 'done' && states.includes('waiting')
  }
}
