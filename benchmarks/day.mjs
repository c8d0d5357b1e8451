/** `npm run day`: a simulated day of serving, lived through with every policy. */
import { parseArgs } from 'node:util'
import { liveThrough } from './day/live-through.mjs'
import { movers, NOBODY } from './day/movers/movers.mjs'
import { renderDays } from './day/table.mjs'
import { readCount } from './option-values.mjs'
import { keepResults } from './results-markdown.mjs'
import { describeSurroundings } from './surroundings.mjs'
import { runCommandLine, UsageError } from './usage-error.mjs'

/** @import { DayReport } from './day/table.mjs' */

const HELP = `Usage: npm run day -- [options]

Lives through a day of a simulated serving cluster, in virtual time: 28 deployments with the request rates of ServeGen, autoscaled as
Ray Serve does it, on nodes that are bought and given back at AWS's list prices. Each policy has the same day: the same requests, which
take as long. Prints a table, medians over the seeds, and keeps it in benchmarks/results/day.json and RESULTS.md.

Options:
  --seeds N     days with the seeds 1 to N, default 3
  --hours N     of each day, default 24
  --only NAMES  these policies only, separated by semicolons; keeps nothing: ${movers.map(({ name }) => name).join('; ')}
  --no-bounds   without what the day would cost at least
  --json        print the figures as JSON
  --dry         keep nothing
  --help
`

const MOST_SEEDS = 1000
const MOST_HOURS = 24

await runCommandLine(main, HELP)

async function main() {
  const { values } = parseArgs({
    options: {
      seeds: { type: 'string', default: '3' },
      hours: { type: 'string', default: '24' },
      only: { type: 'string' },
      'no-bounds': { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      dry: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false }
    }
  })
  if (values.help) return console.log(HELP)
  const seeds = readCount('--seeds', values.seeds, MOST_SEEDS)
  const hours = readCount('--hours', values.hours, MOST_HOURS)
  const kinds = chooseMovers(values.only)
  const bounds = !values['no-bounds']
  /** @type {DayReport} */
  const report = { schemaVersion: 1, ...describeSurroundings(), threads: 1, hours, days: [] }
  const tell = (/** @type {string} */ text) => console.error(text)
  const names = kinds.map(({ name }) => name)
  const each = Array.from({ length: seeds }, (_, index) => liveThrough({ seed: index + 1, hours, names, bounds }, tell))
  report.days.push(...(await Promise.all(each)))
  console.log(values.json ? JSON.stringify(report.days, null, 2) : renderDays(report))
  const isWhole = kinds.length === movers.length && hours === MOST_HOURS && bounds
  if (!values.dry && isWhole) keepResults('day', report)
}

/** Nobody is always among them: what the others save is counted from there. @type {(only: string | undefined) => typeof movers} */
function chooseMovers(only) {
  if (only === undefined) return movers
  const names = only.split(';').map((name) => name.trim())
  const unknown = names.find((name) => !movers.some((mover) => mover.name === name))
  if (unknown !== undefined) {
    throw new UsageError(`--only: there is no policy ${unknown}, only ${movers.map(({ name }) => name).join('; ')}`)
  }
  return movers.filter(({ name }) => name === NOBODY || names.includes(name))
}
