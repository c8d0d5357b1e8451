/** `npm run promises`: measures what the README promises, on the built package. Exit code 1 when something is missed. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { cases, deadlines } from './cases.mjs'
import { isAvailable, measure, measureDeadline } from './measure.mjs'
import { readEffort, readPattern } from './option-values.mjs'
import { isReadmeCurrent, recordStart, writeReadme } from './readme.mjs'
import { describeSurroundings } from './surroundings.mjs'
import { renderReport } from './tables.mjs'
import { runCommandLine } from './usage-error.mjs'

/** @import { Report } from './tables.mjs' */

const HELP = `Usage: npm run promises -- [options]

Measures every instance that the README names, prints the table as Markdown, keeps it in benchmarks/results/ and
writes it into README.md. With SHARED_FOLDER set, also on the data there that may not be published.
Exit code 1 when a target is missed.

Options:
  --only PATTERN   the instances whose name matches this regular expression; nothing is kept. Deadlines are
                   named deadline/…
  --seed N         default 1
  --threads N      default: the cores there are, 8 at most
  --start          only run npm start, and write what it prints into README.md
  --readme         measure nothing, write the kept results into README.md
  --check          measure nothing, exit code 1 when README.md does not say what the kept results say
  --help
`

await runCommandLine(main, HELP)

async function main() {
  const { values } = parseArgs({
    options: {
      only: { type: 'string' },
      seed: { type: 'string', default: '1' },
      threads: { type: 'string', default: String(Math.min(8, availableParallelism())) },
      start: { type: 'boolean', default: false },
      readme: { type: 'boolean', default: false },
      check: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false }
    }
  })
  if (values.help) return console.log(HELP)
  if (values.start) recordStart()
  if (values.start || values.readme) return writeReadme()
  if (values.check) {
    process.exitCode = isReadmeCurrent() ? 0 : 1
    return
  }
  const pattern = readPattern('--only', values.only ?? '')
  await run(pattern, readEffort(values), values.only === undefined)
}

/** @type {(pattern: RegExp, effort: ReturnType<typeof readEffort>, isWhole: boolean) => Promise<void>} */
async function run(pattern, effort, isWhole) {
  /** @type {Report} */
  const report = { schemaVersion: 1, ...describeSurroundings(), ...effort, cases: [], deadlines: [] }
  for (const entry of cases) {
    if (!pattern.test(entry.name) || !isAvailable(entry)) continue
    console.error(`${entry.name} …`)
    report.cases.push(await measure(entry, effort))
  }
  for (const entry of deadlines) {
    if (!pattern.test(`deadline/${entry.name}`)) continue
    console.error(`${entry.name} in ${entry.limitMs} ms …`)
    report.deadlines.push(await measureDeadline(entry, effort))
  }
  console.log(renderReport(report, true))
  if (isWhole) keep(report)
  const isMissed = report.cases.some(({ missed }) => missed.length > 0) || report.deadlines.some(({ met }) => !met)
  if (isMissed) process.exitCode = 1
}

/** @type {(report: Report) => void} */
function keep(report) {
  const results = new URL('results/', import.meta.url)
  mkdirSync(results, { recursive: true })
  writeFileSync(new URL('promises.json', results), `${JSON.stringify(report, null, 2)}\n`)
  recordStart()
  writeReadme()
}
