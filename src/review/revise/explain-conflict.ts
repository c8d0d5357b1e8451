import type { Decisions } from '../../../models/contract/decisions.js'
import { movesWhatMayMove } from '../../../models/instance/instance.js'
import type { Conflict } from '../../result/conflict/conflict.js'
import type { InfeasibleExplained } from '../../result/explain-infeasible.js'
import { Incumbents } from '../../search/incumbents.js'
import { searchByMip } from '../../search/mip-search.js'
import type { SearchOptions } from '../../search/portfolio.js'
import { isSolvable } from '../../search/program-size.js'
import { provesInfeasible } from '../../search/proofs.js'
import { startStopwatch } from '../../stopwatch.js'
import { breathe } from '../../turns.js'
import { exceedsRoom } from './decided-room.js'
import { nameRevised } from './name-revised.js'
import { describeDecisions } from './notes.js'
import { leastChange, oldPlanUnder } from './old-plan.js'
import { type Restricted, restrict } from './restricted.js'
import type { Previous } from './search-revision.js'

/** Units of the budget that one set of decisions may take. */
const MOST_TO_JUDGE = 500

type Verdict = 'possible' | 'impossible' | 'unknown'

/**
 * A small set of decisions that cannot hold together, found by forgetting decisions as long as the rest stays impossible (a deletion filter:
 * Chinneck and Dravnieks, 1991; in chunks that are halved). A part is proven where a solver finds no placement that obeys the set.
 */
export async function explainConflict(
  original: Restricted['original'],
  decisions: Decisions,
  previous: Previous,
  options: SearchOptions
): Promise<InfeasibleExplained & { readonly isInfeasible: boolean }> {
  const all = describeDecisions(decisions)
  const forgotten = new Set<number>()
  const isOver = () => options.budget.isSpent() || options.signal.aborted
  let verdict = await judge(original, decisions, new Set(), previous, options)
  for (let size = Math.ceil(all.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let from = 0; from < all.length && !isOver(); from += size) {
      const chunk = [...all.keys()].slice(from, from + size).filter((index) => !forgotten.has(index))
      if (chunk.length === 0) continue
      const without = await judge(original, decisions, new Set([...forgotten, ...chunk]), previous, options)
      if (without === 'possible' || (without === 'unknown' && verdict === 'impossible')) continue
      for (const index of chunk) forgotten.add(index)
      verdict = without
    }
  }
  const isInfeasible = verdict === 'impossible'
  const parts = all.flatMap(({ path, message }, index): Conflict[] =>
    forgotten.has(index) ? [] : [{ path, message, isProof: isInfeasible }]
  )
  const remarks = isInfeasible ? ['these decisions cannot hold together: forget one of them'] : []
  return { parts, remarks, isInfeasible }
}

/** Whether some packing obeys the decisions that are left. */
async function judge(
  original: Restricted['original'],
  decisions: Decisions,
  forgotten: ReadonlySet<number>,
  { planned, result }: Previous,
  options: SearchOptions
): Promise<Verdict> {
  const { accept, reject, pin } = decisions
  const isKept = (offset: number) => (_: unknown, order: number) => !forgotten.has(offset + order)
  const restricted = restrict(original, planned, {
    accept: accept.filter(isKept(0)),
    reject: reject.filter(isKept(accept.length)),
    pin: pin.filter(isKept(accept.length + reject.length))
  })
  const { instance } = restricted
  if (exceedsRoom(restricted)) return 'impossible'
  const incumbents = new Incumbents(instance, startStopwatch(Infinity), {
    meaning: { instance: original, of: (target) => nameRevised(restricted, planned, target) }
  })
  const isOver = () => options.budget.isSpent()
  incumbents.offer(oldPlanUnder(restricted, planned, result, 'at-home', isOver), 'greedy')
  if (!incumbents.hasAnswer) incumbents.offer(leastChange(restricted, isOver), 'greedy')
  await breathe()
  if (incumbents.hasAnswer) return 'possible'
  const { solvers, budget, seed, signal } = options
  if (solvers === null || budget.isSpent() || !isSolvable(instance)) return 'unknown'
  const outcome = await searchByMip(incumbents, solvers, {
    level: 'total',
    budget: budget.atMost(MOST_TO_JUDGE),
    relativeGap: 0.99,
    seed,
    signal
  })
  if (incumbents.hasAnswer) return 'possible'
  return provesInfeasible(outcome) && movesWhatMayMove(instance) ? 'impossible' : 'unknown'
}
