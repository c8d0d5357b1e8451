export { brokenRules, stayIsLegal } from '../models/checker/broken-rules.js'
export type { PlacementLike } from '../models/checker/placement-like.js'
export type { Certificate } from '../models/contract/certificate.js'
export type { InputIssue } from '../models/contract/input-issues.js'
export { InputError, parsePlacement, parseProblem, parseResult } from '../models/contract/parse.js'
export type { Assignment, Placement, PlacementInput, Producer } from '../models/contract/placement.js'
export type { Action, Plan, Step } from '../models/contract/plan.js'
export type { Problem, ProblemInput } from '../models/contract/problem.js'
export type { Result, Termination, Violation } from '../models/contract/result.js'
export { verifyPlacement, verifyPlan, verifyResult } from '../models/verify.js'
export { compact } from './compact.js'
export type { CompactRun } from './compact-run.js'
export type { Clock } from './execution/clock.js'
export { type Call, type Driver, type Observation, StepError, type StepFault, type StepOf } from './execution/driver.js'
export type { ExecutionEvent } from './execution/events.js'
export { execute } from './execution/execute.js'
export {
  type HaltReason,
  type Journal,
  type JournalEntry,
  JournalError,
  memoryJournal,
  type Outcome
} from './execution/journal.js'
export type { ExecuteOptions } from './execution/options.js'
export type { PlanProgress } from './execution/plan-progress.js'
export { problemAfter } from './execution/problem-after.js'
export type { ExecutionReport, MoveReport, StepReport } from './execution/report.js'
export type { Fault, StepState, Verb } from './execution/step-record.js'
export { exportProgram } from './export-program.js'
export type { CompactOptions, ExecutableOn, IncumbentUpdate, Progress, SolverChoice } from './options.js'
export { sequence } from './sequence.js'
export type { ClusterEvent } from './simulation/cluster-event.js'
export type { SimulatedViolation } from './simulation/invariant-watcher.js'
export { type SimulateOptions, simulate } from './simulation/simulate.js'
export type { Simulation } from './simulation/simulation.js'
export type { SimulatedStep } from './simulation/timeline.js'
