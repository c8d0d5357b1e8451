/** A simulation, its options and what it tells. */
import {
  type Action,
  type Assignment,
  type ClusterEvent,
  type ExecutionReport,
  type Result,
  type SimulatedStep,
  type SimulatedViolation,
  type SimulateOptions,
  type Simulation,
  type StepState,
  simulate,
  type Violation
} from 'replica-compactor'
import { holds, type Same } from './same.js'

declare const anything: unknown
declare const result: Result

holds<
  Same<
    keyof SimulateOptions,
    'seed' | 'failureRate' | 'nodeDeathRate' | 'driftRate' | 'crashRate' | 'jitter' | 'execution'
  >
>()
holds<Same<SimulateOptions, Readonly<Partial<SimulateOptions>>>>()
holds<Same<keyof NonNullable<SimulateOptions['execution']>, 'retries' | 'backoffMs' | 'forceDrain' | 'breakerWindow'>>()

export async function calls(): Promise<void> {
  const simulation = await simulate(anything, result, { seed: 7, failureRate: 0.05, execution: { retries: 0 } })
  holds<Same<typeof simulation, Simulation>>()
  await simulate(anything, anything)
}

holds<
  Same<
    keyof Simulation,
    | 'seed'
    | 'seconds'
    | 'plannedSeconds'
    | 'steps'
    | 'violations'
    | 'placement'
    | 'isAsPlanned'
    | 'isLegal'
    | 'crashes'
    | 'events'
    | 'execution'
  >
>()
holds<Same<Simulation['steps'], readonly SimulatedStep[]>>()
holds<Same<Simulation['violations'], readonly SimulatedViolation[]>>()
holds<Same<Simulation['placement'], readonly Assignment[]>>()
holds<Same<Simulation['events'], readonly ClusterEvent[]>>()
holds<Same<Simulation['execution'], ExecutionReport>>()
holds<Same<SimulatedStep['action'], Action>>()
holds<Same<SimulatedStep['state'], StepState>>()
holds<Same<SimulatedStep['startSeconds'], number | null>>()
holds<Same<keyof SimulatedViolation, keyof Violation | 'atSeconds' | 'by'>>()
holds<Same<ClusterEvent['atSeconds'], number>>()
holds<
  Same<
    ClusterEvent['kind'],
    | 'copy-started'
    | 'copy-ready'
    | 'copy-failed'
    | 'traffic-shifted'
    | 'drain-began'
    | 'drain-ended'
    | 'copy-removed'
    | 'node-cordoned'
    | 'node-uncordoned'
    | 'node-provisioned'
    | 'node-released'
    | 'node-died'
    | 'death-noted'
    | 'foreign-arrived'
    | 'foreign-left'
    | 'call-failed'
    | 'call-abandoned'
    | 'change-observed'
    | 'executor-halted'
    | 'executor-crashed'
    | 'executor-resumed'
  >
>()

// @ts-expect-error Rates have no unit, and are called so.
simulate(anything, result, { failures: 3 })
