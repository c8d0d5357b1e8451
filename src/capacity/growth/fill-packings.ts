import { mostCopies } from '../../../models/formulations/node-inequality.js'
import { compileInstance } from '../../../models/instance/compile.js'
import { type Instance, mayStart } from '../../../models/instance/instance.js'
import { greedyPackings } from '../../search/greedy/greedy.js'
import { searchGreedily } from '../../search/greedy/greedy-search.js'
import { Incumbents } from '../../search/incumbents.js'
import type { PackingState } from '../../search/packing-state.js'
import { searchPacking } from '../../search/portfolio.js'
import { realisePacking } from '../../search/realisation.js'
import { costSearches } from '../../search/search-record.js'
import { appraise } from '../../search/worth.js'
import { startStopwatch } from '../../stopwatch.js'
import { breathe } from '../../turns.js'
import type { Bracket } from './bracket.js'
import { type Filled, fillAlong, fillWithOne } from './fill.js'
import type { GrowthOptions } from './measure-growth.js'

/** Fills what greedy packings of what is wanted now leave free. */
export async function fillPackings(
  instance: Instance,
  all: Bracket,
  alone: readonly Bracket[],
  { isFrozen, budget, signal, deployments }: GrowthOptions
): Promise<void> {
  const best = alone.map((): Filled | null => null)
  let bestOfAll: Filled | null = null
  for (const state of greedyPackings(instance, budget)) {
    await breathe()
    signal.throwIfAborted()
    if (state === null || !hasEverything(state)) continue
    bestOfAll = better(
      bestOfAll,
      fillAlong(state, all.line, () => budget.isLate())
    )
    for (const [order, deployment] of deployments.entries()) {
      const { line, isClosed } = alone[order] as Bracket
      if (!isClosed) best[order] = better(best[order] ?? null, fillWithOne(state, deployment, line.top))
    }
    budget.charge((instance.nodes.length * (bestOfAll.level + alone.length)) / 1000)
    // Nothing moves: the other packings are this one.
    if (isFrozen) break
  }
  if (bestOfAll !== null) all.offer(bestOfAll.level, bestOfAll.packing)
  for (const [order, bracket] of alone.entries()) {
    const filled = best[order] ?? null
    if (filled !== null) bracket.offer(filled.level, filled.packing)
    await breathe()
    signal.throwIfAborted()
  }
}

/** Of the packings that were found on the way, so many of the last are filled up. */
const MOST_FILLED = 6
/** Part of the budget that greedy may take before solvers. */
const GREEDY_SHARE = 0.4

/**
 * Packs what is wanted now onto nodes of which one deployment would have least, and fills the others with it: nodes cost what an
 * empty one holds of it, and the engine saves costs.
 */
export async function fillAround(bracket: Bracket, deployment: number, options: GrowthOptions): Promise<void> {
  const { budget, signal, solvers } = options
  const { room, line } = bracket
  const plain = compileInstance(room)
  const worthOf = (index: number) => {
    const node = plain.nodes[index]
    return node !== undefined && mayStart(plain, deployment, index) ? mostCopies(plain, deployment, node) : 0
  }
  const instance = compileInstance({
    ...room,
    nodes: room.nodes.map((node, index) => ({ ...node, costPerHour: Math.min(1e9, worthOf(index)) }))
  })
  const incumbents = new Incumbents(instance, startStopwatch(Infinity))
  await searchGreedily(incumbents, { budget: budget.share(GREEDY_SHARE), signal })
  if (solvers !== null && !budget.isSpent()) {
    await searchPacking(incumbents, { ...options, solvers, relativeGap: 1e-3, searches: costSearches })
  }
  signal.throwIfAborted()
  let best: Filled | null = null
  for (const { packing, worth } of incumbents.history.slice(-MOST_FILLED)) {
    const state = worth.missing > 0 || worth.broken > 0 ? null : realisePacking(instance, packing)
    if (state !== null) best = better(best, fillWithOne(state, deployment, line.top))
  }
  if (best !== null) bracket.offer(best.level, best.packing)
}

function hasEverything(state: PackingState): boolean {
  const { missing, broken } = appraise(state)
  return missing === 0 && broken === 0
}

function better(left: Filled | null, right: Filled): Filled {
  return left !== null && left.level >= right.level ? left : right
}
