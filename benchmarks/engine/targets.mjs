/** What the engine must prove, in which time: the gap between cost and bound, by the wall time of the whole command. */
import { CLOSED_GAP, cases } from '../cases.mjs'

/** @import { Generator, InstancePlace } from '../instances.mjs' */

/**
 * @typedef {object} Target
 * @property {string} key Name of the instance, with the budget where there is one: also its key in best-known.json.
 * @property {InstancePlace} place
 * @property {number | null} budgetShare Migrations at most, as a share of the replicas that are running; null: as many as the Problem
 *   allows.
 * @property {number} gap (cost − bound) / cost at most.
 * @property {number} seconds At most, from the start of the process to its end.
 * @property {boolean} isSmall Up to 100 nodes.
 */

/** Peak resident memory that no target may pass. */
export const MOST_MEGABYTES = 4000

/** @type {(place: InstancePlace, gap: number, seconds: number, nodes: number, budgetShare?: number | null) => Target} */
function target(place, gap, seconds, nodes, budgetShare = null) {
  const key = budgetShare === null ? place.name : `${place.name}, budget ${Math.round(budgetShare * 100)} %`
  return { key, place, budgetShare, gap, seconds, isSmall: nodes <= 100 }
}

/** @type {(name: string) => InstancePlace} */
const fixture = (name) => ({ folder: 'fixtures', name })
/** @type {(name: string) => InstancePlace} */
const shared = (name) => ({ folder: 'shared', name })
/** @type {(name: string, generator: Generator) => InstancePlace} */
const generated = (name, generator) => ({ folder: 'generated', name: `generated/${name}`, generator })

/** @type {(family: 'dense' | 'synthetic', nodes: number) => InstancePlace} */
const ofFamily = (family, nodes) => generated(`${family}-${nodes}-1`, { family, nodes, seed: 1 })

/** @type {(nodes: number) => InstancePlace} */
const synthetic = (nodes) => fixture(`synthetic/synthetic-${nodes}-1`)
/** @type {(nodes: number) => InstancePlace} */
const dense = (nodes) => fixture(`dense/dense-${nodes}-1`)
const largeSynthetic = shared('synthetic/synthetic-5000-1')
const wholeTrace = fixture('openb/openb-whole')
const sevenTraces = generated('openb-whole-x7', {
  family: 'repeat',
  folder: 'fixtures',
  name: 'openb/openb-whole',
  times: 7
})

const packing = cases
  .filter(({ name }) => name.startsWith('packing/'))
  .map(({ folder, name }) => target({ folder, name }, CLOSED_GAP, 20, 25))

/** With a budget: nodes, gap, seconds. */
const syntheticWithBudget = /** @type {const} */ ([
  [50, 1e-4, 10],
  [100, 1e-4, 10],
  [200, 0.001, 20],
  [400, 0.0015, 20],
  [1000, 0.002, 30]
])

/** @type {readonly Target[]} */
export const targets = [
  target(synthetic(12), CLOSED_GAP, 3, 12),
  target(synthetic(25), CLOSED_GAP, 3, 25),
  target(dense(25), CLOSED_GAP, 3, 25),
  ...packing,
  target(synthetic(50), 1e-4, 5, 50),
  target(synthetic(100), 1e-4, 5, 100),
  target(synthetic(200), 1e-4, 10, 200),
  target(synthetic(400), 1e-4, 15, 400),
  target(synthetic(1000), 1e-4, 20, 1000),
  ...[0.05, 0.25].flatMap((share) =>
    syntheticWithBudget.map(([nodes, gap, seconds]) => target(synthetic(nodes), gap, seconds, nodes, share))
  ),
  target(largeSynthetic, 0.0005, 60, 5000),
  target(largeSynthetic, 0.003, 120, 5000, 0.25),
  target(largeSynthetic, 0.003, 120, 5000, 0.05),
  target(ofFamily('synthetic', 10_000), 0.001, 120, 10_000),
  target(ofFamily('synthetic', 10_000), 0.005, 240, 10_000, 0.25),
  target(dense(50), 1e-4, 5, 50),
  target(dense(100), 1e-4, 10, 100),
  target(dense(200), 0.001, 25, 200),
  target(dense(400), 0.005, 60, 400),
  target(ofFamily('dense', 1000), 0.01, 120, 1000),
  target(ofFamily('dense', 2000), 0.02, 240, 2000),
  target(fixture('openb/openb-slice-30'), CLOSED_GAP, 5, 30),
  target(fixture('openb/openb-slice-120'), 0.01, 30, 120),
  target(fixture('openb/openb-slice-400'), 0.015, 60, 400),
  target(wholeTrace, 0.01, 120, 1523),
  target(wholeTrace, 0.01, 120, 1523, 0.05),
  target(sevenTraces, 0.015, 240, 10_661)
]

/** Where the search may stop: halfway, so that a bound which is rounded does not miss the target. @type {(gap: number) => number} */
export const searchGap = (gap) => (gap <= CLOSED_GAP ? CLOSED_GAP : gap / 2)

/**
 * The share of the replicas that are running, rounded down; null where the share is.
 *
 * @type {(problem: { replicas: readonly { node: string | null, state?: string }[] }, share: number | null) => number | null}
 */
export function countMigrations({ replicas }, share) {
  if (share === null) return null
  const running = replicas.filter(({ node, state = 'running' }) => node !== null && state === 'running').length
  // 0.29 × 100 is a trifle less than 29.
  return Math.floor(share * running + 1e-9)
}
