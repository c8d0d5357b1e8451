import type { RoundReport } from './round-report.js'

/** What a controller may be busy with. `idle`: it waits for its next round. */
export const phases = [
  'idle',
  'resuming',
  'reading',
  'planning',
  'comparing',
  'executing',
  'reopening',
  'backing-off',
  'stopped'
] as const

export type Phase = (typeof phases)[number]

/** Until when something is left alone: milliseconds of the clock; null: nobody knows. */
export interface Hold {
  readonly id: string
  readonly until: number | null
  /** cool-down: it was moved. unsettled: it has changed lately, or something of it is under way. */
  readonly reason: 'cool-down' | 'unsettled'
}

/** Where a controller is. JSON; times in milliseconds of its clock. */
export interface ControllerState {
  readonly phase: Phase
  /** Since when it is in this phase. */
  readonly since: number
  /** Since when nothing has changed in the cluster; null before the first reading. */
  readonly stableSince: number | null
  /** What is held in place for now. */
  readonly held: { readonly deployments: readonly Hold[]; readonly nodes: readonly Hold[] }
  /** Failures in a row, and until when nothing is done because of them; null: nothing is in the way. */
  readonly backoff: { readonly failures: number; readonly until: number | null }
  /** The plan that was made last, in short; null before the first. */
  readonly lastPlan: {
    readonly id: string | null
    readonly at: number
    readonly fingerprint: string
    readonly costPerHour: { readonly current: number; readonly planned: number; readonly bound: number }
    readonly migrations: number
    readonly savingPerHour: number
  } | null
  /** What `onEvent` threw first; null: nothing. */
  readonly listenerFault: string | null
  /** How the last round ended; null before the first. */
  readonly lastRound: Pick<RoundReport, 'outcome' | 'message' | 'at' | 'seconds' | 'plans'> | null
}
