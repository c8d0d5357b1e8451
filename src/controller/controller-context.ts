import type { Problem } from '../../models/contract/problem.js'
import type { Result } from '../../models/contract/result.js'
import type { Clock } from '../execution/clock.js'
import type { Driver } from '../execution/driver.js'
import type { Backoff } from './backoff.js'
import type { Phase } from './controller-state.js'
import type { Holds } from './holds.js'
import type { OpenJournal } from './kept-plan.js'
import type { Memory } from './memory.js'
import type { Planning } from './planning.js'
import type { Policy } from './policy.js'
import type { Observation } from './read-snapshot.js'
import type { Stability } from './stability.js'
import type { Tally } from './tally.js'
import type { Voice } from './voice.js'

/** What the rounds of a controller share. */
export interface ControllerContext {
  readonly policy: Policy
  readonly clock: Clock
  readonly voice: Voice
  readonly tally: Tally
  readonly planning: Planning
  readonly stability: Stability
  readonly holds: Holds
  readonly backoff: Backoff
  readonly memory: Memory
  readonly observe: (signal: AbortSignal) => Promise<Observation>
  readonly driverFor: (problem: Problem, result: Result, signal: AbortSignal) => Promise<Driver>
  readonly openJournal: (plan: string | null, signal: AbortSignal) => Promise<OpenJournal>
  readonly enter: (phase: Phase) => void
}
