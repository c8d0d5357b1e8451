import type { Assignment } from '../../models/contract/placement.js'
import type { ExecutionReport } from '../execution/report.js'
import type { ClusterEvent } from './cluster-event.js'
import type { SimulatedViolation } from './invariant-watcher.js'
import type { SimulatedStep } from './timeline.js'

/** What a simulated execution came to. JSON throughout; the same problem, result and options give the same. */
export interface Simulation {
  readonly seed: number
  /** How long it took, in seconds, crashes and retries included. */
  readonly seconds: number
  /** How long it takes by schedule, in seconds. */
  readonly plannedSeconds: number
  /** Every step of the plan, in its order. */
  readonly steps: readonly SimulatedStep[]
  /** What the executor did that must not be, at any moment, and what it left half-done without a word. */
  readonly violations: readonly SimulatedViolation[]
  /** Every copy of the Problem's deployments that there is in the end, ready or not. */
  readonly placement: readonly Assignment[]
  /** Whether every replica ends where the Result places it, on its devices, ready and once. */
  readonly isAsPlanned: boolean
  /** Whether nothing is worse in the end than at the outset, and nothing half-done but what the execution reports. */
  readonly isLegal: boolean
  /** How often the executor crashed. */
  readonly crashes: number
  /** Everything that happened. */
  readonly events: readonly ClusterEvent[]
  /** What the execution says of itself. */
  readonly execution: ExecutionReport
}
