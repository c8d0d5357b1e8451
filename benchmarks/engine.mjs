/** `npm run engine`: measures what the engine must prove, on the built command. Exit code 1 when something is missed. */
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { measureTarget } from './engine/measure-target.mjs'
import { renderEngine } from './engine/table.mjs'
import { targets } from './engine/targets.mjs'
import { enterKnown, keepBestKnown, listContradictions, listInversions, lookUpKnown, readBestKnown } from './known.mjs'
import { readEffort, readPattern } from './option-values.mjs'
import { keepResults, readResults, writeResultsPage } from './results-markdown.mjs'
import { describeSurroundings } from './surroundings.mjs'
import { runCommandLine } from './usage-error.mjs'

/** @import { EngineRecord } from './engine/measure-target.mjs' */
/** @import { EngineReport } from './engine/table.mjs' */

const HELP = `Usage: npm run engine -- [options]

Runs the built command on every instance of benchmarks/engine/targets.mjs, each as a process of its own, and compares
the gap it proves and the time it takes with the targets. Costs are counted again, every Result is checked. Prints the
table, keeps it in benchmarks/results/engine.json and writes it into benchmarks/RESULTS.md.
Large instances are made into a folder for temporary files, or taken from SHARED_FOLDER; some need it.
Exit code 1 when a target is missed, or a result contradicts benchmarks/best-known.json.

Options:
  --only PATTERN   the targets whose name matches this regular expression, such as 'synthetic-.*budget 5 %'
  --quick          the targets of up to 100 nodes
  --keep           with --only or --quick: keep these, beside the others that are kept already
  --enter          enter better costs and bounds in benchmarks/best-known.json
  --page           measure nothing, write the kept results into benchmarks/RESULTS.md
  --list           print the names of the targets, measure nothing
  --seed N         default 1
  --threads N      default: the cores there are, 8 at most
  --help
`

await runCommandLine(main, HELP)

async function main() {
  const { values } = parseArgs({
    options: {
      only: { type: 'string' },
      quick: { type: 'boolean', default: false },
      keep: { type: 'boolean', default: false },
      enter: { type: 'boolean', default: false },
      page: { type: 'boolean', default: false },
      list: { type: 'boolean', default: false },
      seed: { type: 'string', default: '1' },
      threads: { type: 'string', default: String(Math.min(8, availableParallelism())) },
      help: { type: 'boolean', default: false }
    }
  })
  if (values.help) return console.log(HELP)
  if (values.page) return writeResultsPage()
  const effort = readEffort(values)
  const pattern = readPattern('--only', values.only ?? '')
  const chosen = targets.filter(({ key, isSmall }) => pattern.test(key) && (isSmall || !values.quick))
  if (values.list) for (const { key, gap, seconds } of chosen) console.log(`${key}: gap ${gap} in ${seconds} s`)
  else await run(chosen, effort, { ...values, isWhole: values.only === undefined && !values.quick })
}

/** @type {(chosen: typeof targets, effort: ReturnType<typeof readEffort>, options: { isWhole: boolean, keep: boolean, enter: boolean }) => Promise<void>} */
async function run(chosen, effort, { isWhole, keep, enter }) {
  const surroundings = describeSurroundings()
  const { commit, date } = surroundings
  /** @type {EngineRecord[]} */
  const records = []
  for (const target of chosen) {
    console.error(`${target.key} …`)
    const measured = await measureTarget(target, effort)
    if (measured === undefined) {
      console.error('  skipped: it needs the shared data; name their folder in SHARED_FOLDER')
      continue
    }
    records.push({ ...measured, commit, date })
    // A run takes an hour: what is measured is kept even if it ends early.
    if (keep) keepResults('engine', { schemaVersion: 1, ...surroundings, ...effort, records: merge(records) })
  }
  /** @type {EngineReport} */
  const report = { schemaVersion: 1, ...surroundings, ...effort, records }
  console.log(renderEngine(report))
  if (isWhole && !keep) keepResults('engine', report)
  const bestKnown = readBestKnown()
  if (enter) {
    const accepted = records.filter(({ violations }) => violations === 0)
    for (const line of enterKnown(bestKnown, accepted)) console.log(`entered ${line}`)
    keepBestKnown(bestKnown)
  }
  const faults = records.flatMap((record) => {
    const known = lookUpKnown(bestKnown, record.key, record.folder)
    return known === undefined ? [] : listContradictions(record, known)
  })
  faults.push(...listInversions(records))
  for (const fault of faults) console.error(fault)
  if (faults.length > 0 || records.some(({ missed }) => missed.length > 0)) process.exitCode = 1
}

/**
 * Records of before, those measured now in the place of their predecessors, in the order of the targets.
 *
 * @type {(records: readonly EngineRecord[]) => EngineRecord[]}
 */
function merge(records) {
  const former = /** @type {EngineReport | undefined} */ (readResults('engine'))?.records ?? []
  const byKey = new Map([...former, ...records].map((record) => [record.key, record]))
  return targets.flatMap(({ key }) => byKey.get(key) ?? [])
}
