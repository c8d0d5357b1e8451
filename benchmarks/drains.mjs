/** `npm run drains`: what is saved by plans that stock Ray Serve can execute, beside unrestricted ones and Ray's own rule. */
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { compact, parseProblem, verifyResult } from '../dist/src/index.js'
import { renderDrains } from './drains/table.mjs'
import { read } from './instances.mjs'
import { readCount } from './option-values.mjs'
import { keepResults } from './results-markdown.mjs'
import { describeSurroundings } from './surroundings.mjs'
import { runCommandLine } from './usage-error.mjs'

/** @import { Result } from '../dist/models/contract/result.js' */
/** @import { DrainsReport, Row } from './drains/table.mjs' */

const HELP = `Usage: npm run drains -- [options]

Plans fixtures three times each: without restriction, restricted to drains that stock Ray Serve can execute, and by Ray's own rule, which
is the first plan of the restricted search. Budgets of the instances are left out: Ray knows none. Prints a table of the savings.

Options:
  --seconds N     wall time of each plan, default 20
  --seeds N       seeds 1 to N of the restricted search, default 2; the table shows all
  --only NAME     instances whose name contains this
  --keep          keep the figures in benchmarks/results/drains.json and RESULTS.md
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

await runCommandLine(main, HELP)

async function main() {
  const { values } = parseArgs({
    options: {
      seconds: { type: 'string', default: '20' },
      seeds: { type: 'string', default: '2' },
      only: { type: 'string', default: '' },
      keep: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false }
    }
  })
  if (values.help) return console.log(HELP)
  const [seconds, seeds] = [readCount('--seconds', values.seconds, 10_000), readCount('--seeds', values.seeds, 100)]
  /** @type {Row[]} */
  const rows = []
  for (const name of INSTANCES.filter((name) => name.includes(values.only))) {
    rows.push(await measure(name, seconds * 1000, seeds))
    console.error(`${name} done`)
  }
  /** @type {DrainsReport} */
  const report = { schemaVersion: 1, ...describeSurroundings(), threads: availableParallelism(), seconds, rows }
  console.log(renderDrains(report))
  if (values.keep) keepResults('drains', report)
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
    hops: first?.plan.rungs?.find(({ rung }) => rung === 'delay-release')?.moves ?? 0,
    free: costOf(free)
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
