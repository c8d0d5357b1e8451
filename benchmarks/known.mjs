/** What is known of the instances, in best-known.json; of those that may not be published, in the `.known.json` beside them. */
import { readFileSync, writeFileSync } from 'node:fs'
import { locate, readJson } from './instances.mjs'

/** @import { Folder, Generator } from './instances.mjs' */

/**
 * What is known of one instance, with its budget.
 *
 * @typedef {object} Known
 * @property {number | null} cost The cheapest per hour that was ever found; null: nobody has told yet.
 * @property {boolean} optimal It is proven to be the optimum.
 * @property {number} [lowerBound] Proven, where the optimum is not.
 * @property {boolean} [rounded] The cost is to the nearest whole number.
 * @property {string} source Who found it.
 * @property {Generator} [generator] How the instance is made.
 */

/**
 * instances: fixtures without any other budget than their own, by path. others: all else, by the key of its target.
 *
 * @typedef {{ comment: string, instances: Record<string, Known>, others: Record<string, Known> }} BestKnown
 */

/** @typedef {{ key: string, folder: Folder | 'generated', cost: number | null, bound: number | null, commit: string | null }} Measured */

const file = new URL('best-known.json', import.meta.url)
const TOLERANCE = 1e-6

/** @type {() => BestKnown} */
export function readBestKnown() {
  return readJson(file)
}

/**
 * undefined where nothing is said of it.
 *
 * @type {(bestKnown: BestKnown, key: string, folder: Folder | 'generated') => Known | undefined}
 */
export function lookUpKnown({ instances, others }, key, folder) {
  for (const entries of [instances, others]) if (Object.hasOwn(entries, key)) return entries[key]
  const beside = folder === 'shared' ? locate(folder, `${key}.known.json`) : undefined
  if (beside === undefined) return undefined
  const { optimum, source } = readJson(beside)
  return { cost: optimum, optimal: true, source }
}

/**
 * Where what was measured and what is known cannot both be true, or where a better cost is not entered yet, in words.
 *
 * @type {(measured: Measured, known: Known) => string[]}
 */
export function listContradictions({ key, cost, bound }, known) {
  const slack = known.rounded ? 0.5 : TOLERANCE * Math.max(1, known.cost ?? 0)
  const faults = []
  if (known.cost !== null && bound !== null && bound > known.cost + slack) {
    faults.push(`${key}: the bound ${bound} is above the best known cost ${known.cost}: it is wrong`)
  }
  if (cost === null) return faults
  const least = known.optimal ? known.cost : known.lowerBound
  if (least !== undefined && least !== null && cost < least - slack) {
    faults.push(`${key}: the cost ${cost} is below ${least}, which is proven: one of them is wrong`)
  } else if (cost < (known.cost ?? Infinity) - slack) {
    faults.push(`${key}: the cost ${cost} beats the best known ${known.cost}: enter it in benchmarks/best-known.json`)
  }
  return faults
}

/**
 * Bounds above what the same instance was measured to cost with a smaller budget, in words: fewer moves cannot make it cheaper.
 *
 * @type {(records: readonly Measured[]) => string[]}
 */
export function listInversions(records) {
  return records.flatMap((wider) =>
    records.flatMap((narrower) => {
      const isComparable = instanceOf(wider) === instanceOf(narrower) && budgetOf(wider) > budgetOf(narrower)
      if (!isComparable || wider.bound === null || narrower.cost === null) return []
      if (wider.bound <= narrower.cost * (1 + TOLERANCE)) return []
      return [`${wider.key}: the bound ${wider.bound} is wrong, ${narrower.key} costs ${narrower.cost}`]
    })
  )
}

/** What the keys of targets add for a budget. */
const BUDGET = /, budget (\d+) %$/

/** @type {(measured: Measured) => string} */
const instanceOf = ({ key }) => key.replace(BUDGET, '')
/** @type {(measured: Measured) => number} */
const budgetOf = ({ key }) => Number(BUDGET.exec(key)?.[1] ?? Infinity)

/** @type {(entry: Measured) => boolean} */
const isClosed = ({ cost, bound }) => cost !== null && bound !== null && cost - bound <= TOLERANCE * cost

/**
 * Enters costs that beat what is known and bounds that were not, and says which. What contradicts a proof is left out.
 *
 * @type {(bestKnown: BestKnown, records: readonly Measured[]) => string[]}
 */
export function enterKnown(bestKnown, records) {
  /** @type {string[]} */
  const entered = []
  for (const record of records) {
    const { key, cost, bound, commit } = record
    const entries = Object.hasOwn(bestKnown.instances, key) ? bestKnown.instances : bestKnown.others
    const known = entries[key]
    if (known === undefined || cost === null || bound === null || known.optimal) continue
    if (listContradictions(record, known).some((fault) => fault.endsWith('wrong'))) continue
    const best = known.cost === null || cost < known.cost ? cost : known.cost
    const isBetter = best !== known.cost
    const lowerBound = Math.min(best, Math.max(bound, known.lowerBound ?? bound))
    const { lowerBound: _former, rounded, ...rest } = known
    const optimal = isClosed({ ...record, cost: best, bound: lowerBound }) && (isBetter || rounded !== true)
    if (!isBetter && !optimal && lowerBound === known.lowerBound) continue
    entries[key] = {
      ...rest,
      cost: best,
      optimal,
      ...(optimal ? {} : { lowerBound }),
      ...(rounded === true && !isBetter ? { rounded } : {}),
      source: isBetter || optimal ? `npm run engine${commit === null ? '' : `, commit ${commit}`}` : known.source
    }
    entered.push(`${key}: ${best}${optimal ? ', optimal' : `, at least ${lowerBound}`}`)
  }
  return entered
}

/** One line for each entry, so that a change is a line. @type {(bestKnown: BestKnown) => string} */
export function writeBestKnown({ comment, ...parts }) {
  const sections = Object.entries(parts).map(([name, entries]) => {
    const lines = Object.entries(entries).map(([key, known]) => `    ${JSON.stringify(key)}: ${describe(known)}`)
    return `  ${JSON.stringify(name)}: {\n${lines.join(',\n')}\n  }`
  })
  return `{\n${[`  "comment": ${JSON.stringify(comment)}`, ...sections].join(',\n')}\n}\n`
}

/** @type {(value: unknown) => string} */
function describe(value) {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  return `{${Object.entries(value)
    .map(([key, inner]) => `${JSON.stringify(key)}: ${describe(inner)}`)
    .join(', ')}}`
}

/** @type {(bestKnown: BestKnown) => void} */
export function keepBestKnown(bestKnown) {
  const text = writeBestKnown(bestKnown)
  if (readFileSync(file, 'utf8') !== text) writeFileSync(file, text)
}
