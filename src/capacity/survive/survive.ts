import { parseProblem } from '../../../models/contract/parse.js'
import type { Problem, ProblemInput } from '../../../models/contract/problem.js'
import type { Unchecked } from '../../../models/contract/unchecked.js'
import { withSolvers } from '../../chosen-solvers.js'
import { gapBetween } from '../../search/incumbents.js'
import type { SolverTeam } from '../../search/solver-team.js'
import { type AnswerHead, headOf } from '../question/answer.js'
import { expectEntries, isListOf } from '../question/deployments.js'
import { expectOptions, type QuestionOptions, type ResolvedQuestion, resolveQuestion } from '../question/options.js'
import { type PlanOptions, planFor } from '../question/plan-for.js'
import { activeNodes, inPlace, openOnly, roomProblem, withoutPurchases } from '../question/scenario.js'
import { leastCost, leastSurvivingCost } from './least-cost.js'
import { domainLosses, type Loss, nodeLosses } from './loss-groups.js'
import type { SpareNodes } from './spare-node-list.js'
import { findSpareNodes, type LossAsked } from './spare-nodes.js'
import { afterLoss, decideSurvival } from './survival.js'
import type { Recovery, Survival } from './survival-verdict.js'

export type { Survival } from './survival-verdict.js'

/** now: the cluster as it is, with all its nodes. plan: with everything where the plan puts it, and what the plan releases gone. */
export type SurviveBasis = 'now' | 'plan'

export interface SurviveOptions extends QuestionOptions, PlanOptions {
  /** What is lost at a time: `node`, or a label of which one domain is lost. Default: `node`, and the labels that rules and `zone` name. */
  readonly losses?: readonly string[]
  /** Default: both. */
  readonly basis?: readonly SurviveBasis[]
  /** What may be done about a loss where the price of surviving it is asked: none, the default, only restarts what is lost. */
  readonly recovery?: Recovery
  /** Whether the price is asked at all. Default true. */
  readonly price?: boolean
}

/** What survives the loss of any one node or domain, and what that costs. */
export interface SurviveAnswer extends AnswerHead<'survive'> {
  readonly cases: readonly SurviveCase[]
  /** Of a cluster after the plan that survives every loss asked about; null where it was not asked for, or nothing was found. */
  readonly price: SurvivePrice | null
  readonly notes: readonly string[]
}

/** All losses of one kind from one cluster. */
export interface SurviveCase {
  readonly basis: SurviveBasis
  /** `node`, or the label. */
  readonly topologyKey: string
  /** Nodes or domains that may be lost, those that host nothing included. */
  readonly losses: number
  /** Of these, by what is found where nothing else moves, and where everything may. */
  readonly counts: Readonly<Record<Recovery, Readonly<Record<Survival['verdict'], number>>>>
  /** Losses that are alike together: each is solved once. Those that host nothing are left out. */
  readonly groups: readonly LossGroup[]
  /** The group of which most replicas are left without a place when nothing else moves; its index, null where all survives. */
  readonly worst: number | null
}

export interface LossGroup extends Loss {
  /** Nothing else moves: only what was lost starts again. */
  readonly withoutMoves: Survival
  /** Everything may move that the Problem lets move, without a budget. */
  readonly withMoves: Survival
}

export interface SurvivePrice {
  readonly recovery: Recovery
  /** The plan, and what must be kept or bought beside it. */
  readonly planCostPerHour: number
  readonly spare: SpareNodes['nodes']
  readonly extraCostPerHour: number
  readonly costPerHour: number
  /** Proven: no set of nodes that survives these losses costs less. */
  readonly bound: number
  readonly gap: number
  /** Losses, by node or domain, that no spare nodes make survivable. */
  readonly notCovered: readonly string[]
}

const BASES: readonly SurviveBasis[] = ['now', 'plan']
const PLAN_SHARE = 0.25
const PRICE_SHARE = 0.5
/** Part of what is left after the plan for the bound on the cost of any nodes on which everything fits. */
const BOUND_SHARE = 0.1
/** Part of the time for losses that goes into those after which nothing moves: most of them are decided at once. */
const STILL_SHARE = 0.4

/**
 * Whether all replicas still have a place after the loss of any one node, or of any one domain of a label: those of what is lost
 * wait, and start elsewhere, while nothing else moves, or everything may. How many do not, by priority; which loss is worst; and which
 * nodes must be kept or bought beside the plan to survive every loss, against a proven bound. Losses that are alike are solved once. Headroom is
 * there to be used then, and startup demand is not looked at beyond empty nodes.
 *
 * Throws InputError for what is no Problem, for unknown options and for a plan of another Problem; the signal's reason on an abort.
 */
