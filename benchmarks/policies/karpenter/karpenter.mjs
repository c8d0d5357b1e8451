/**
 * Karpenter's consolidation of underutilised nodes. Nodes come in the order of what they cost for what it takes to disrupt them, the
 * dearest first. It empties as many of the first ones at once as it can, found by binary search, else one of them; their pods go to
 * other nodes and to at most one new node that costs less than those that go. Idle nodes are deleted before: they cost nothing here.
 *
 * More generous than the original: any idle node of the Problem can be had again as a new node, not only those that are for sale;
 * its pods go to the very nodes on which the simulation found room; its scheduler has a plug-in that shares GPUs, and knows every
 * rule that holds at all times. Its budgets, a tenth of the nodes at a time, pace it only.
 */
import { refuseOtherCounts } from '../cluster/refusals.mjs'
import { Consolidation } from './consolidation.mjs'
import { isBalanced } from './disruption.mjs'
import { Ranking } from './ranking.mjs'

/** @import { PackingState } from '../../../dist/src/search/packing-state.js' */
/** @import { Action } from './consolidation.mjs' */
/** @import { Account, Limits, Policy } from '../policies.mjs' */

/** What is done about some nodes; null: nothing can be, or is worth it. @typedef {(nodes: readonly number[]) => Action | null} Attempt */

/** Nodes that are emptied at once. */
const MOST_AT_ONCE = 100

/** @type {Policy} */
export const karpenter = {
  name: 'karpenter',
  description:
    'Karpenter, consolidation when underutilised: empties up to 100 nodes at once, or one, onto the others and at most one new, cheaper node.',
  refuses: refuseOtherCounts,
  run: (state, limits) => consolidate(state, limits, () => true)
}

/** @type {Policy} */
export const karpenterBalanced = {
  name: 'karpenter-balanced',
  description:
    'Karpenter, balanced consolidation: the same, where the share of the cost that is saved is at least half the share of the replicas disrupted.',
  refuses: refuseOtherCounts,
  run: (state, limits) => consolidate(state, limits, isBalanced)
}

/** @type {(state: PackingState, limits: Limits, accepts: typeof isBalanced) => Account} */
function consolidate(state, { maxMoves, isLate }, accepts) {
  const ranking = new Ranking(state)
  const consolidation = new Consolidation(state)
  const account = { starts: 0, rounds: 0, hangs: 0, isFixedPoint: false }
  while (!isLate()) {
    account.rounds++
    const all = ranking.weighAll()
    const isWorthIt = (/** @type {Action} */ { nodes, savings }) => {
      return accepts({ savings, disruption: nodes.reduce((sum, node) => sum + ranking.disruptionOf(node), 0) }, all)
    }
    /** @type {Attempt} */
    const attempt = (nodes) => {
      const mark = state.mark()
      const action = consolidation.tryEmptying(nodes, maxMoves - account.starts)
      if (action === null) return null
      state.rollBack(mark)
      return isWorthIt(action) ? action : null
    }
    const chosen = chooseAction(ranking.candidates, attempt)
    if (chosen === null) return { ...account, isFixedPoint: true }
    const done = consolidation.tryEmptying(chosen.nodes, chosen.starts)
    if (done === null) throw new Error('what was possible a moment ago is not')
    consolidation.keep(done)
    ranking.refresh([...done.nodes, ...done.destinations, ...(done.bought < 0 ? [] : [done.bought])])
    account.starts += done.starts
  }
  return account
}

/**
 * What is done next: as many of the first candidates at once as can be, else one of them. mostNodes: at once.
 *
 * @type {(candidates: readonly number[], attempt: Attempt, mostNodes?: number) => Action | null}
 */
export function chooseAction(candidates, attempt, mostNodes = MOST_AT_ONCE) {
  return findPrefix(candidates, attempt, mostNodes) ?? findSingle(candidates, attempt)
}

/** The largest number of first nodes, at least two, that can go at once, as far as a binary search finds it. @type {(candidates: readonly number[], attempt: Attempt, mostNodes: number) => Action | null} */
function findPrefix(candidates, attempt, mostNodes) {
  let best = null
  let [least, most] = [2, Math.min(mostNodes, candidates.length)]
  while (least <= most) {
    const middle = Math.floor((least + most) / 2)
    const action = attempt(candidates.slice(0, middle))
    if (action === null) most = middle - 1
    else {
      best = action
      least = middle + 1
    }
  }
  return best
}

/** @type {(candidates: readonly number[], attempt: Attempt) => Action | null} */
function findSingle(candidates, attempt) {
  for (const node of candidates) {
    const action = attempt([node])
    if (action !== null) return action
  }
  return null
}
