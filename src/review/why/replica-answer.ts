import type { Problem } from '../../../models/contract/problem.js'
import type { HeldReplica, MoveReason, NodeReason, Result } from '../../../models/contract/result.js'
import type { ResolvedQuestion } from '../../capacity/question/options.js'
import { type Elsewhere, lookElsewhere } from './elsewhere.js'
import { type Price, priceOf } from './price.js'
import { Trials } from './trials.js'
import { headOfWhy, type WhyHead } from './why-head.js'

/** Why a replica moves or stays, and what the contrary would cost. */
export interface ReplicaAnswer extends WhyHead<'why-replica'> {
  readonly replica: string
  readonly deployment: string
  /** moves, stays: it runs now. placed: it waits now, or is new. stopped: it runs now, and is surplus or leaving. unplaced: it gets no node. */
  readonly fate: 'moves' | 'stays' | 'placed' | 'stopped' | 'unplaced'
  readonly from: string | null
  readonly to: string | null
  /** From the Result: what its move is for. */
  readonly purpose?: MoveReason
  /** From the Result: why it is held where it is. */
  readonly held?: HeldReplica
  /** From the Result: why its node stays. */
  readonly node?: NodeReason
  /** Of one that moves: what keeping it where it runs would take. impossible: it is proven that it cannot be kept. */
  readonly kept?: { readonly verdict: 'works' | 'impossible' | 'unknown'; readonly price?: Price }
  /** Of one that runs: where else it alone could be, everything else as in the Result. */
  readonly elsewhere?: Elsewhere
}

export async function answerReplica(
  problem: Problem,
  result: Result,
  id: string,
  question: ResolvedQuestion
): Promise<ReplicaAnswer> {
  const listed = problem.replicas.find((replica) => replica.id === id)
  const placed = result.placement.find(({ replica }) => replica === id)
  const to = placed?.node ?? null
  const from = listed?.node ?? null
  const deployment = listed?.deployment ?? placed?.deployment ?? ''
  const fate = fateOf(from, to, result, id)
  const purpose = result.explanation.moves?.find(({ replica }) => replica === id)
  const held = result.explanation.held?.find(({ replica }) => replica === id)
  const node = fate === 'stays' ? result.explanation.nodes?.find((reason) => reason.node === to) : undefined
  const kept = fate === 'moves' ? await priceKept(problem, result, id, question) : undefined
  const elsewhere =
    fate === 'stays' || fate === 'moves' ? await lookElsewhere(problem, result, id, question) : undefined
  return {
    ...headOfWhy('why-replica', problem, result, question),
    replica: id,
    deployment,
    fate,
    from,
    to,
    ...(purpose && { purpose }),
    ...(held && { held }),
    ...(node && { node }),
    ...(kept && { kept }),
    ...(elsewhere && { elsewhere })
  }
}

function fateOf(from: string | null, to: string | null, result: Result, id: string): ReplicaAnswer['fate'] {
  if (to === null)
    return from === null || result.unplaced.some(({ replica }) => replica === id) ? 'unplaced' : 'stopped'
  if (from === null) return 'placed'
  return from === to ? 'stays' : 'moves'
}

/** The best plan in which the replica stays where it runs. */
async function priceKept(
  problem: Problem,
  result: Result,
  id: string,
  question: ResolvedQuestion
): Promise<NonNullable<ReplicaAnswer['kept']>> {
  const trials = new Trials(question, {
    impose: (changed) => ({
      ...changed,
      replicas: changed.replicas.map((replica) => (replica.id === id ? { ...replica, movable: false } : replica))
    }),
    isReached: () => true,
    isExcluded: () => false,
    start: result
  })
  const { budget } = question
  const trial = await trials.solve(problem, budget.share(1 / 2), `${id} kept where it is`)
  if (trial.plan === null) return { verdict: trial.verdict }
  const better = await trials.improve(problem, trial.plan, budget.share(2 / 3), `${id} kept where it is, cheaper`)
  return { verdict: 'works', price: priceOf(better, result) }
}
