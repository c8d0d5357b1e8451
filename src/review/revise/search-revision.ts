import type { Result } from '../../../models/contract/result.js'
import { isAlike } from '../../../models/rounding.js'
import type { Budget } from '../../budget.js'
import { evacuateNodes } from '../../search/greedy/evacuation.js'
import { searchGreedily } from '../../search/greedy/greedy-search.js'
import type { Incumbents } from '../../search/incumbents.js'
import { minimiseMoves } from '../../search/minimise-moves.js'
import { searchNeighbourhoods } from '../../search/neighbourhood/neighbourhood-search.js'
import type { PackingState } from '../../search/packing-state.js'
import { type SearchOptions, searchPacking } from '../../search/portfolio.js'
import { breathe, takeTurn } from '../../turns.js'
import type { PlannedReplica } from '../planned-moves.js'
import { chooseAround } from './choose-around.js'
import { leastChange, oldPlanUnder } from './old-plan.js'
import type { Restricted } from './restricted.js'

/** Units of the budget that evacuations may take. */
const MOST_TO_EVACUATE = 150
/** The part of the budget for nodes around the decisions, where searches run in turn. */
const AROUND_SHARE = 0.6
/** Units of a budget in which other searches find nothing. */
const SHORT = 1_500
/** Pairs of deployment and node up to which they do. */
const SMALL_PROGRAM = 1_000
/** Searches of neighbourhoods at a time: more get in each other's way on the thread that writes programs down. */
const MOST_LANES = 3
/** The part of the budget after which the fewest moves are sought. */
const COST_SHARE = 0.75

/** What is known of a plan that is revised. */
export interface Previous {
  readonly planned: ReadonlyMap<string, PlannedReplica>
  readonly result: Result
}

/**
 * Searches the best packing under decisions, from what they let stand of the plan: that is repaired, nodes are emptied that need not stay, then those
 * are solved again that the decisions touch, then whatever can be improved. Returns whether a solver says that there is no packing.
 */
export async function searchRevision(
  restricted: Restricted,
  incumbents: Incumbents,
  { planned, result }: Previous,
  options: SearchOptions & { readonly enter: (phase: 'greedy' | 'placement' | 'moves') => void }
): Promise<boolean> {
  const { budget, enter } = options
  const { acceptedMoveCost } = restricted
  enter('greedy')
  const isOver = () => budget.isSpent()
  const begins: PackingState[] = []
  await incumbents.measure('start', (own) => {
    const build = (make: () => PackingState) => own.time('start', make)
    begins.push(build(() => oldPlanUnder(restricted, planned, result, 'at-home', isOver)))
    if (restricted.barred.size > 0)
      begins.push(build(() => oldPlanUnder(restricted, planned, result, 'anywhere', isOver)))
    for (const state of begins) own.offer(state, result.producer ?? 'initial')
    if (!own.hasAnswer)
      own.offer(
        build(() => leastChange(restricted, isOver)),
        'greedy'
      )
  })
  const isDone = () => incumbents.hasAnswer && incumbents.gap <= options.relativeGap
  if (!isDone()) {
    await incumbents.measure('greedy', (own) =>
      own.hasAnswer
        ? emptyNodes(own, begins, budget.atMost(MOST_TO_EVACUATE), options.signal)
        : searchGreedily(own, options)
    )
  }
  enter('placement')
  const isInfeasible = isDone() ? false : await searchCheaper(restricted, incumbents, planned, options, isDone)
  enter('moves')
  if (!isAsGoodAsBefore(incumbents, result, acceptedMoveCost)) await searchFewerMoves(restricted, incumbents, options)
  return isInfeasible && !incumbents.hasAnswer
}

/**
 * Solves nodes around those that decisions touch again and again, with all others as they are; beside that, or after it, whatever can be improved.
 * Short budgets go to the first alone, on all threads: other searches find nothing before a second or so.
 */
async function searchCheaper(
  restricted: Restricted,
  incumbents: Incumbents,
  planned: ReadonlyMap<string, PlannedReplica>,
  options: SearchOptions,
  isDone: () => boolean
): Promise<boolean> {
  const { solvers, threads, seed } = options
  const stop = new AbortController()
  const signal = AbortSignal.any([options.signal, stop.signal])
  const budget = options.budget.share(COST_SHARE)
  const choose = chooseAround(restricted, planned)
  const around = (lane: number, within: Budget) =>
    incumbents.measure('neighbourhoods', async (own) => {
      if (solvers === null || !own.hasAnswer) return
      const limits = { budget: within, signal, seed: seed + lane, level: 'total', isDone } as const
      // Every second one looks elsewhere, too.
      await searchNeighbourhoods(own, solvers.timedBy(own), lane % 2 === 0 ? { ...limits, choose } : limits)
    })
  const widely = (lanes: number) => searchPacking(incumbents, { ...options, signal, budget, threads: lanes })
  if (options.budget.countsWork || threads === 1) {
    await around(0, budget.share(AROUND_SHARE))
    return isDone() ? false : await widely(1)
  }
  const isShort = incumbents.hasAnswer && budget.remaining() < SHORT
  if (isShort && !isSmall(restricted)) {
    await Promise.all(Array.from({ length: Math.min(threads, MOST_LANES) }, (_, lane) => around(lane, budget)))
    return false
  }
  const wide = widely(threads - 1).finally(() => stop.abort())
  const [isInfeasible] = await Promise.all([wide, around(0, budget)])
  return isInfeasible
}

/** The fewest moves at the cost that was reached; where there is little time, fewer ones than there are. */
async function searchFewerMoves(restricted: Restricted, incumbents: Incumbents, options: SearchOptions): Promise<void> {
  const { solvers, budget, signal, seed } = options
  const isShort = !budget.countsWork && budget.remaining() < SHORT && !isSmall(restricted)
  if (!isShort) return void (await minimiseMoves(incumbents, options))
  const { best, instance } = incumbents
  if (solvers === null || best === null || instance.problem.objective.horizonHours !== null) return
  await incumbents.measure('moves', (own) =>
    searchNeighbourhoods(own, solvers.timedBy(own), { budget, signal, seed, level: 'moves', isDone: () => false })
  )
}

/** Whether the whole program is solved sooner than many parts of it. */
function isSmall({ instance: { nodes, deployments } }: Restricted): boolean {
  return nodes.length * deployments.length <= SMALL_PROGRAM
}

/** Whether what was found costs no more than before, and moves no more: then other moves would be changes for nothing. */
function isAsGoodAsBefore({ best }: Incumbents, { objective }: Result, acceptedMoveCost: number): boolean {
  if (best === null || objective === undefined) return false
  const moveCost = best.worth.moveCost + acceptedMoveCost
  return (
    isAlike(best.worth.costPerHour, objective.costPerHour) &&
    (moveCost <= objective.moveCost || isAlike(moveCost, objective.moveCost))
  )
}

/** Empties what need not stay of states to begin with. */
async function emptyNodes(
  incumbents: Incumbents,
  begins: readonly PackingState[],
  budget: Budget,
  signal: AbortSignal
): Promise<void> {
  for (const state of begins) {
    for (const order of ['emptiest', 'cost'] as const) {
      const mark = state.mark()
      const steps = evacuateNodes(state, order, budget)
      while (!signal.aborted && incumbents.time('greedy', () => takeTurn(steps)).done !== true) await breathe()
      incumbents.offer(state, 'greedy')
      state.rollBack(mark)
    }
  }
}
