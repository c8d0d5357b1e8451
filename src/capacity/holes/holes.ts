import { parseProblem } from '../../../models/contract/parse.js'
import type { Problem, ProblemInput } from '../../../models/contract/problem.js'
import type { Unchecked } from '../../../models/contract/unchecked.js'
import { compileInstance } from '../../../models/instance/compile.js'
import { withSolvers } from '../../chosen-solvers.js'
import { PackingState } from '../../search/packing-state.js'
import { describeGrowth } from '../growth/describe-growth.js'
import type { Growth } from '../growth/growth.js'
import { measureGrowth } from '../growth/measure-growth.js'
import { type AnswerHead, headOf } from '../question/answer.js'
import { deploymentIndices } from '../question/deployments.js'
import { type QuestionOptions, type ResolvedQuestion, resolveQuestion } from '../question/options.js'
import { type PlanOptions, planFor } from '../question/plan-for.js'
import { activeNodes, frozen, inPlace, openOnly, roomProblem, withoutPurchases } from '../question/scenario.js'
import { type Fragmentation, measureFragmentation } from './fragmentation.js'
import { runningOnly, withoutBrokenRules } from './running-only.js'

export interface HolesOptions extends QuestionOptions, PlanOptions {
  /** Ids of the deployments that are looked at alone. Default: all of them. */
  readonly deployments?: readonly string[]
}

/** What still fits into the holes, now and after the plan. */
export interface HolesAnswer extends AnswerHead<'holes'> {
  readonly now: Holes
  /** null: there is no plan. */
  readonly after: Holes | null
  readonly notes: readonly string[]
}

/** What fits beside all that runs on the active nodes, when nothing moves. */
export interface Holes {
  readonly activeNodes: number
  readonly costPerHour: number
  /** The mix of what runs, as a multiple of it. */
  readonly all: Growth
  /** Each deployment alone. */
  readonly deployments: readonly (Growth & { readonly deployment: string })[]
  readonly fragmentation: readonly Fragmentation[]
}

/** Part of the time that the plan may take where none is given. */
const PLAN_SHARE = 0.4

/**
 * Usable holes: how many more replicas of each deployment, and of the mix of today, still fit on the active nodes beside all that runs
 * there, now and after the plan, by resources, single devices, selectors and rules. Counted node by node, which is exact, for deployments of
 * which no rule counts copies over several nodes; else, and for the mix, as in `reach`, with a proven limit.
 *
 * Throws InputError for what is no Problem, for unknown options and for a plan of another Problem; the signal's reason on an abort.
 */
export async function holes(input: Unchecked<ProblemInput>, options: HolesOptions = {}): Promise<HolesAnswer> {
  const problem = parseProblem(input)
  const question = resolveQuestion(options, ['deployments', 'plan'])
  const deployments = deploymentIndices(problem, options.deployments)
  const notes: string[] = []
  const plan = await planFor(problem, options.plan, PLAN_SHARE, question)
  const now = await holesOf(problem, 'now', deployments, 1 / 2, notes, question)
  const isPlanned = plan.primalStatus === 'feasible'
  const planned = isPlanned ? inPlace(problem, plan) : null
  const after = planned && (await holesOf(planned, 'after', deployments, 1, notes, question))
  if (!isPlanned) notes.push('no plan was found, so nothing is known of the cluster after it')
  if (problem.headroom.length > 0) notes.push('the headroom of the Problem is counted as free room')
  return { ...headOf('holes', problem, question), now, after, notes }
}

async function holesOf(
  problem: Problem,
  when: 'now' | 'after',
  deployments: readonly number[],
  share: number,
  notes: string[],
  question: ResolvedQuestion
): Promise<Holes> {
  const { budget, onProgress, onPlacement, elapsedMs } = question
  const running = runningOnly(roomProblem(problem))
  const active = activeNodes(running)
  const open = frozen(withoutPurchases(openOnly(running, ({ id }) => active.has(id))))
  const { problem: room, broken } = withoutBrokenRules(open)
  if (broken.length > 0) notes.push(`${when}: rules that are broken are left out: ${broken.join(', ')}`)
  const done = when === 'now' ? 0 : 1
  const measured = await withSolvers(question, (solvers) =>
    measureGrowth(room, {
      ...question,
      solvers,
      budget: budget.share(share),
      isFrozen: true,
      deployments,
      onPart: (doing) => onProgress?.({ elapsedMs: elapsedMs(), done, of: 2, doing: `${when}: ${doing}` })
    })
  )
  for (const bracket of [measured.all, ...measured.alone]) {
    const { fits, placement } = bracket
    if (placement === null) continue
    onPlacement?.({ shows: `holes, ${when}: step ${fits} fits`, problem: bracket.at(fits), placement })
  }
  if (measured.all.fits < 0) notes.push(`${when}: what runs breaks limits, so nothing is known of more`)
  const state = new PackingState(compileInstance(room))
  const kept = state.instance.nodes.filter(({ id }) => active.has(id))
  return {
    activeNodes: active.size,
    costPerHour: kept.reduce((sum, { costPerHour }) => sum + costPerHour, 0),
    all: describeGrowth(measured.all),
    deployments: deployments.map((index, position) => ({
      deployment: problem.deployments[index]?.id ?? '',
      ...describeGrowth(measured.alone[position] as (typeof measured.alone)[number])
    })),
    fragmentation: measureFragmentation(
      state,
      kept.map(({ index }) => index)
    )
  }
}