export async function survive(input: Unchecked<ProblemInput>, options: SurviveOptions = {}): Promise<SurviveAnswer> {
  const problem = parseProblem(input)
  const question = resolveQuestion(options, ['losses', 'basis', 'recovery', 'price', 'plan'])
  const keys = labelsOf(problem)
  const words = ['node', ...keys]
  expectEntries('losses', options.losses, words, `node, or a label of nodes: ${keys.join(', ')}`)
  expectOptions(options, [
    ['losses', isListOf(words), `an array of ${words.join(', ')}`],
    ['basis', isListOf(BASES), `an array of ${BASES.join(', ')}`],
    ['recovery', (value: unknown) => value === 'none' || value === 'repack', 'none or repack'],
    ['price', (value: unknown) => typeof value === 'boolean', 'true or false']
  ])
  const losses = [...new Set(options.losses ?? defaultLosses(problem, keys))]
  const bases = options.basis ?? BASES
  const { price: wantsPrice = true, recovery = 'none' } = options
  const notes: string[] = []
  const needsPlan = bases.includes('plan') || wantsPrice
  const plan = needsPlan ? await planFor(problem, options.plan, PLAN_SHARE, question) : null
  const planned = plan?.primalStatus === 'feasible' ? withoutHeadroom(roomProblem(inPlace(problem, plan))) : null
  if (needsPlan && planned === null) notes.push('no plan was found, so nothing is known of the cluster after it')
  const now = withoutPurchases(withoutHeadroom(roomProblem(problem)))
  return withSolvers(question, async (solvers) => {
    const cases: SurviveCase[] = []
    const bound = { ...question, solvers, budget: question.budget.share(BOUND_SHARE) }
    const least = await leastCost(planned ?? now, bound)
    const asked = bases.flatMap((basis) => losses.map((topologyKey) => ({ basis, topologyKey })))
    for (const [order, { basis, topologyKey }] of asked.entries()) {
      const room = basis === 'now' ? now : planned && keptOnly(planned)
      if (room === null) continue
      const left = asked.length - order
      const share = wantsPrice ? (1 - PRICE_SHARE) / (left - PRICE_SHARE * (left - 1)) : 1 / left
      cases.push(
        await decideCase(room, { basis, topologyKey, share, least, order, of: asked.length }, solvers, question)
      )
    }
    const price =
      wantsPrice && planned !== null
        ? await priceOf(planned, plan?.objective?.costPerHour ?? 0, losses, recovery, least, solvers, question)
        : null
    if (price?.notCovered.length)
      notes.push(
        'some losses are not survived with any nodes that may be kept or bought: the price is that of the others'
      )
    if (problem.headroom.length > 0) notes.push('headroom is used for what is lost')
    return { ...headOf('survive', problem, question), cases, price, notes }
  })
}

interface CaseAbout {
  readonly basis: SurviveBasis
  readonly topologyKey: string
  readonly share: number
  /** No nodes on which everything fits cost less. */
  readonly least: number
  readonly order: number
  readonly of: number
}

async function decideCase(
  room: Problem,
  { basis, topologyKey, share, least, order, of }: CaseAbout,
  solvers: SolverTeam | null,
  question: ResolvedQuestion
): Promise<SurviveCase> {
  const { onProgress, elapsedMs, budget } = question
  const all = lossesOf(room, topologyKey)
  const losses = all.filter(({ replicas }) => replicas > 0)
  const own = budget.share(share)
  const decide = async (recovery: Recovery, asked: readonly Loss[], part: number) => {
    const forAll = own.share(part)
    const found = new Map<Loss, Survival>()
    for (const [done, loss] of asked.entries()) {
      const how = recovery === 'none' ? 'nothing moves' : 'repacked'
      if (budget.isSpent()) {
        found.set(loss, { verdict: 'undecided', unplaced: null })
        continue
      }
      const doing = `${basis}: losses of ${topologyKey}, ${how}, ${done + 1} of ${asked.length} kinds`
      onProgress?.({ elapsedMs: elapsedMs(), done: order, of, doing })
      const options = { ...question, solvers, budget: forAll.share(1 / (asked.length - done)) }
      const shows = `survive, ${basis}: without ${topologyKey} ${loss.alike[0]}, ${how}`
      const problem = afterLoss(room, loss.nodes, recovery)
      const isTooCheap = usableCost(problem) < least - 1e-6 * Math.max(1, least)
      found.set(loss, await decideSurvival(problem, { recovery, isTooCheap, shows }, options))
    }
    return found
  }
  const still = await decide('none', losses, STILL_SHARE)
  const isSurvived = (loss: Loss) => still.get(loss)?.verdict === 'survives'
  const moved = await decide(
    'repack',
    losses.filter((loss) => !isSurvived(loss)),
    1
  )
  const groups = losses.map((loss): LossGroup => {
    const withoutMoves = still.get(loss) as Survival
    return { ...loss, withoutMoves, withMoves: moved.get(loss) ?? withoutMoves }
  })
  const most = topologyKey === 'node' ? (basis === 'now' ? room.nodes.length : activeNodes(room).size) : all.length
  return { basis, topologyKey, losses: most, counts: countVerdicts(groups, most), groups, worst: worstOf(groups) }
}

