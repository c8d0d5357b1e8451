import type { Decisions } from '../../../models/contract/decisions.js'
import type { Result } from '../../../models/contract/result.js'
import type { Target } from '../../../models/instance/packing.js'
import { type Sequence, sequenceMigration } from '../../migration/sequence.js'
import { stateOf } from '../../plan-migration.js'
import { assembleResult, type ResultContext } from '../../result/assemble-result.js'
import { withoutFunding } from '../../result/certificate.js'
import { checkReached } from '../../result/check-reached.js'
import { type Incumbent, Incumbents } from '../../search/incumbents.js'
import { nameReplicas } from '../../search/name-replicas.js'
import { appraise, compareWorth, type Worth } from '../../search/worth.js'
import { breathe } from '../../turns.js'
import type { PlannedReplica } from '../planned-moves.js'
import { tellDecisions } from './held-by-decisions.js'
import { nameRevised } from './name-revised.js'
import { noteDecisions } from './notes.js'
import { firstDisobeyed } from './obeys.js'
import { leastChange } from './old-plan.js'
import type { Restricted } from './restricted.js'
import { type BoundSource, bestUnrefuted, type KnownBound } from './trusted-bound.js'

export interface RevisionContext extends ResultContext {
  readonly decisions: Decisions
  readonly bounds: readonly KnownBound[]
  /** Throws when the call was aborted. */
  readonly enter: (phase: 'sequence' | 'check') => void
}

/** A revised plan that passes all checks, or why there is none. */
export type Reached =
  | { readonly result: Result; readonly source: BoundSource }
  | { readonly result: null; readonly reasons: readonly string[] }

/**
 * Orders the moves to the best packing that was found, and checks what comes of it against the Problem itself and the decisions. Where it cannot be
 * reached with the moves that were accepted, the others are tried, and at last those moves alone.
 */
export async function reachRevision(
  restricted: Restricted,
  planned: ReadonlyMap<string, PlannedReplica>,
  found: Incumbents,
  context: RevisionContext
): Promise<Reached> {
  const { original } = restricted
  const { budget, enter } = context
  const isLate = () => context.interrupted || budget.isLate()
  // A plan that is ordered a little late is worth more than one of which half was cut in time.
  const isOver = () => isLate() && found.watch.elapsedMs() > found.watch.limitMs + MOST_LATE_MS
  const reasons = new Set<string>()
  let best: { readonly result: Result; readonly source: BoundSource; readonly worth: Worth } | null = null
  for (const candidate of candidates(restricted, found, isLate)) {
    if (best !== null && (isLate() || compareWorth(candidate.worth, best.worth) >= 0)) break
    enter('sequence')
    const target = nameRevised(restricted, planned, candidate.target)
    if (target === null) {
      reasons.add('what was rejected would have to be done by somebody')
      continue
    }
    const sequence = orderRevised(restricted, planned, target, isLate, isOver)
    await breathe()
    enter('check')
    const disobeyed = firstDisobeyed(restricted, sequence.target)
    if (disobeyed !== null) {
      reasons.add(`no safe order of moves was found: ${disobeyed}`)
      continue
    }
    const worth = appraise(stateOf(original, sequence.target))
    if (best !== null && compareWorth(worth, best.worth) >= 0) continue
    const bound = bestUnrefuted(context.bounds, worth)
    const incumbents = new Incumbents(original, found.watch)
    incumbents.raiseCostBound(bound.costPerHour)
    incumbents.raiseTotalBound(bound.total)
    const answer = {
      target,
      producer: candidate.producer,
      worth,
      wishedCostPerHour: candidate.worth.costPerHour,
      notes: [...noteDecisions(context.decisions, bound.source), ...reasons],
      isGated: false
    }
    const assembled = assembleResult(incumbents, answer, sequence, context)
    const { result, violations } = checkReached(original.problem, told(assembled, found, context.decisions))
    for (const { message } of violations.slice(0, 1)) reasons.add(message)
    if (violations.length > 0) continue
    best = { result: withoutFunding(result), source: bound.source, worth }
    // Where something was given up for a safe order, another packing may come out better.
    if (sequence.cut.moves.length === 0) break
  }
  return best ?? { result: null, reasons: [...reasons] }
}

/** For how long beyond the time limit moves may be ordered: where the machine is slower than it was thought to be. */
const MOST_LATE_MS = 700

/** A packing to try, in the names of the restricted instance. */
type Candidate = Pick<Incumbent, 'target' | 'producer' | 'worth'>

/** What was found, best first, then the accepted moves alone. */
function* candidates(restricted: Restricted, found: Incumbents, isLate: () => boolean): Generator<Candidate> {
  let isFirst = true
  for (const { target, producer, worth } of [...found.history].reverse()) {
    if (worth.missing > 0 || (!isFirst && isLate())) continue
    isFirst = false
    yield { target, producer, worth }
  }
  const least = leastChange(restricted, isLate)
  const worth = appraise(least)
  if (worth.missing === 0) yield { target: nameReplicas(least), producer: 'greedy', worth }
}

/**
 * Orders the moves. Everybody goes where the plan of before had them go, as far as the target still has the place: else names would change for
 * nothing. Where that is in the way of an order, only those keep their places on whom something was decided.
 */
function orderRevised(
  { original, accepted, barred }: Restricted,
  planned: ReadonlyMap<string, PlannedReplica>,
  target: Target,
  isLate: () => boolean,
  isOver: () => boolean
): Sequence {
  const decided = new Set([...accepted.map(({ planned: { id } }) => id), ...barred.keys()])
  const comes = new Set<string>()
  const goes = [
    ...original.copies.map(({ index, id, deployment, node: home }) => {
      return { id, deployment, home, node: target.copies[index]?.node ?? home }
    }),
    ...target.newcomers.map(({ id, deployment, node }) => ({ id, deployment, home: -1, node }))
  ]
  for (const { deployment, home, node } of goes) if (home !== node) comes.add(`${deployment} ${node}`)
  // Where another of its deployment comes to the node that somebody leaves, it had better stay.
  const asBefore = goes.filter(({ id, deployment, home, node }) => {
    return home !== node && planned.get(id)?.node === node && !comes.has(`${deployment} ${home}`)
  })
  const named = new Set([...decided, ...asBefore.map(({ id }) => id)])
  const sequence = sequenceMigration(original, target, { isLate: isOver, named })
  if (sequence.cut.moves.length === 0 || named.size === decided.size || isLate()) return sequence
  const freely = sequenceMigration(original, target, { isLate, named: decided })
  return freely.cut.moves.length < sequence.cut.moves.length ? freely : sequence
}

/** A Result that says what was searched, and what it obeys. */
function told(result: Result, found: Incumbents, decisions: Decisions): Result {
  const incumbents = found.history
    .filter(({ worth }) => worth.missing === 0)
    .map(({ elapsedMs, worth, producer, search }) => ({
      seconds: elapsedMs / 1000,
      costPerHour: worth.costPerHour,
      bound: Math.min(result.bound?.total ?? 0, worth.total),
      producer,
      search
    }))
  return {
    ...result,
    solve: { ...result.solve, incumbents, searches: found.searches },
    explanation: {
      ...result.explanation,
      nodes: tellDecisions(result.explanation.nodes ?? [], result, decisions),
      decisions
    }
  }
}
