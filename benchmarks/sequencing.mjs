/** `npm run sequencing`: the sequencer held against plans that exist and against exact searches. Exit code 1 where it is unsafe. */
import { parseArgs } from 'node:util'
import { keepResults } from './results-markdown.mjs'
import { compareExactly, judgeWalk } from './sequencing/judge.mjs'
import { packingCase } from './sequencing/random-packing.mjs'
import { walkCase } from './sequencing/random-walk.mjs'
import { parse, sequencePublicly } from './sequencing/sequencer.mjs'
import { renderSequencing, summariseMakespans, summariseRungs, summariseWalks } from './sequencing/table.mjs'
import { describeSurroundings } from './surroundings.mjs'
import { runCommandLine, UsageError } from './usage-error.mjs'

/** @import { SequencingReport } from './sequencing/table.mjs' */

const HELP = `Usage: npm run sequencing -- [options]

Plans first, instances second: random plans of safe legs are made, and the sequencer is asked to reach their end within their
migrations. Then small crowded clusters, with at most seven moves: an exact search says what can be reached by the rungs that are
allowed, with how few migrations, and in how short a time. Prints tables, lists seeds in benchmarks/results/sequencing.json.
Exit code 1 when a plan is unsafe, or the two contradict each other.

Options:
  --fuzz N    plans that exist, default 20000
  --exact N   small clusters, default 5000
  --seed N    the first seed of both, default 1
  --dry       keep nothing
  --help
`

await runCommandLine(main, HELP)

async function main() {
  const { values } = parseArgs({
    options: {
      fuzz: { type: 'string', default: '20000' },
      exact: { type: 'string', default: '5000' },
      seed: { type: 'string', default: '1' },
      dry: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false }
    }
  })
  if (values.help) return console.log(HELP)
  const [fuzz, exact, seed] = [
    readCount('fuzz', values.fuzz),
    readCount('exact', values.exact),
    readCount('seed', values.seed)
  ]
  await run(fuzz, exact, seed, values.dry)
}

/** @type {(name: string, text: string) => number} */
function readCount(name, text) {
  if (/^\d+$/.test(text)) return Number(text)
  throw new UsageError(`--${name} is ${text}, expected a whole number`)
}

/** @type {(fuzz: number, exact: number, seed: number, dry: boolean) => Promise<void>} */
async function run(fuzz, exact, seed, dry) {
  const verdicts = await measure('plans that exist', fuzz, seed, (at) =>
    judgeWalk(walkCase(at, parse), sequencePublicly, parse)
  )
  const comparisons = await measure('small clusters', exact, seed, (at) =>
    compareExactly(packingCase(at), sequencePublicly, parse)
  )
  /** @type {SequencingReport} */
  const report = {
    schemaVersion: 1,
    ...describeSurroundings(),
    threads: 1,
    seed,
    walks: summariseWalks(verdicts),
    rungs: summariseRungs(comparisons),
    makespan: summariseMakespans(comparisons)
  }
  console.log(renderSequencing(report))
  if (!dry) keepResults('sequencing', report)
  const { unsafe, thrown } = report.walks
  if (unsafe.length + thrown.length > 0 || report.rungs.some(({ wrong }) => wrong.length > 0)) process.exitCode = 1
}

/**
 * One case for every seed, with a word on stderr now and then.
 *
 * @template Found
 * @param {string} what
 * @param {number} cases
 * @param {number} first
 * @param {(seed: number) => Promise<Found>} judge
 */
async function measure(what, cases, first, judge) {
  /** @type {Found[]} */
  const found = []
  for (let seed = first; seed < first + cases; seed++) {
    found.push(await judge(seed))
    if (found.length % 1000 === 0) console.error(`${found.length} of ${cases} ${what}`)
  }
  return found
}
