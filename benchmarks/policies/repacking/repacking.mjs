/**
 * Repacking from scratch, first fit or best fit decreasing: everything that may move is taken off its node, and the largest copies
 * are placed first, on the first open node that takes them or on the one that they fill best. Where none does, a node is opened:
 * one on which the share that the copy takes costs least. Nodes that are paid for anyway are open from the start.
 *
 * Replicas of one deployment are interchangeable, so that one that runs on a node where a copy is placed stays there. What is
 * missing is placed, what is surplus is stopped; where repacking saves nothing, or moves too many, this is all that happens.
 */
import { stopSurplus } from '../../../dist/src/search/greedy/fulfilment.js'
import { at } from '../../families/crowd.mjs'
import { replicasOn } from '../cluster/evacuation.mjs'
import { rankBySize } from '../cluster/lexicographic.mjs'
import { ROUNDING } from '../cluster/utilisation.mjs'
import { Bins } from './bins.mjs'

/** @import { PackingState } from '../../../dist/src/search/packing-state.js' */
/** @import { Fit } from './bins.mjs' */
/** @import { Account, Limits, Policy } from '../policies.mjs' */

/** @type {Policy} */
export const firstFitDecreasing = {
  name: 'first-fit-decreasing',
  description:
    'First fit decreasing: repacks from scratch, the largest first, each on the first open node that takes it; all or nothing under a budget.',
  refuses: () => null,
  run: (state, limits) => repack(state, limits, 'first-fit')
}

/** @type {Policy} */
export const bestFitDecreasing = {
  name: 'best-fit-decreasing',
  description:
    'Best fit decreasing: repacks from scratch, the largest first, each on the open node that it fills best; all or nothing under a budget.',
  refuses: () => null,
  run: (state, limits) => repack(state, limits, 'best-fit')
}

/** @type {(state: PackingState, limits: Limits, fit: Fit) => Account} */
function repack(state, { maxMoves, isLate }, fit) {
  const start = state.mark()
  const before = state.migrations
  const account = { starts: 0, rounds: 1, hangs: 0, isFixedPoint: true }
  stopSurplus(state)
  const isComplete = placeMissing(state, fit)
  if (!isComplete) state.rollBack(start)
  if (isLate()) return { ...account, isFixedPoint: false }
  const cost = state.cost
  const staying = state.mark()
  for (const node of state.instance.nodes.keys()) clear(state, node)
  const isPlaced = placeMissing(state, fit)
  const starts = state.migrations - before
  if (isPlaced && starts <= maxMoves && (!isComplete || state.cost < cost - ROUNDING)) return { ...account, starts }
  state.rollBack(staying)
  return account
}

/** Takes everything off a node that may go. @type {(state: PackingState, node: number) => void} */
function clear(state, node) {
  for (const { key, leave } of replicasOn(state, node)) {
    if (typeof key !== 'number' || at(state.instance.copies, key).hold === 'none') leave()
  }
}

/** A copy for each that is wanted and not there, the largest first; false where one finds no place. @type {(state: PackingState, fit: Fit) => boolean} */
function placeMissing(state, fit) {
  const { deployments, realDeployments } = state.instance
  const missing = deployments.slice(0, realDeployments).flatMap(({ index, desired }) => {
    return new Array(Math.max(0, desired - (state.placed[index] ?? 0))).fill(index)
  })
  const bins = new Bins(state, fit)
  const rank = rankBySize(state.instance, ['gpu', 'cpu', 'memory'])
  return missing
    .sort((one, other) => (rank[one] ?? 0) - (rank[other] ?? 0))
    .every((deployment) => bins.place(deployment))
}
