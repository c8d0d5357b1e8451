import type { Node, Problem } from '../../../models/contract/problem.js'
import type { MoveReason, NodeReason, Result } from '../../../models/contract/result.js'
import { isLess } from '../../../models/rounding.js'
import type { Budget } from '../../budget.js'
import type { ResolvedQuestion } from '../../capacity/question/options.js'
import type { NodeFate } from '../../result/node-fate.js'
import type { BoundSource } from '../revise/trusted-bound.js'
import { proposeChanges } from './changes/all-changes.js'
import type { LeastCost } from './least-cost.js'
import { type Price, priceOf } from './price.js'
import { type PricedChanges, priceChanges } from './priced-changes.js'
import { nodeScene } from './scene.js'
import { type Aim, Trials } from './trials.js'
import { headOfWhy, type WhyHead } from './why-head.js'

/** Why a node stays or is released, and what would free it. */
export interface NodeAnswer extends WhyHead<'why-node'>, NodeFindings {
  /** Where the bound comes from by which nothing cheaper is possible without a change; of a node that stays. */
  readonly boundSource?: BoundSource
}

export interface NodeFindings extends PricedChanges {
  readonly node: string
  /** Money per hour for the node. */
  readonly nodeCostPerHour: number
  /** None of them is a new node: only nodes of the Problem are asked about. */
  readonly fate: Exclude<NodeFate, 'new' | 'rented'>
  /** From the Result: why it stays. */
  readonly reason?: NodeReason
  /** Ids of the replicas on it in the end. */
  readonly hosts: readonly string[]
  /** From the Result: what left it, and where to; for a node that is released. */
  readonly left: readonly { readonly replica: string; readonly to: string }[]
  /** From the Result: moves that made room where those went that left. */
  readonly madeRoom: readonly MoveReason[]
  /**
   * What freeing it takes without any change. saves: a plan does, and costs less. costs-more: a plan does, and costs no less. impossible: it
   * is proven that none does and saves. unknown: none was found.
   */
  readonly unchanged?: { readonly verdict: 'saves' | 'costs-more' | 'impossible' | 'unknown'; readonly price?: Price }
}

/** Where there was nothing to try. */
export const NOTHING_TRIED: PricedChanges = { changes: [], refuted: [], undecided: [], untried: [] }
/** Part of the budget for freeing the node without a change. */
const BASE_SHARE = 0.2

export async function answerNode(
  problem: Problem,
  result: Result,
  id: string,
  question: ResolvedQuestion,
  least: LeastCost
): Promise<NodeAnswer> {
  const findings = await findForNode(problem, result, id, { question, budget: question.budget, least, isQuick: false })
  const isAsked = findings.unchanged !== undefined
  return {
    ...headOfWhy('why-node', problem, result, question),
    ...findings,
    ...(isAsked && { boundSource: least.source })
  }
}

/** How far a node is looked at. */
export interface NodeSearch {
  readonly question: ResolvedQuestion
  /** What of the budget of the question it may take. */
  readonly budget: Budget
  /** What is known of the least that the Problem costs without a change. */
  readonly least: LeastCost
  /** Whether only what looks promising at once is solved. */
  readonly isQuick: boolean
}

/** What is found about one node of the Problem. */
export async function findForNode(
  problem: Problem,
  result: Result,
  id: string,
  { question, budget, least, isQuick }: NodeSearch
): Promise<NodeFindings> {
  const { costPerHour: nodeCostPerHour, releasable } = problem.nodes.find((node) => node.id === id) as Node
  const hosts = result.placement.filter(({ node }) => node === id).map(({ replica }) => replica)
  const isUsed = hosts.length > 0 || result.headroom.some(({ node }) => node === id)
  const known = { node: id, nodeCostPerHour, hosts }
  if (releasable && !isUsed) return { ...known, ...describeRelease(problem, result, id), ...NOTHING_TRIED }
  const reason = result.explanation.nodes?.find(({ node }) => node === id)
  const stays = { ...known, fate: 'stays', left: [], madeRoom: [], ...(reason && { reason }) } as const
  const total = result.objective?.total ?? 0
  const aim: Aim = {
    impose: (changed) => ({
      ...changed,
      nodes: changed.nodes.map((node) => (node.id === id ? { ...node, mustEmpty: true } : node))
    }),
    isReached: (plan) => {
      return plan.releasedNodes.includes(id) && isLess(plan.objective?.total ?? Infinity, total)
    },
    isExcluded: (bound) => !isLess(bound, total),
    start: result,
    rules: problem.rules
  }
  const trials = new Trials(question, aim, isQuick)
  const base = await trials.solve(problem, budget.share(BASE_SHARE), `${id} freed without a change`)
  if (base.plan !== null) least.refute(base.plan)
  const verdict = base.verdict === 'works' ? 'saves' : least.isReached ? ('impossible' as const) : base.verdict
  const unchanged: NonNullable<NodeFindings['unchanged']> = {
    verdict: base.plan !== null && verdict !== 'saves' ? 'costs-more' : verdict,
    ...(base.plan && { price: priceOf(base.plan, result) })
  }
  if (verdict === 'saves') return { ...stays, unchanged, ...NOTHING_TRIED }
  const scene = { ...nodeScene(problem, result, id), emptied: base.answer }
  const priced = await priceChanges(problem, proposeChanges(scene), {
    trials,
    budget,
    isBaseProven: verdict === 'impossible',
    compare: (left, right) => right.saves - left.saves || (left.amount ?? 0) - (right.amount ?? 0)
  })
  return { ...stays, unchanged, ...priced }
}

/** Findings without what was proven by a bound that turned out false. */
export function withoutProofs<Findings extends PricedChanges>(found: Findings): Findings {
  const changes = found.changes.map((change) =>
    change.isSmallest === true ? { ...change, isSmallest: false } : change
  )
  return { ...found, changes }
}

function describeRelease(
  problem: Problem,
  result: Result,
  id: string
): Pick<NodeFindings, 'fate' | 'left' | 'madeRoom'> {
  if (!result.releasedNodes.includes(id)) return { fate: 'idle', left: [], madeRoom: [] }
  const ran = problem.replicas.filter(({ node }) => node === id).map((replica) => replica.id)
  if (ran.length === 0) return { fate: 'unused', left: [], madeRoom: [] }
  const to = new Map(result.placement.map(({ replica, node }) => [replica, node]))
  const left = ran.flatMap((replica) => {
    const node = to.get(replica)
    return node === undefined ? [] : [{ replica, to: node }]
  })
  const homes = new Set(left.map((move) => move.to))
  const madeRoom = (result.explanation.moves ?? []).filter(
    ({ code, node, replicas = [] }) =>
      code === 'make-room' && homes.has(node ?? '') && left.some(({ replica }) => replicas.includes(replica))
  )
  return { fate: 'released', left, madeRoom }
}
