import { parseProblem } from '../../../models/contract/parse.js'
import type { Problem, ProblemInput } from '../../../models/contract/problem.js'
import type { Unchecked } from '../../../models/contract/unchecked.js'
import { withSolvers } from '../../chosen-solvers.js'
import { seededRandom } from '../../random.js'
import { type AnswerHead, headOf } from '../question/answer.js'
import { expectOptions, isWholeFrom, type QuestionOptions, resolveQuestion } from '../question/options.js'
import { type PlanOptions, planFor } from '../question/plan-for.js'
import { fromScratch, roomProblem, withoutPurchases } from '../question/scenario.js'
import { nearestRank } from './nearest-rank.js'
import { shuffled } from './shuffled.js'
import { runTrial } from './trial.js'
import type { TrialEnd } from './trial-end.js'

export interface CompactionOptions extends QuestionOptions, PlanOptions {
  /** Random orders that are tried. Default 11. */
  readonly trials?: number
}

/** How small a cluster the work of today fits into, by Borg's measure. */
export interface CompactionAnswer extends AnswerHead<'compaction'> {
  /** Today: all listed nodes, and what they cost. */
  readonly nodes: number
  readonly costPerHour: number
  readonly trials: readonly CompactionTrial[]
  /** The share of trials that the figures below cover, and how they are chosen: the ⌈share · trials⌉-th smallest. */
  readonly percentile: { readonly share: 0.9; readonly definition: 'nearest-rank' }
  /** null: not all of today's work was found a place even on all nodes. */
  readonly nodesLeft: number | null
  readonly costLeftPerHour: number | null
  /** The same as shares of today's. */
  readonly nodeShare: number | null
  readonly costShare: number | null
  /** The cheapest plan that was found, the proven bound of any, and what the 90th percentile costs above the bound, as a share of it. */
  readonly plan: { readonly costPerHour: number; readonly bound: number; readonly excess: number | null } | null
  readonly notes: readonly string[]
}

/** One random order in which nodes are taken away until the work no longer fits. */
export interface CompactionTrial extends TrialEnd {
  readonly trial: number
  /** Of the random order: the question's seed and the trial. */
  readonly seed: number
}

const TRIALS = 11
const SHARE = 0.9
/** Part of the time that the plan may take where none is given. */
const PLAN_SHARE = 0.3

/**
 * Borg's cell compaction (Verma et al., Large-scale cluster management at Google with Borg, EuroSys 2015, section 5.1): nodes are taken away in
 * random order until today's work no longer fits, repacked from scratch each time; 11 orders by seed, of which the 90th
 * percentile counts. Greedy repacking decides first, and the engine where it finds no place. Nodes that are not releasable
 * are never taken away; those that take no replicas go first, and count as taken.
 *
 * Throws InputError for what is no Problem, for unknown options and for a plan of another Problem; the signal's reason on an abort.
 */
export async function compaction(
  input: Unchecked<ProblemInput>,
  options: CompactionOptions = {}
): Promise<CompactionAnswer> {
  const problem = parseProblem(input)
  const question = resolveQuestion(options, ['trials', 'plan'])
  expectOptions(options, [['trials', isWholeFrom(1, 10_000), 'a whole number from 1 to 10000']])
  const count = options.trials ?? TRIALS
  const { budget, seed, onProgress, onPlacement, elapsedMs } = question
  const plan = await planFor(problem, options.plan, PLAN_SHARE, question)
  const work = workOf(problem)
  const trials: CompactionTrial[] = []
  await withSolvers(question, async (solvers) => {
    for (let trial = 0; trial < count; trial++) {
      onProgress?.({ elapsedMs: elapsedMs(), done: trial, of: count, doing: `random order ${trial + 1}` })
      const own = seed * 10_007 + trial
      const order = shuffled(
        work.nodes.filter(({ releasable }) => releasable).map(({ id }) => id),
        seededRandom(own)
      )
      const share = { ...question, solvers, budget: budget.share(1 / (count - trial)) }
      const { evidence, ...end } = await runTrial(work, order, share)
      if (evidence !== null)
        onPlacement?.({ shows: `compaction, order ${trial + 1}: it fits on what is left`, ...evidence })
      trials.push({ trial: trial + 1, seed: own, ...end })
    }
  })
  return {
    ...headOf('compaction', problem, question),
    ...figuresOf(problem, trials),
    trials,
    percentile: { share: SHARE, definition: 'nearest-rank' },
    plan: planFigures(plan.objective?.costPerHour, plan.bound?.costPerHour, costAt(trials)),
    notes: notesOn(problem, work, trials)
  }
}

/** Today's work, waiting for places on the nodes that may host it. */
function workOf(problem: Problem): Problem {
  const room = fromScratch(withoutPurchases(roomProblem(problem)))
  return {
    ...room,
    nodes: room.nodes.filter(
      ({ acceptsReplicas, mustEmpty, releasable }) => (acceptsReplicas && !mustEmpty) || !releasable
    )
  }
}

function costAt(trials: readonly CompactionTrial[]): number | null {
  const costs = trials.map(({ costLeftPerHour }) => costLeftPerHour ?? Infinity)
  const cost = nearestRank(costs, SHARE)
  return Number.isFinite(cost) ? cost : null
}

function figuresOf({ nodes }: Problem, trials: readonly CompactionTrial[]) {
  const costPerHour = nodes.reduce((sum, node) => sum + node.costPerHour, 0)
  const left = nearestRank(
    trials.map(({ nodesLeft }) => nodesLeft ?? Infinity),
    SHARE
  )
  const nodesLeft = Number.isFinite(left) ? left : null
  const costLeftPerHour = costAt(trials)
  return {
    nodes: nodes.length,
    costPerHour,
    nodesLeft,
    costLeftPerHour,
    nodeShare: nodesLeft === null || nodes.length === 0 ? null : nodesLeft / nodes.length,
    costShare: costLeftPerHour === null || costPerHour === 0 ? null : costLeftPerHour / costPerHour
  }
}

function planFigures(costPerHour: number | undefined, bound: number | undefined, left: number | null) {
  if (costPerHour === undefined || bound === undefined) return null
  return { costPerHour, bound, excess: left === null || bound <= 0 ? null : (left - bound) / bound }
}

function notesOn(problem: Problem, work: Problem, trials: readonly CompactionTrial[]): string[] {
  const notes: string[] = []
  const closed = problem.nodes.length - work.nodes.length
  if (closed > 0) notes.push(`nodes that take no replicas, and so are taken away first: ${closed}`)
  const open = trials.filter(({ isExact }) => !isExact).length
  if (open > 0)
    notes.push(
      `orders in which more nodes may go than were found to, as neither a placement nor a proof was found: ${open}`
    )
  if (trials.some(({ nodesLeft }) => nodesLeft === null))
    notes.push('the work was found no place on all nodes, repacked from scratch')
  return notes
}
