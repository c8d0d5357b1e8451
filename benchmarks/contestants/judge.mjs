/** What an answer is worth: the independent checker looks at it, and its cost is counted again. */
import { verifyPlacement } from 'replica-compactor'
import { describeTarget } from '../../dist/models/instance/describe-target.js'
import { nameReplicas } from '../../dist/src/search/name-replicas.js'
import { countCost } from '../engine/measure-target.mjs'

/** @import { IncumbentUpdate, Problem } from 'replica-compactor' */
/** @import { PackingState } from '../../dist/src/search/packing-state.js' */

/**
 * @typedef {object} Verdict
 * @property {number | null} cost Per hour; null where the answer does not hold.
 * @property {number | null} migrations
 * @property {number | null} activeNodes
 * @property {string | null} wrong Why it does not hold, in words.
 */

/** @typedef {Pick<IncumbentUpdate, 'placement' | 'headroom' | 'newNodes'> & Partial<Pick<IncumbentUpdate, 'assumedDevices' | 'unplaced'>>} EndState */

/** No placement, and no fault. @type {Verdict} */
export const nothing = { cost: null, migrations: null, activeNodes: null, wrong: null }

/** @type {(reason: string) => Verdict} */
export const wrong = (reason) => ({ ...nothing, wrong: reason })

/** An answer in the words of the contract. @type {(problem: Problem, answer: EndState) => Verdict} */
export function judgePlacement(problem, answer) {
  const [violation] = verifyPlacement(problem, answer)
  return violation === undefined ? count(problem, answer) : wrong(violation.message)
}

/** The contents of all nodes, as the search keeps them. @type {(problem: Problem, state: PackingState) => Verdict} */
export function judgeState(problem, state) {
  return judgePlacement(problem, describeTarget(state.instance, nameReplicas(state)))
}

/** @type {(problem: Problem, answer: EndState) => Verdict} */
export function count(problem, answer) {
  const { nodes, replicas } = problem
  const home = new Map(
    replicas.flatMap(({ id, node, state }) => (node === null || state !== 'running' ? [] : [[id, node]]))
  )
  const active = new Set([...answer.placement, ...answer.headroom].map(({ node }) => node))
  for (const { id, releasable } of nodes) if (!releasable) active.add(id)
  return {
    cost: countCost(problem, answer),
    migrations: answer.placement.filter(({ replica, node }) => (home.get(replica) ?? node) !== node).length,
    activeNodes: active.size,
    wrong: null
  }
}
