/**
 * What a Result looks like and how it is carried out: a report as one HTML file, a shell script, and what both are drawn from (nodes
 * before and after, the cluster after each step, cost over the migration). Runs in Node and in browsers, and asks no solver.
 * `renderReport`, `renderScript` and `renderKubectlScript` take any value and check it; the others take what `parseProblem` and `parseResult` give.
 */

export { type CostPoint, costByMigrations } from './cluster/cost-path.js'
export { type CourseMoment, courseOf } from './cluster/course.js'
export {
  type DescribedCluster,
  type DescribedNode,
  describeCluster,
  type NodeFate,
  type NodeSide,
  type Resident,
  type ResidentRole
} from './cluster/describe-cluster.js'
export type { DeviceLoad, HeldCopy, Holding, NodeLoad, Phase, ResourceLoad } from './cluster/node-load.js'
export { type Moment, type NodeMoment, openPlayback, type Playback } from './cluster/playback.js'
export type { NodeStanding } from './cluster/step-changes.js'
export { describeStep } from './cluster/step-words.js'
export { renderDrainScript } from './drains/render-drain-script.js'
export { renderProjection } from './drains/render-projection.js'
export type { Facts } from './html/capacity/answer-page.js'
export { type ReportOptions, renderReport } from './html/result/render-report.js'
export { type KubectlScriptOptions, renderKubectlScript } from './script/kubectl/render-kubectl-script.js'
export { renderScript } from './script/render-script.js'
export type { Frontier, FrontierPoint } from './svg/cost-chart.js'