/** What the nodes cost on which something runs or may start. */
function usableCost({ nodes, replicas }: Problem): number {
  const hosting = new Set(replicas.map(({ node }) => node))
  return nodes.reduce((sum, { id, acceptsReplicas, costPerHour }) => {
    return acceptsReplicas || hosting.has(id) ? sum + costPerHour : sum
  }, 0)
}

function lossesOf(room: Problem, topologyKey: string): Loss[] {
  return topologyKey === 'node' ? nodeLosses(room) : domainLosses(room, topologyKey)
}

async function priceOf(
  planned: Problem,
  planCostPerHour: number,
  topologyKeys: readonly string[],
  recovery: Recovery,
  least: number,
  solvers: SolverTeam | null,
  question: ResolvedQuestion
): Promise<SurvivePrice> {
  const { onProgress, elapsedMs } = question
  onProgress?.({ elapsedMs: elapsedMs(), done: 0, of: 1, doing: 'the price of surviving' })
  const options = { ...question, solvers }
  const proven = leastSurvivingCost(planned, topologyKeys, least)
  const losses = topologyKeys
    .flatMap((topologyKey) => lossesOf(planned, topologyKey).map((loss) => ({ ...loss, topologyKey })))
    .filter(({ replicas }) => replicas > 0)
    .sort((left, right) => right.replicas - left.replicas)
    .map(({ nodes, alike, topologyKey }): LossAsked => ({ nodes, topologyKey, domain: alike[0] as string }))
  const spare = await findSpareNodes(planned, activeNodes(planned), losses, recovery, options)
  const costPerHour = planCostPerHour + spare.costPerHour
  const bound = Math.min(proven, costPerHour)
  return {
    recovery,
    planCostPerHour,
    spare: spare.nodes,
    extraCostPerHour: spare.costPerHour,
    costPerHour,
    bound: spare.notCovered.length > 0 ? 0 : bound,
    gap: gapBetween(costPerHour, spare.notCovered.length > 0 ? 0 : bound),
    notCovered: spare.notCovered
  }
}

/** What the plan does not keep is gone, but for the domains that rules count. */
function keptOnly(planned: Problem): Problem {
  const active = activeNodes(planned)
  return withoutPurchases(openOnly(planned, ({ id }) => active.has(id)))
}

function withoutHeadroom(problem: Problem): Problem {
  return { ...problem, headroom: [] }
}

function labelsOf({ nodes }: Problem): string[] {
  return [...new Set(nodes.flatMap(({ labels }) => Object.keys(labels)))].filter((key) => key !== 'node').sort()
}

function defaultLosses({ rules }: Problem, keys: readonly string[]): string[] {
  const named = new Set(rules.flatMap((rule) => ('topologyKey' in rule ? [rule.topologyKey] : [])))
  return ['node', ...keys.filter((key) => key === 'zone' || key === 'topology.kubernetes.io/zone' || named.has(key))]
}

function countVerdicts(groups: readonly LossGroup[], losses: number): SurviveCase['counts'] {
  const count = (survivalOf: (group: LossGroup) => Survival) => {
    const counts = { survives: losses, fails: 0, undecided: 0 }
    for (const group of groups) {
      const { verdict } = survivalOf(group)
      if (verdict === 'survives') continue
      counts[verdict] += group.alike.length
      counts.survives -= group.alike.length
    }
    return counts
  }
  return { none: count(({ withoutMoves }) => withoutMoves), repack: count(({ withMoves }) => withMoves) }
}

function worstOf(groups: readonly LossGroup[]): number | null {
  let worst: number | null = null
  let most = 0
  for (const [index, { withoutMoves }] of groups.entries()) {
    if (withoutMoves.verdict === 'survives') continue
    const replicas = withoutMoves.unplaced?.replicas ?? 0.5
    if (replicas > most) [most, worst] = [replicas, index]
  }
  return worst
}
