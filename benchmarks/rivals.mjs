/** `npm run rivals`: this engine beside other solvers, for the same time on the same cores. Exit code 1 when one of our answers is wrong. */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { locate } from './instances.mjs'
import { keepResults } from './results-page.mjs'
import { contestants, OURS } from './rivals/contestants.mjs'
import { refuteBounds, renderRivals } from './rivals/table.mjs'
import { describeSurroundings } from './surroundings.mjs'

/** @import { Contestant } from './rivals/contestants.mjs' */
/** @import { RivalReport, RivalRun } from './rivals/table.mjs' */

const INSTANCES = [
  'dense/dense-50-1',
  'dense/dense-100-1',
  'synthetic/synthetic-100-1',
  'synthetic/synthetic-200-1',
  'openb/openb-slice-30',
  'openb/openb-slice-120'
]

const HELP = `Usage: npm run rivals -- [options] [INSTANCE…]

Solves each INSTANCE, a path below fixtures/ without .problem.json, with this engine and with others: HiGHS and GLPK on
the whole program, and cbc where it is installed. In turns, one at a time. Every answer is checked. Prints the table of
medians, keeps it in benchmarks/results/rivals.json and writes it into benchmarks/RESULTS.md.

INSTANCE: ${INSTANCES.join(', ')} unless told otherwise

Options:
  --only PATTERN   who competes: the names that match this regular expression; this engine always does
  --seconds N      wall time of each run, default 10
  --seeds N        so many seeds, 1, 2, …; default 3
  --cores N        default: all; fewer need taskset
  --gap SHARE      where all may stop, default 0.000001
  --dry            keep nothing
  --help

Who competes: ${contestants.map(({ name }) => name).join(' · ')}
`

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    only: { type: 'string', default: '' },
    seconds: { type: 'string', default: '10' },
    seeds: { type: 'string', default: '3' },
    cores: { type: 'string', default: String(availableParallelism()) },
    gap: { type: 'string', default: '1e-6' },
    dry: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false }
  }
})

if (values.help) console.log(HELP)
else await run(positionals.length > 0 ? positionals : INSTANCES)

/** @type {(instances: readonly string[]) => Promise<void>} */
async function run(instances) {
  const threads = Number(values.cores)
  const limitSeconds = Number(values.seconds)
  const seeds = Array.from({ length: Number(values.seeds) }, (_, index) => index + 1)
  const options = { limitSeconds, gap: Number(values.gap), threads, wrap: pinTo(threads) }
  const pattern = new RegExp(values.only)
  const invited = contestants.filter(({ name }) => name === OURS || pattern.test(name))
  const absent = invited.flatMap(({ name, absence }) => {
    const reason = absence()
    return reason === null ? [] : [`${name}: ${reason}`]
  })
  for (const words of absent) console.error(`skipped: ${words}`)
  const present = invited.filter(({ absence }) => absence() === null)
  /** @type {RivalRun[]} */
  const runs = []
  for (const instance of instances) {
    const file = locate('fixtures', `${instance}.problem.json`)
    if (file === undefined) throw new Error(`there is no fixtures/${instance}.problem.json`)
    for (const seed of seeds) {
      for (const { name, run: compete } of inTurns(present, seed)) {
        console.error(`${instance}, seed ${seed}: ${name} …`)
        const trial = await compete(fileURLToPath(file), { ...options, seed })
        runs.push({ instance, contestant: name, seed, ...trial })
      }
    }
  }
  // Not in the order of the turns, which differs from seed to seed.
  const ordered = present.flatMap(({ name }) => runs.filter(({ contestant }) => contestant === name))
  const sorted = instances.flatMap((instance) => ordered.filter((entry) => entry.instance === instance))
  /** @type {RivalReport} */
  const report = {
    schemaVersion: 1,
    ...describeSurroundings(),
    threads,
    limitSeconds,
    seeds,
    absent,
    runs: refuteBounds(sorted)
  }
  console.log(renderRivals(report))
  if (!values.dry) keepResults('rivals', report)
  if (report.runs.some(({ contestant, wrong }) => contestant === OURS && wrong !== null)) process.exitCode = 1
}

/** Another one begins for every seed. @type {(present: readonly Contestant[], seed: number) => Contestant[]} */
function inTurns(present, seed) {
  const first = seed % present.length
  return [...present.slice(first), ...present.slice(0, first)]
}

/**
 * Keeps a command on so many of the cores that this process may use.
 *
 * @type {(cores: number) => (command: string, args: readonly string[]) => [string, readonly string[]]}
 */
function pinTo(cores) {
  if (cores >= availableParallelism()) return (command, args) => [command, args]
  if (spawnSync('taskset', ['--version']).error !== undefined) throw new Error('fewer cores need taskset (util-linux)')
  const [, allowed = ''] = /^Cpus_allowed_list:\s+(\S+)/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? []
  const list = allowed.split(',').flatMap((range) => {
    const [first = 0, last = first] = range.split('-').map(Number)
    return Array.from({ length: last - first + 1 }, (_, index) => first + index)
  })
  return (command, args) => ['taskset', ['-c', list.slice(0, cores).join(','), command, ...args]]
}
