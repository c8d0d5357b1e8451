import { parseProblem } from '../../../models/contract/parse.js'
import type { Problem, ProblemInput } from '../../../models/contract/problem.js'
import type { Result } from '../../../models/contract/result.js'
import type { Unchecked } from '../../../models/contract/unchecked.js'
import { withSolvers } from '../../chosen-solvers.js'
import { describeGrowth } from '../growth/describe-growth.js'
import type { Growth } from '../growth/growth.js'
import { measureGrowth } from '../growth/measure-growth.js'
import { type AnswerHead, headOf } from '../question/answer.js'
import { deploymentIndices, isListOf } from '../question/deployments.js'
import { expectOptions, type QuestionOptions, type ResolvedQuestion, resolveQuestion } from '../question/options.js'
import { type PlanOptions, planFor } from '../question/plan-for.js'
import { activeNodes, frozen, inPlace, openOnly, roomProblem, withoutPurchases } from '../question/scenario.js'

/** repack: everything may move that the Problem lets move, without a budget. none: nothing that runs moves, newcomers fill holes. */
export type ReachMoves = 'repack' | 'none'

/**
 * plan: the nodes that are active after compaction, so until the next node is needed. listed: all nodes there are. purchasable: these and
 * what may be bought of `nodeTypes`.
 */
export type ReachNodes = 'plan' | 'listed' | 'purchasable'

const MOVES: readonly ReachMoves[] = ['repack', 'none']
const NODES: readonly ReachNodes[] = ['plan', 'listed', 'purchasable']

export interface ReachOptions extends QuestionOptions, PlanOptions {
  /** Default: both. */
  readonly moves?: readonly ReachMoves[]
  /** Default: plan and listed, and purchasable where the Problem has `nodeTypes`. */
  readonly nodes?: readonly ReachNodes[]
  /** Ids of the deployments that are looked at alone. Default: all of them. */
  readonly deployments?: readonly string[]
}

/** How far the fleet reaches. */
export interface ReachAnswer extends AnswerHead<'reach'> {
  readonly scenarios: readonly ReachScenario[]
  readonly notes: readonly string[]
}

/** How far one set of nodes reaches under one assumption of what may move. */
export interface ReachScenario {
  readonly moves: ReachMoves
  readonly nodes: ReachNodes
  /** Nodes that newcomers may use, purchases apart. */
  readonly nodeCount: number
  /** All deployments grow by one factor, every count rounded up. */
  readonly all: Growth
  /** One deployment grows, the others stay as they are. */
  readonly deployments: readonly (Growth & { readonly deployment: string })[]
}

/** Part of the time that the plan may take where none is given. */
const PLAN_SHARE = 0.25

/**
 * How much growth today's fleet takes, of each deployment alone and of all together ("workload inflation"): until a node is needed
 * beyond those that are active after compaction, until it does not fit on the nodes there are, and until quotas end. Each figure is
 * the largest growth with a placement that passes the checker, and the least one that is proven impossible; what lies between is
 * open. Where no spread or at-least rule counts, what does not fit at some growth fits at none beyond.
 *
 * Throws InputError for what is no Problem, for unknown options and for a plan of another Problem; the signal's reason on an abort.
 */
export async function reach(input: Unchecked<ProblemInput>, options: ReachOptions = {}): Promise<ReachAnswer> {
  const problem = parseProblem(input)
  const question = resolveQuestion(options, ['moves', 'nodes', 'deployments', 'plan'])
  expectOptions(options, [
    ['moves', isListOf(MOVES), `an array of ${MOVES.join(', ')}`],
    ['nodes', isListOf(NODES), `an array of ${NODES.join(', ')}`]
  ])
  const deployments = deploymentIndices(problem, options.deployments)
  const hasTypes = problem.nodeTypes.some(({ maxNew }) => maxNew > 0)
  const nodes = options.nodes ?? (hasTypes ? NODES : NODES.slice(0, 2))
  const notes: string[] = []
  const plan = nodes.includes('plan') ? await planFor(problem, options.plan, PLAN_SHARE, question) : null
  const wanted = nodes.flatMap((set) => (options.moves ?? MOVES).map((moves) => ({ nodes: set, moves })))
  const scenarios: ReachScenario[] = []
  for (const [order, { nodes: set, moves }] of wanted.entries()) {
    const found = roomOf(problem, set, plan)
    if (found === null) {
      notes.push(`nodes ${set}: there is no plan, so nothing is known of growth on its nodes`)
      continue
    }
    const about = { ...found, moves, nodes: set, deployments, order, of: wanted.length }
    scenarios.push(await reachIn(problem, about, question))
  }
  return { ...headOf('reach', problem, question), scenarios, notes: [...notes, ...notesOn(scenarios, problem)] }
}

interface ScenarioAbout {
  readonly room: Problem
  readonly nodeCount: number
  readonly moves: ReachMoves
  readonly nodes: ReachNodes
  readonly deployments: readonly number[]
  readonly order: number
  readonly of: number
}

async function reachIn(problem: Problem, about: ScenarioAbout, question: ResolvedQuestion): Promise<ReachScenario> {
  const { moves, nodes, nodeCount, deployments, order, of } = about
  const isFrozen = moves === 'none'
  const room = isFrozen ? frozen(about.room) : about.room
  const { budget, onProgress, elapsedMs, onPlacement } = question
  const measured = await withSolvers(question, (solvers) =>
    measureGrowth(room, {
      ...question,
      solvers,
      // What little the next one needs is decided in moments where nothing moves.
      budget: budget.share(1 / (of - order)),
      isFrozen,
      deployments,
      onPart: (doing) =>
        onProgress?.({ elapsedMs: elapsedMs(), done: order, of, doing: `${nodes}, ${moves}: ${doing}` })
    })
  )
  for (const bracket of [measured.all, ...measured.alone]) {
    const { fits, placement } = bracket
    if (placement === null) continue
    onPlacement?.({ shows: `reach, ${nodes}, ${moves}: step ${fits} fits`, problem: bracket.at(fits), placement })
  }
  return {
    moves,
    nodes,
    nodeCount,
    all: describeGrowth(measured.all),
    deployments: deployments.map((index, position) => ({
      deployment: problem.deployments[index]?.id ?? '',
      ...describeGrowth(measured.alone[position] as (typeof measured.alone)[number])
    }))
  }
}

/** The nodes as a question of room; null where the plan that they come from was not found. */
function roomOf(problem: Problem, nodes: ReachNodes, plan: Result | null): { room: Problem; nodeCount: number } | null {
  const room = roomProblem(problem)
  if (nodes === 'purchasable') return { room, nodeCount: room.nodes.length }
  if (nodes === 'listed') return { room: withoutPurchases(room), nodeCount: room.nodes.length }
  if (plan === null || plan.primalStatus === 'none') return null
  const after = roomProblem(inPlace(problem, plan))
  const active = activeNodes(after)
  return { room: withoutPurchases(openOnly(after, ({ id }) => active.has(id))), nodeCount: active.size }
}

function notesOn(scenarios: readonly ReachScenario[], { rules, headroom }: Problem): string[] {
  const notes: string[] = []
  for (const { moves, nodes, all } of scenarios) {
    if (all.fits === null)
      notes.push(`${nodes}, ${moves}: for what is wanted now no placement was found, so none for growth`)
  }
  if (headroom.length > 0) notes.push('the headroom of the Problem is kept beside all growth')
  if (rules.some(({ kind }) => kind === 'at-least')) {
    notes.push(
      'at-least rules may be kept more easily with more replicas: what is proven impossible is so at that growth'
    )
  }
  return notes
}
