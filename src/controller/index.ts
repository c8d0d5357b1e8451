export { type LiveCluster, type SimulatedClusterOptions, simulatedCluster } from '../simulation/live-cluster.js'
export type {
  Controller,
  ControllerParts,
  DriverMaker,
  JournalMaker,
  StopOptions
} from './controller.js'
export type { ControllerState, Hold, Phase } from './controller-state.js'
export { createController } from './create-controller.js'
export type { ControllerEvent, ControllerNotice, FailedPart } from './events.js'
export type { BackoffPolicy, CooldownPolicy, GatePolicy, Policy, PolicyInput } from './policy.js'
export type { RoundOutcome, RoundReport } from './round-report.js'
export type { Moment, Snapshot } from './snapshot.js'
