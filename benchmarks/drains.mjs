/** `npm run drains`: what is saved by plans that stock Ray Serve can execute, beside unrestricted ones and Ray's own rule. */
import { parseArgs } from 'node:util'
import { compact, parseProblem, verifyResult } from '../dist/src/index.js'
import { read } from './instances.mjs'
import { baseName, hundredths, percent, renderTable, tenths, whole } from './markdown.mjs'
import { runCommandLine, UsageError } from './usage-error.mjs'

/** @import { Result } from '../dist/models/contract/result.js' */
/** @import { Column } from './markdown.mjs' */

const HELP = `Usage: npm run drains -- [options]

Plans fixtures three times each: without restriction, restricted to drains that stock Ray Serve can execute, and by Ray's own rule, which
is the first plan of the restricted search. Budgets of the instances are left out: Ray knows none. Prints a table of the savings.

Options:
  --seconds N     wall time of each plan, default 20
  --seeds N       seeds 1 to N of the restricted search, default 2; the table shows all
  --only NAME     instances whose name contains this
  --help
`

const INSTANCES = [
  'openb/openb-slice-30',
  'openb/openb-slice-120',
  'openb/openb-slice-400',
  'dense/dense-50-1',
  'dense/dense-100-1',
  'dense/dense-400-1',
  'synthetic/synthetic-50-1',
  'synthetic/synthetic-200-1',
  'synthetic/synthetic-400-1'
]

/**
 * Money per hour: at the start, by Ray's rule, restricted by seed, the bound of that, and unrestricted.
 *
 * @typedef {{ name: string, now: number, ray: number, drains: number[], bound: number, termination: string, hops: number, free: number, freeBound: number }} Row
 */

/** @type {Column<Row>[]} */
const COLUMNS = [
  ['instance', 'left', ({ name }) => baseName(name)],
  ['now', 'right', ({ now }) => tenths(now)],
  ["Ray's rule", 'right', ({ ray }) => tenths(ray)],
  ['executable on Ray, by seed', 'right', ({ drains }) => drains.map(tenths).join(', ')],
  ['bound', 'right', ({ bound }) => tenths(bound)],
  ['gap', 'right', ({ drains, bound }) => percent((Math.min(...drains) - bound) / Math.min(...drains))],
  ['second moves', 'right', ({ hops }) => whole(hops)],
  ['unrestricted', 'right', ({ free }) => tenths(free)],
  ["saved by Ray's rule", 'right', ({ now, ray }) => share(now, ray)],
  ['executable', 'right', ({ now, drains }) => share(now, Math.min(...drains))],
  ['unrestricted', 'right', ({ now, free }) => share(now, free)]
]

await runCommandLine(main, HELP)

async function main() {
  const { values } = parseArgs({
    options: {
      seconds: { type: 'string', default: '20' },
      seeds: { type: 'string', default: '2' },
      only: { type: 'string', default: '' },
      help: { type: 'boolean', default: false }
    }
  })
  if (values.help) return console.log(HELP)
  const [seconds, seeds] = [readCount('seconds', values.seconds), readCount('seeds', values.seeds)]
  /** @type {Row[]} */
  const rows = []
  for (const name of INSTANCES.filter((name) => name.includes(values.only))) {
    rows.push(await measure(name, seconds * 1000, seeds))
    console.error(`${name} done`)
  }
  console.log(renderTable(COLUMNS, rows))
}

/** @type {(name: string, timeLimitMs: number, seeds: number) => Promise<Row>} */
async function measure(name, timeLimitMs, seeds) {
  const { budget: _, ...unlimited } = read('fixtures', `${name}.problem.json`)
  const problem = parseProblem(unlimited)
  const free = check(problem, await compact(problem, { timeLimitMs }))
  /** @type {Result[]} */
  const drained = []
  for (let seed = 1; seed <= seeds; seed++)
    drained.push(check(problem, await compact(problem, { timeLimitMs, seed, executableOn: 'ray' })))
  const [first] = drained
  const ray = first?.solve.searches?.find((search) => search.name === 'ray-rule')?.bestCostPerHour
  const now = free.initial.costPerHour
  return {
    name,
    now,
    ray: ray ?? now,
    drains: drained.map(costOf),
    bound: Math.max(...drained.map(({ bound }) => bound?.costPerHour ?? 0)),
    termination: first?.termination ?? '',
    hops: first?.plan.rungs?.find(({ rung }) => rung === 'delay-release')?.moves ?? 0,
    free: costOf(free),
    freeBound: free.bound?.costPerHour ?? 0
  }
}

/** @type {(problem: ReturnType<typeof parseProblem>, result: Result) => Result} */
function check(problem, result) {
  const [violation] = verifyResult(problem, result)
  if (violation !== undefined) throw new Error(`the checker refuses a plan: ${violation.message}`)
  return result
}

/** @type {(result: Result) => number} */
function costOf({ objective, initial }) {
  return objective?.costPerHour ?? initial.costPerHour
}

/** @type {(now: number, then: number) => string} */
function share(now, then) {
  return `${hundredths((100 * (now - then)) / now)} %`
}

/** @type {(name: string, text: string) => number} */
function readCount(name, text) {
  if (/^[1-9]\d*$/.test(text)) return Number(text)
  throw new UsageError(`--${name}: found ${JSON.stringify(text)}, expected a whole number of at least 1`)
}
