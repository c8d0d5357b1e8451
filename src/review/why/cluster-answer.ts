import type { Problem } from '../../../models/contract/problem.js'
import type { NodeReason, Result } from '../../../models/contract/result.js'
import { groupBy } from '../../../models/grouping.js'
import { isLess } from '../../../models/rounding.js'
import type { ResolvedQuestion } from '../../capacity/question/options.js'
import { countLimits, type LimitCount } from '../../result/count-limits.js'
import type { BoundSource } from '../revise/trusted-bound.js'
import { proposeChanges } from './changes/all-changes.js'
import type { LeastCost } from './least-cost.js'
import { findForNode, NOTHING_TRIED, type NodeFindings, withoutProofs } from './node-answer.js'
import { type Price, priceOf } from './price.js'
import { type PricedChanges, priceChanges } from './priced-changes.js'
import { clusterScene } from './scene.js'
import { Trials } from './trials.js'
import { headOfWhy, type WhyHead } from './why-head.js'

/** Why nodes stay, and the best that was found for the dearest of them. */
export interface ClusterAnswer extends WhyHead<'why-cluster'> {
  /** Where the bound comes from by which nothing cheaper is possible without a change. */
  readonly boundSource: BoundSource
  /** Nodes that stay, by reason, the dearest group first. */
  readonly groups: readonly ReasonGroup[]
  /** What makes the whole cluster cheaper, whichever nodes that frees. saves: more search does, without a change. */
  readonly anywhere: PricedChanges & { readonly unchanged?: Price }
  /** Nodes that were looked at, with what was found; those first for which the most is saved. */
  readonly nodes: readonly NodeFindings[]
  /** Nodes that stay and were not looked at for lack of time. */
  readonly notLookedAt: number
}

export interface ReasonGroup {
  readonly code: NodeReason['code'] | 'not-explained'
  readonly nodes: readonly string[]
  readonly costPerHour: number
  /** What is in the way, and on how many of these nodes, the most frequent first. */
  readonly limits: readonly LimitCount[]
}

/** Parts of what is left of the budget: for changes that help anywhere, of that for more search without a change, and for one node. */
const ANYWHERE_SHARE = 0.35
const BASE_SHARE = 0.3
const NODE_SHARE = 0.35
/** Replicas beyond which only what looks promising at once is solved: a trial takes seconds. */
const MOST_THOROUGH = 300

export async function answerCluster(
  problem: Problem,
  result: Result,
  question: ResolvedQuestion,
  least: LeastCost
): Promise<ClusterAnswer> {
  const prices = new Map(problem.nodes.map(({ id, costPerHour }) => [id, costPerHour]))
  const released = new Set(result.releasedNodes)
  const reasons = new Map((result.explanation.nodes ?? []).map((reason) => [reason.node, reason]))
  const hosts = new Set([...result.placement, ...result.headroom].map(({ node }) => node))
  const staying = problem.nodes.filter(({ id, releasable }) => !released.has(id) && (hosts.has(id) || !releasable))
  const byCode = groupBy(staying, ({ id }) => reasons.get(id)?.code ?? ('not-explained' as const))
  const groups = [...byCode].map(([code, nodes]): ReasonGroup => {
    return {
      code,
      nodes: nodes.map(({ id }) => id),
      costPerHour: nodes.reduce((sum, { costPerHour }) => sum + costPerHour, 0),
      limits: countLimits(nodes.flatMap(({ id }) => reasons.get(id) ?? []))
    }
  })
  const dearest = staying
    .filter(({ costPerHour }) => costPerHour > 0)
    .sort((left, right) => right.costPerHour - left.costPerHour || (left.id < right.id ? -1 : 1))
  const { budget } = question
  let anywhere = await findAnywhere(
    problem,
    result,
    groups.flatMap(({ limits }) => limits.map(({ limit }) => limit)),
    question,
    least
  )
  const isQuick = problem.replicas.length > MOST_THOROUGH
  let nodes: NodeFindings[] = []
  for (const [order, { id }] of dearest.entries()) {
    if (budget.remaining() < leastFor(problem)) break
    const share = Math.max(NODE_SHARE, 1 / (dearest.length - order))
    const wasReached = least.isReached
    const found = await findForNode(problem, result, id, {
      question,
      budget: budget.share(share),
      least,
      isQuick
    })
    if (wasReached && !least.isReached) {
      anywhere = withoutProofs(anywhere)
      nodes = nodes.map(withoutVerdict)
    }
    nodes.push(found)
  }
  return {
    ...headOfWhy('why-cluster', problem, result, question),
    boundSource: least.source,
    groups: groups.sort((left, right) => right.costPerHour - left.costPerHour),
    anywhere,
    nodes: nodes.sort((left, right) => bestOf(right) - bestOf(left) || dearer(prices, left, right)),
    notLookedAt: staying.length - nodes.length
  }
}

/** Single changes after which the cluster costs less, no node being asked about. */
async function findAnywhere(
  problem: Problem,
  result: Result,
  limits: readonly string[],
  question: ResolvedQuestion,
  least: LeastCost
): Promise<ClusterAnswer['anywhere']> {
  const total = result.objective?.total ?? 0
  const proposals = proposeChanges(clusterScene(problem, result, limits))
  if (proposals.length === 0) return NOTHING_TRIED
  const trials = new Trials(question, {
    impose: (changed) => changed,
    isReached: (plan) => isLess(plan.objective?.total ?? Infinity, total),
    isExcluded: (bound) => !isLess(bound, total),
    start: result,
    rules: problem.rules
  })
  trials.expect(1 + proposals.length)
  const budget = question.budget.share(ANYWHERE_SHARE)
  // What the Result only states is tried.
  const isShown = least.isReached && !least.isTrusted
  const base = isShown ? null : await trials.solve(problem, budget.share(BASE_SHARE), 'the plan, without a change')
  if (base?.verdict === 'impossible') least.confirm()
  if (base?.plan) least.refute(base.plan)
  if (base?.verdict === 'works' && base.plan !== null)
    return { ...NOTHING_TRIED, unchanged: priceOf(base.plan, result) }
  return priceChanges(problem, proposals, {
    trials,
    budget,
    isBaseProven: least.isReached,
    compare: (left, right) => right.saves - left.saves || (left.amount ?? 0) - (right.amount ?? 0)
  })
}

/** The same where a bound turned out false by which it was said to be impossible. */
function withoutVerdict(found: NodeFindings): NodeFindings {
  const { unchanged } = found
  const isSaid = unchanged?.verdict === 'impossible'
  return { ...withoutProofs(found), ...(isSaid && { unchanged: { ...unchanged, verdict: 'unknown' } }) }
}

/** The most that was found to be saved by freeing a node. */
function bestOf({ changes, unchanged }: NodeFindings): number {
  const own = unchanged?.verdict === 'saves' ? (unchanged.price?.saves ?? 0) : 0
  return Math.max(own, ...changes.map(({ saves }) => saves))
}

function dearer(prices: ReadonlyMap<string, number>, left: NodeFindings, right: NodeFindings): number {
  return (prices.get(right.node) ?? 0) - (prices.get(left.node) ?? 0)
}

/** Units of a budget below which a node is not begun: a trial of a large cluster takes longer. */
function leastFor({ replicas }: Problem): number {
  return 200 + replicas.length
}
