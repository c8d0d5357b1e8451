export type { InputIssue } from '../../models/contract/input-issues.js'
export { InputError } from '../../models/contract/parse.js'
export type { Study, StudyDeployment, StudyInput } from '../../models/contract/study.js'
export type { InstanceGpus, InstanceType } from './catalogue/instance-type.js'
export { readCatalogue } from './catalogue/read-catalogue.js'
export { toNodeTypes } from './catalogue/to-node-types.js'
export type { AlternativeInput } from './changes/alternative.js'
export { applyChanges, parseChanges } from './changes/apply-changes.js'
export type { Change, ChangeInput } from './changes/change.js'
export { formatChange, parseChangeLine } from './changes/change-line.js'
export type { CompactionAnswer, CompactionOptions, CompactionTrial } from './compaction/compaction.js'
export { compaction } from './compaction/compaction.js'
export type { CurveAnswer, CurveOptions, CurvePoint } from './curve/curve.js'
export { curve } from './curve/curve.js'
export type { Difference } from './difference.js'
export { countsAt, countsNow, type Demand, demandOf } from './forecast/demand.js'
export type { DemandSeries, DemandUnit, Forecast } from './forecast/forecast.js'
export { readForecast, type SeriesList } from './forecast/read-forecast.js'
export type { Extent, Growth, Limit } from './growth/growth.js'
export type { Fragmentation } from './holes/fragmentation.js'
export type { Holes, HolesAnswer, HolesOptions } from './holes/holes.js'
export { holes } from './holes/holes.js'
export type {
  BaseNodes,
  HorizonAnswer,
  HorizonCost,
  HorizonPeriod,
  HourlyNodes,
  NodeContents
} from './horizon/horizon-answer.js'
export { type HorizonOptions, planHorizon } from './horizon/plan-horizon.js'
export { verifyHorizon } from './horizon/verify/verify-horizon.js'
export { type MixOptions, mix } from './mix/mix.js'
export type { GettingThere, MixAnswer, MixNodes } from './mix/mix-answer.js'
export type { Outcome } from './outcome.js'
export type { AnswerHead } from './question/answer.js'
export type { Evidence, QuestionOptions, QuestionProgress } from './question/options.js'
export type { ReachAnswer, ReachMoves, ReachNodes, ReachOptions, ReachScenario } from './reach/reach.js'
export { reach } from './reach/reach.js'
export { committedTypes } from './study/commitment.js'
export { type CompleteStudy, completeStudy, type StudyTables } from './study/complete-study.js'
export { floorCounts } from './study/floors.js'
export { parseStudy } from './study/parse-study.js'
export { problemAt } from './study/problem-at.js'
export { amountTowards, countsTowards, type QuotaHolder } from './study/quotas.js'
export { reservedNodes } from './study/reserved-nodes.js'
export type {
  LossGroup,
  Survival,
  SurviveAnswer,
  SurviveBasis,
  SurviveCase,
  SurviveOptions
} from './survive/survive.js'
export { survive } from './survive/survive.js'
export type { Executor, ScenarioHooks } from './sweep/executor.js'
export { type IndexedJobOptions, renderIndexedJob } from './sweep/indexed-job.js'
export { inlineExecutor } from './sweep/inline-executor.js'
export { mergeSweeps } from './sweep/merge.js'
export type { SweepProgress } from './sweep/progress.js'
export { type RunSweepOptions, runSweep } from './sweep/run-sweep.js'
export { comparable, type ScenarioRecord } from './sweep/scenario-record.js'
export { formatShard, parseShard, type Shard } from './sweep/shard.js'
export type { ScenarioTask } from './sweep/solve-scenario.js'
export { makeSweep, type Scenario, type Sweep } from './sweep/sweep.js'
export type { SweepAnswer } from './sweep/sweep-answer.js'
export type { SweepHeader } from './sweep/sweep-header.js'
export { parseSweepJournal, type SweepJournal, type SweepRecords } from './sweep/sweep-journal.js'
export { parseSweepPlan, type ScenarioOptions, type SweepPlan, type SweepPlanInput } from './sweep/sweep-plan.js'
export type { TableInput } from './table/read-table.js'
export { type VariantAnswer, type WhatIfAnswer, type WhatIfOptions, type WhatIfProgress, whatIf } from './what-if.js'
