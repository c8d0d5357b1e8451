/** What is found when a sequencer is held against plans that are known, and against exact searches. */
import { readCluster } from './cluster.mjs'
import { nameWell } from './fair-case.mjs'
import { countMoves } from './goal.mjs'
import { leastMakespan } from './makespan.mjs'
import { reach } from './reach.mjs'

/** @import { PlacementInput, Problem, ProblemInput } from '../../dist/src/index.js' */
/** @import { Cluster, Rung } from './cluster.mjs' */
/** @import { PackingCase } from './random-packing.mjs' */
/** @import { Case } from './random-walk.mjs' */

/**
 * What a sequencer came to.
 *
 * @typedef {object} Answer
 * @property {'complete' | 'partial'} status
 * @property {number} migrations
 * @property {number} makespanSeconds
 * @property {readonly string[]} violations What the independent checker finds wrong.
 * @property {string | null} fault Why there is no answer at all.
 */

/** @typedef {(problem: ProblemInput, placement: PlacementInput['placement']) => Answer | Promise<Answer>} Sequencer */
/** @typedef {(problem: unknown) => Problem} Parse */

/**
 * denied: a plan exists, and it finds none. unsafe: the plan that it gives is none. kind: the least that would have been needed.
 *
 * @typedef {{ seed: number, verdict: 'kept' | 'denied' | 'unsafe' | 'thrown', kind: string, words: string }} Verdict
 */

/** States of one search. */
const MOST_STATES = 20_000

/** @type {(drawn: Case, sequencer: Sequencer, parse: Parse) => Promise<Verdict>} */
export async function judgeWalk({ seed, problem, placement, migrations }, sequencer, parse) {
  const answer = await sequencer(problem, placement)
  const verdict = (/** @type {Verdict['verdict']} */ verdict, kind = '', words = '') => ({ seed, verdict, kind, words })
  if (answer.fault !== null) return verdict('thrown', '', answer.fault)
  if (answer.violations.length > 0) return verdict('unsafe', '', answer.violations.join('; '))
  if (answer.status === 'complete' && answer.migrations <= migrations) return verdict('kept')
  const words = `${answer.status}, ${answer.migrations} migrations; ${migrations} are enough`
  return verdict('denied', needOf(readCluster(parse(problem), placement), MOST_STATES).need, words)
}

/**
 * The ways to reach a target, the least first: what each is called, the rung without which it is none, and the rungs beside it.
 *
 * @type {readonly { name: string, rung: Rung, beside: readonly Rung[], displaces: boolean }[]}
 */
const WAYS = [
  { name: 'order', rung: 'reorder', beside: [], displaces: false },
  { name: 'order, relabelled', rung: 'relabel', beside: ['reorder'], displaces: false },
  { name: 'stop-over', rung: 'hop', beside: ['reorder', 'relabel'], displaces: false },
  {
    name: 'stop-over on an emptied node',
    rung: 'delay-release',
    beside: ['reorder', 'relabel', 'hop'],
    displaces: false
  },
  {
    name: 'one that stays steps aside',
    rung: 'hop',
    beside: ['reorder', 'relabel', 'delay-release'],
    displaces: true
  },
  { name: 'rented node', rung: 'rent', beside: ['reorder', 'relabel', 'hop', 'delay-release'], displaces: true },
  {
    name: 'stopped first',
    rung: 'stop-first',
    beside: ['reorder', 'relabel', 'hop', 'delay-release', 'rent'],
    displaces: true
  }
]

/** Rungs that are climbed only where nothing else helps, and what such a need is called. @type {ReadonlyMap<string, string>} */
const LAST_NEEDS = new Map([
  ['rent', 'rented node'],
  ['stop-first', 'stopped first']
])

/**
 * The least of what a case allows by which its target can be reached within its budget: a name of WAYS, `none`, or `unknown` where
 * no search ended with an answer.
 *
 * @param {Cluster} cluster
 * @param {number} mostStates
 * @returns {{ need: string, migrations: number | null }}
 */
export function needOf(cluster, mostStates) {
  let isProven = true
  for (const { name, rung, beside, displaces } of WAYS) {
    if (!cluster.rungs.has(rung)) continue
    const rungs = new Set([rung, ...beside].filter((each) => cluster.rungs.has(each)))
    const found = reach(cluster, { rungs, displaces, mostMigrations: cluster.mostMigrations, mostStates })
    if (found === undefined) isProven = false
    else if (found !== null) return { need: name, migrations: found.migrations }
  }
  return { need: isProven ? 'none' : 'unknown', migrations: null }
}

/**
 * need: what the least way is, by an exact search. least: the least makespan, where nobody has to stop over; null elsewhere.
 *
 * @typedef {object} Comparison
 * @property {number} seed
 * @property {Rung[]} rungs
 * @property {string} need
 * @property {number | null} fewest Migrations, without rungs later than what is needed.
 * @property {Answer} answer
 * @property {number | null} least
 * @property {boolean} isExact Whether `least` is proven.
 */

/** @type {(drawn: PackingCase, sequencer: Sequencer, parse: Parse) => Promise<Comparison>} */
export async function compareExactly({ seed, problem, placement }, sequencer, parse) {
  const cluster = readCluster(parse(problem), nameWell(problem, placement))
  const answer = await sequencer(problem, placement)
  const { need, migrations } = needOf(cluster, MOST_STATES)
  // The last rungs may save migrations, and are not there for that.
  const spared = ['rent', 'stop-first'].filter((rung) => LAST_NEEDS.get(rung) !== need && need !== 'stopped first')
  const best = reach(cluster, {
    rungs: new Set([...cluster.rungs].filter((rung) => !spared.includes(rung))),
    displaces: true,
    mostMigrations: Math.min(cluster.mostMigrations, answer.status === 'complete' ? answer.migrations : Infinity),
    mostStates: MOST_STATES
  })
  const moves = countMoves(cluster, cluster.rungs)
  const isTimed = need.startsWith('order') && answer.status === 'complete' && answer.migrations === moves
  const timed = isTimed ? leastMakespan(cluster, answer.makespanSeconds, MOST_STATES) : null
  return {
    seed,
    rungs: [...cluster.rungs],
    need,
    fewest: best?.migrations ?? migrations,
    answer,
    least: timed?.seconds ?? null,
    isExact: timed?.isExact ?? false
  }
}
