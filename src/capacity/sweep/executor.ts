import type { ScenarioRecord } from './scenario-record.js'
import type { ScenarioTask } from './solve-scenario.js'

/** Where the scenarios of a sweep are solved. */
export interface Executor {
  /** How many it takes at a time. */
  readonly concurrency: number
  /**
   * Solves one. `onStart` is called when it is no longer waiting. Rejects with the signal's reason on an abort; any other rejection is a
   * scenario that failed, and its message is why.
   */
  solve(task: ScenarioTask, hooks: ScenarioHooks): Promise<ScenarioRecord>
  /** Told that the record is kept: whatever still holds the answer may forget it. */
  forget?(id: string): Promise<void>
  /** Resolves when nothing of it is left. */
  close(): Promise<void>
}

export interface ScenarioHooks {
  readonly signal: AbortSignal
  readonly onStart: () => void
}
