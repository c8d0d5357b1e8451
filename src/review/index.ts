/**
 * What one does with a Result that is there: ask why it is so and what would change it (`why`), where else a replica could be
 * (`alternatives`), what differs from another one (`compareResults`), and decide on single moves and solve again (`revise`). Runs in Node
 * and in browsers: nothing of it reads files or writes to a terminal.
 */

export type { Decisions } from '../../models/contract/decisions.js'
export type { Effort } from '../capacity/question/answer.js'
export type { Evidence, QuestionOptions, QuestionProgress } from '../capacity/question/options.js'
export type { LimitCount } from '../result/count-limits.js'
export type { NodeFate } from '../result/node-fate.js'
export {
  type Alternatives,
  alternatives,
  type ForbiddenNode,
  type PossibleNode
} from './alternatives/alternatives.js'
export type { PlaceLimit } from './alternatives/limits-at.js'
export type { AlternativesOptions } from './alternatives/options.js'
export type { Reach, Reachability } from './alternatives/rank-nodes.js'
export type { AnswerHead } from './answer-head.js'
export { compareResults } from './compare/compare-results.js'
export {
  type CountDifference,
  type DeviceDifference,
  type EndDifference,
  type Figure,
  type FigureName,
  figureNames,
  type OnlyIn,
  type PlannedMove,
  type ResultDifference
} from './compare/result-difference.js'
export type { ReviseOptions } from './revise/options.js'
export type { Verdicts } from './revise/read-decisions.js'
export { type Revision, revise } from './revise/revise.js'
export type { BoundSource } from './revise/trusted-bound.js'
export type { ClusterAnswer, ReasonGroup } from './why/cluster-answer.js'
export type { CombinedChange, Conflict, ConflictAnswer, NeededPart } from './why/conflict-answer.js'
export type { DescribedEdit } from './why/edits.js'
export type { Elsewhere } from './why/elsewhere.js'
export type { NodeAnswer, NodeFindings } from './why/node-answer.js'
export type { WhyOptions } from './why/options.js'
export type { EndPrice, Price } from './why/price.js'
export type { PricedChange, PricedChanges, TriedChange } from './why/priced-changes.js'
export type { ChangedPart } from './why/proposal.js'
export type { ReplicaAnswer } from './why/replica-answer.js'
export { type WhyAnswer, why } from './why/why.js'
export type { WhyHead } from './why/why-head.js'
