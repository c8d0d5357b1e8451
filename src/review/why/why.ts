import { describeValue } from '../../../models/contract/describe-input.js'
import { InputError, parseProblem } from '../../../models/contract/parse.js'
import type { Problem, ProblemInput } from '../../../models/contract/problem.js'
import type { Result } from '../../../models/contract/result.js'
import type { Unchecked } from '../../../models/contract/unchecked.js'
import { nearestNames } from '../../capacity/nearest-names.js'
import { planWithin } from '../../capacity/question/plan-for.js'
import { readResult } from '../../result/read-result.js'
import { refuseRestricted } from '../refuse-restricted.js'
import { asPlanned } from './as-planned.js'
import { answerCluster, type ClusterAnswer } from './cluster-answer.js'
import { answerConflict, type ConflictAnswer } from './conflict-answer.js'
import { LeastCost } from './least-cost.js'
import { answerNode, type NodeAnswer } from './node-answer.js'
import { resolveWhy, type WhyOptions } from './options.js'
import { answerReplica, type ReplicaAnswer } from './replica-answer.js'

/** What `why` answers, by `kind`. */
export type WhyAnswer = NodeAnswer | ReplicaAnswer | ClusterAnswer | ConflictAnswer

/** Part of the limit for a Result where none is given. */
const PLAN_SHARE = 0.4

/**
 * Why a Result is as it is, and what the cheapest single change to the Problem would be that makes it better. Of a node: what keeps it, and
 * what would free it. Of a replica: why it moves or stays, and what the contrary costs. Of a Problem without an answer: a minimal conflict,
 * and the cheapest way out of it.
 *
 * Every change is checked by solving the Problem with it, from the Result, and its plan passes the checker. The cheapest is the one after
 * which the primary objective is smallest, as far as it was searched; of equal ones the smallest change. The answer says what was tried,
 * what it is proven not to help, and what there was no time for.
 *
 * Without a Result the Problem is planned first, with a part of the limit. Rejects with InputError for what is no Problem, for a Result of another
 * one, one that the checker refuses or one that is restricted to what can be executed (`solve.executableOn`), and for unknown names; with the
 * signal's reason on an abort.
 */
export async function why(
  problem: Unchecked<ProblemInput>,
  result?: Unchecked<Result>,
  options: WhyOptions = {}
): Promise<WhyAnswer> {
  const question = resolveWhy(options)
  question.signal.throwIfAborted()
  const parsed = parseProblem(problem)
  const { node, replica } = question
  if (node !== undefined) expectName('node', node, parsed.nodes)
  const given = result === undefined ? await planWithin(parsed, PLAN_SHARE, {}, question) : readResult(parsed, result)
  refuseRestricted(given)
  const planned = asPlanned(parsed, given)
  if (replica !== undefined && given.primalStatus !== 'none') expectReplica(replica, parsed, given)
  return answerFor(planned, given, question, result === undefined)
}

function answerFor(
  problem: Problem,
  result: Result,
  question: ReturnType<typeof resolveWhy>,
  isOwn: boolean
): Promise<WhyAnswer> {
  const { node, replica } = question
  if (result.primalStatus === 'none') return answerConflict(problem, result, question)
  if (replica !== undefined) return answerReplica(problem, result, replica, question)
  const least = new LeastCost(problem, result, isOwn)
  if (node !== undefined) return answerNode(problem, result, node, question, least)
  return answerCluster(problem, result, question, least)
}

function expectReplica(replica: string, { replicas }: Problem, { placement, unplaced }: Result): void {
  const names = new Set([
    ...replicas.map(({ id }) => id),
    ...placement.map((entry) => entry.replica),
    ...unplaced.map((entry) => entry.replica)
  ])
  expectName(
    'replica',
    replica,
    [...names].map((id) => ({ id }))
  )
}

function expectName(what: 'node' | 'replica', name: string, known: readonly { readonly id: string }[]): void {
  if (known.some(({ id }) => id === name)) return
  const names = nearestNames(
    name,
    known.map(({ id }) => id)
  )
  throw new InputError('options', [
    { path: what, found: describeValue(name), expected: `the id of a ${what}: ${names}` }
  ])
}
