import type { BudgetOverride } from '../../../models/instance/compile.js'
import { hostsOf } from '../../../models/instance/describe-target.js'
import type { Branch } from '../../solvers/patterns/branching.js'
import { coveringBound } from '../covering-bound.js'
import { searchGreedily } from '../greedy/greedy-search.js'
import { Incumbents } from '../incumbents.js'
import { type SearchOptions, searchPacking } from '../portfolio.js'
import type { DrainRecord } from './drain-record.js'
import { DrainSearch, type DrainSearchOptions } from './drain-search.js'
import { relaxDrains } from './relaxation.js'
import type { SettledStart } from './settled-start.js'

/** Units for Serve's own rule, even where the budget is spent. */
const LEAST_TO_FOLLOW = 300
/** The part of the work that the relaxation may take, where it is not done beside the search. */
const RELAXATION_SHARE = 0.4
/** Units for fewer moves once nothing cheaper can be found: as many as were spent, and no more than this. */
const MOST_FOR_MOVES = 2_000
/** The part of what is left that greedy may take of the relaxation's. */
const GREEDY_SHARE = 0.1

export interface DrainPortfolioOptions extends SearchOptions, BudgetOverride {
  /** The certificate is one of the Problem itself, so its bound must be, too. */
  readonly certificate: boolean
  readonly onBranches: (branches: readonly Branch[]) => void
  /** Called when Serve's own rule is through. */
  readonly enter: () => void
}

/**
 * Looks for the best sequence of drains and for bounds: Serve's own rule, greedy orders and, where nodes are few, all sequences; then beams and
 * neighbourhoods, and beside them the relaxation, whose placements say which nodes to try first. Returns whether it is proven that no
 * sequence is better.
 */
export async function searchDrains(
  incumbents: Incumbents,
  record: DrainRecord,
  settled: SettledStart,
  options: DrainPortfolioOptions
): Promise<boolean> {
  const { budget, signal, seed, relativeGap } = options
  const search = new DrainSearch(settled, record)
  const relaxed = options.certificate
    ? incumbents.instance
    : relaxDrains(incumbents.instance, settled, search.candidates, options)
  const relaxation = new Incumbents(relaxed, incumbents.watch)
  const guide = guideFrom(relaxation)
  const isDone = () => incumbents.gap <= relativeGap
  const about: DrainSearchOptions = { budget, signal, seed, isDone, guide }
  await incumbents.measure('covering-bound', (own) =>
    own.raiseCostBound(own.time('bound', () => coveringBound(relaxed)))
  )
  const unhurried = { ...about, budget: budget.atLeast(LEAST_TO_FOLLOW), isDone: () => false }
  await incumbents.measure('ray-rule', (own) => search.follow(own, unhurried))
  options.enter()
  // A closed gap says nothing of the moves.
  const beginning = { ...about, isDone: () => false }
  const triedAll = await incumbents.measure('drain-sequences', (own) => search.begin(own, beginning))
  if (triedAll && !record.hasBetterUntold) {
    const { best } = record
    if (best !== null && record.gated === null) incumbents.raiseTotalBound(best.worth.total)
    incumbents.requirementsProven = true
    return true
  }
  const improve = async () => {
    await incumbents.measure('drain-sequences', (own) => search.improve(own, about))
    // The cheapest there is, by then or from the beginning: what is left is to find fewer moves.
    const units = Math.min(MOST_FOR_MOVES, budget.spent())
    const mayHaveFewer = isDone() && (record.best?.worth.moveCost ?? 0) > 0
    const finishing = { ...about, budget: budget.atMost(units), isDone: () => false }
    if (mayHaveFewer) await incumbents.measure('moves', (own) => search.improve(own, finishing))
  }
  const relax = (limits: SearchOptions) =>
    incumbents.measure('relaxation', (own) => solveRelaxed(own, relaxation, limits))
  if (triedAll) {
    // Only the bound is left to find.
    if (!isDone()) await relax({ ...options, budget: budget.share(RELAXATION_SHARE) })
    return false
  }
  if (budget.countsWork) {
    if (!isDone()) await relax({ ...options, budget: budget.share(RELAXATION_SHARE) })
    await improve()
    return false
  }
  const stop = new AbortController()
  const abort = () => stop.abort()
  signal.addEventListener('abort', abort, { once: true })
  if (signal.aborted) abort()
  try {
    await Promise.all([improve().finally(abort), relax({ ...options, signal: stop.signal })])
  } finally {
    signal.removeEventListener('abort', abort)
  }
  return false
}

/** Bounds of the relaxation count as those of the sequences. */
async function solveRelaxed(own: Incumbents, relaxation: Incumbents, options: SearchOptions): Promise<void> {
  const isCost = own.instance.problem.objective.horizonHours === null
  const unlisten = relaxation.listen(() => {
    if (isCost) own.raiseCostBound(relaxation.costBound)
    else own.raiseTotalBound(relaxation.totalBound)
  })
  try {
    const greedily = { budget: options.budget.share(GREEDY_SHARE), signal: options.signal }
    await relaxation.measure('greedy', (view) => searchGreedily(view, greedily))
    await searchPacking(relaxation, options)
  } finally {
    unlisten()
  }
}

/** The nodes that the best placement of the relaxation leaves empty; null before there is one. */
function guideFrom(relaxation: Incumbents): () => ReadonlySet<number> | null {
  let known = relaxation.best
  let empty: ReadonlySet<number> | null = null
  return () => {
    const { best, instance } = relaxation
    if (best === null || best.worth.missing > 0 || best === known) return empty
    known = best
    const hosts = hostsOf(best.target)
    empty = new Set(
      instance.nodes.filter(({ index, copies }) => copies.length > 0 && !hosts.has(index)).map(({ index }) => index)
    )
    return empty
  }
}

/** The move cost below which no sequence of the same cost stays; 0 where that is not proven. */
export function provenOf({ best, gated }: DrainRecord, isProven: boolean): number {
  return isProven && best !== null && gated === null ? best.worth.moveCost : 0
}
