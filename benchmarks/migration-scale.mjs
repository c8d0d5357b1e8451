/** `npm run migration`: how long ordering and checking a migration takes as it grows, and how good its schedule is. */
import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { compact } from 'replica-compactor'
import { read } from './instances.mjs'
import { measureMigration } from './migration/measure-migration.mjs'
import { fitGrowth, renderMigration } from './migration/table.mjs'
import { readCount } from './option-values.mjs'
import { keepResults } from './results-markdown.mjs'
import { describeSurroundings } from './surroundings.mjs'
import { runCommandLine, UsageError } from './usage-error.mjs'

/** @import { MakespanRun, MigrationReport, ScaleRun } from './migration/table.mjs' */

const SIZES = '1250,2500,5000,10000,20000'
const MOST_MOVES = 1_000_000
/** Moves that family tight makes for each node. */
const MOVES_A_NODE = 5
const IN_FLIGHT = [1, 4, 16]
const CLUSTER = 'openb/openb-slice-400'
/** Units of work for the placement whose migration is scheduled: the same one everywhere. */
const WORK_LIMIT = 2000

const HELP = `Usage: npm run migration -- [options]

scale     Orders, schedules, writes and checks migrations of family tight, each size and seed in a process of its own after a
          small migration that is not measured, and prints medians over the seeds with the exponent of growth.
makespan  The schedule of one migration of ${CLUSTER} with ${IN_FLIGHT.join(', ')} moves in flight, beside its lower bound.

Keeps both in benchmarks/results/migration-scale.json when both were measured with the default sizes.

Options:
  --sizes LIST    moves, default ${SIZES}
  --seeds N       so many seeds, 1, 2, …; default 3
  --only TABLE    scale or makespan
  --help
`

await runCommandLine(main, HELP)

async function main() {
  const { values } = parseArgs({
    options: {
      sizes: { type: 'string', default: SIZES },
      seeds: { type: 'string', default: '3' },
      only: { type: 'string' },
      help: { type: 'boolean', default: false }
    }
  })
  if (values.help) return console.log(HELP)
  const { only } = values
  if (![undefined, 'scale', 'makespan'].includes(only)) throw new UsageError(`--only ${only}: it is scale or makespan`)
  const sizes = values.sizes.split(',').map((size) => readCount('--sizes', size, MOST_MOVES))
  const seeds = readCount('--seeds', values.seeds, 1000)
  await run({
    sizes: only === 'makespan' ? [] : sizes,
    seeds,
    hasMakespans: only !== 'scale',
    isUsual: values.sizes === SIZES
  })
}

/** @type {(options: { sizes: readonly number[], seeds: number, hasMakespans: boolean, isUsual: boolean }) => Promise<void>} */
async function run({ sizes, seeds, hasMakespans, isUsual }) {
  const surroundings = describeSurroundings()
  const scale = measureScale(sizes, seeds)
  const makespan = hasMakespans ? await measureMakespans() : []
  /** @type {MigrationReport} */
  const report = { schemaVersion: 1, ...surroundings, exponent: fitGrowth(scale), scale, makespan }
  console.log(renderMigration(report))
  if (scale.length > 0 && makespan.length > 0 && isUsual) {
    keepResults('migration-scale', report)
  }
  if ([...scale, ...makespan].some(({ violations }) => violations > 0)) process.exitCode = 1
}

/** @type {(sizes: readonly number[], seeds: number) => ScaleRun[]} */
function measureScale(sizes, seeds) {
  const script = fileURLToPath(new URL('migration/one-size.mjs', import.meta.url))
  return sizes.flatMap((moves) =>
    Array.from({ length: seeds }, (_, index) => {
      const seed = index + 1
      const nodes = Math.round(moves / MOVES_A_NODE)
      const args = [script, String(nodes), String(seed)]
      /** @type {ScaleRun} */
      const figures = JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 1e8 }))
      console.error(`tight, ${moves} moves, seed ${seed}: ${figures.seconds.toFixed(2)} s`)
      return figures
    })
  )
}

/** @type {() => Promise<MakespanRun[]>} */
async function measureMakespans() {
  const problem = read('fixtures', `${CLUSTER}.problem.json`)
  console.error(`${CLUSTER}: a placement …`)
  const placement = await compact(problem, { workLimit: WORK_LIMIT, seed: 1 })
  return IN_FLIGHT.map((inFlight) => {
    const limits = { ...problem.migration?.limits, inFlight }
    const limited = { ...problem, migration: { ...problem.migration, limits } }
    const figures = measureMigration(limited, placement)
    console.error(`${CLUSTER}, ${inFlight} in flight: ${figures.makespanSeconds} s`)
    return { name: CLUSTER.replace(/^.*\//, ''), inFlight, ...figures }
  })
}
