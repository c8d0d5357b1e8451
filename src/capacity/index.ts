export type { CompactionAnswer, CompactionOptions, CompactionTrial } from './compaction/compaction.js'
export { compaction } from './compaction/compaction.js'
export type { CurveAnswer, CurveOptions, CurvePoint } from './curve/curve.js'
export { curve } from './curve/curve.js'
export type { Extent, Growth, Limit } from './growth/growth.js'
export type { Fragmentation } from './holes/fragmentation.js'
export type { Holes, HolesAnswer, HolesOptions } from './holes/holes.js'
export { holes } from './holes/holes.js'
export type { AnswerHead } from './question/answer.js'
export type { Evidence, QuestionOptions, QuestionProgress } from './question/options.js'
export type { ReachAnswer, ReachMoves, ReachNodes, ReachOptions, ReachScenario } from './reach/reach.js'
export { reach } from './reach/reach.js'
export type {
  LossGroup,
  Survival,
  SurviveAnswer,
  SurviveBasis,
  SurviveCase,
  SurviveOptions
} from './survive/survive.js'
export { survive } from './survive/survive.js'
