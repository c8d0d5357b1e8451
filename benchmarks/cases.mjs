/**
 * What is measured, and what is promised of it. The known optima stand in best-known.json and, for instances that may not be
 * published, in the `.known.json` beside them.
 */

/** @import { Folder } from './instances.mjs' */

/**
 * What a case must reach. Beyond it, every case must give a complete plan that the checker accepts.
 *
 * @typedef {object} Target
 * @property {boolean} [optimum] The cost is the known optimum.
 * @property {number} [gap] The gap proven is at most this.
 * @property {number} [firstMs] The first checked placement is there after so many milliseconds of a warm call.
 */

/**
 * One call that is measured.
 *
 * @typedef {object} Case
 * @property {string} name Path below its folder, without `.problem.json`.
 * @property {Folder} folder shared: data that may not be published.
 * @property {number} limitSeconds
 * @property {number} relativeGap Where the search may stop.
 * @property {Target} target
 * @property {string} [placement] Only the migration to this placement is asked for.
 */

/** A gap that counts as closed: what `optimal` means in the contract. */
export const CLOSED_GAP = 1e-6
const DEFAULT_GAP = 1e-4
const FIRST_ANSWER_MS = 500

const provenPacking = [
  'cloudbalance-2computers-6processes',
  'cloudbalance-3computers-9processes',
  'cloudbalance-4computers-12processes',
  'zephyrus-2016-12-6-8-3',
  'zephyrus-2016-12-8-6-3',
  'zephyrus-2016-14-10-8-3',
  'zephyrus-2016-14-6-8-3',
  'zephyrus-2016-14-8-6-3'
]

/** @type {(name: string, limitSeconds: number, relativeGap: number, target: Target) => Case} */
const planned = (name, limitSeconds, relativeGap, target) => ({
  name,
  folder: 'fixtures',
  limitSeconds,
  relativeGap,
  target
})

/** @type {(name: string, isProven: boolean, folder?: Case['folder']) => Case} */
const packed = (name, isProven, folder = 'fixtures') => ({
  ...planned(`packing/${name}`, 30, CLOSED_GAP, { optimum: true, ...(isProven ? { gap: CLOSED_GAP } : {}) }),
  folder
})

/** @type {readonly Case[]} */
export const cases = [
  ...provenPacking.map((name) => packed(name, true)),
  packed('vbp-new-class2-20-3-8', false),
  packed('vbp-panigrahy-class1-20-3-5', false),
  packed('vsbpp-monaci-prob-25-1', false, 'shared'),
  packed('ct01-class10-24-1', true, 'shared'),
  packed('roadef2012-a1-1', true, 'shared'),
  { ...planned('golden-deadlock', 10, DEFAULT_GAP, {}), placement: 'golden-deadlock' },
  planned('openb/openb-slice-30', 10, CLOSED_GAP, { gap: CLOSED_GAP }),
  planned('openb/openb-slice-120', 20, DEFAULT_GAP, { gap: 0.04 }),
  planned('openb/openb-slice-400', 60, DEFAULT_GAP, { gap: 0.15, firstMs: FIRST_ANSWER_MS }),
  ...[12, 25, 50, 100].map((nodes) => planned(`synthetic/synthetic-${nodes}-1`, 30, DEFAULT_GAP, { gap: DEFAULT_GAP })),
  planned('synthetic/synthetic-200-1', 30, DEFAULT_GAP, {}),
  planned('synthetic/synthetic-400-1', 30, DEFAULT_GAP, { firstMs: FIRST_ANSWER_MS }),
  planned('synthetic/synthetic-400-1-b0.05', 30, DEFAULT_GAP, { firstMs: FIRST_ANSWER_MS }),
  planned('synthetic/synthetic-1000-1', 60, DEFAULT_GAP, {}),
  ...[25, 50, 100].map((nodes) => planned(`dense/dense-${nodes}-1`, 30, DEFAULT_GAP, { gap: DEFAULT_GAP })),
  planned('dense/dense-200-1', 30, DEFAULT_GAP, {}),
  planned('dense/dense-400-1', 60, DEFAULT_GAP, { firstMs: FIRST_ANSWER_MS })
]

/** Limits too short for a search: an answer that the checker accepts must come all the same, at most 10 % and 1 s late. */
export const deadlines = ['openb/openb-slice-400', 'dense/dense-400-1'].flatMap((name) =>
  [1, 100, 1000].map((limitMs) => ({ name, limitMs }))
)

/** The time that a call with this limit may take, in milliseconds (contract: Commands). */
export const latestMs = (/** @type {number} */ limitMs) => limitMs * 1.1 + 1000
