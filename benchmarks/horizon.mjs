/** `npm run horizon`: two weeks of a forecast planned by the command line, timed, with its gaps. Exit code 1 where a target is missed. */
import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs, promisify } from 'node:util'
import { renderHorizonReport, targets } from './horizon/table.mjs'
import { keepHorizon } from './readme.mjs'
import { keepResults } from './results-markdown.mjs'
import { describeSurroundings } from './surroundings.mjs'
import { runCommandLine, UsageError } from './usage-error.mjs'

/** @import { HorizonReport, HorizonRun } from './horizon/table.mjs' */

const HELP = `Usage: npm run horizon -- [options]

Plans fixtures/capacity/servegen.study.yaml: five deployments of language models, two weeks of ServeGen's request rates in steps of
ten minutes, AWS's GPU instances, commitments, on demand and spot. Each run is a process of its own, from its start to the answer.
Exit code 1 when one takes longer, or ends with a larger gap, than it should.

Options:
  --seeds N     seeds 1 to N, default 3
  --threads N   worker threads, default the cores there are
  --keep        keep the figures in benchmarks/results/horizon.json and RESULTS.md
  --help
`

const command = fileURLToPath(new URL('../dist/src/cli/main.js', import.meta.url))
const study = 'fixtures/capacity/servegen.study.yaml'

await runCommandLine(main, HELP)

async function main() {
  const { values } = parseArgs({
    options: {
      seeds: { type: 'string', default: '3' },
      threads: { type: 'string', default: String(availableParallelism()) },
      keep: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false }
    }
  })
  if (values.help) return console.log(HELP)
  const [seeds, threads] = [readCount('seeds', values.seeds), readCount('threads', values.threads)]
  /** @type {HorizonRun[]} */
  const runs = []
  let told = ''
  for (let seed = 1; seed <= seeds; seed++) {
    const { run, text } = await plan(seed, threads)
    told ||= text
    console.error(`seed ${seed}: ${run.seconds.toFixed(1)} s, gap ${(run.gap * 100).toFixed(2)} %`)
    runs.push(run)
  }
  /** @type {HorizonReport} */
  const report = { schemaVersion: 1, ...describeSurroundings(), threads, study, runs }
  console.log(renderHorizonReport(report))
  if (values.keep) {
    keepResults('horizon', report)
    keepHorizon(`$ replica-compactor capacity horizon ${study}\n${told}`)
  }
  const isMissed = runs.some(
    ({ seconds, gap, worstPeriodGap }) =>
      seconds > targets.seconds || gap > targets.gap || worstPeriodGap > targets.periodGap
  )
  if (isMissed) process.exitCode = 1
}

/** @type {(name: string, text: string) => number} */
function readCount(name, text) {
  if (/^[1-9]\d*$/.test(text)) return Number(text)
  throw new UsageError(`--${name} is ${text}, expected a whole number from 1`)
}

/** What a run came to, and what it printed. @type {(seed: number, threads: number) => Promise<{ run: HorizonRun, text: string }>} */
async function plan(seed, threads) {
  const folder = await mkdtemp(join(tmpdir(), 'horizon-'))
  const output = join(folder, 'answer.json')
  try {
    const path = fileURLToPath(new URL(`../${study}`, import.meta.url))
    const started = performance.now()
    const args = ['capacity', 'horizon', path, '--seed', String(seed), '--threads', String(threads), '-q', '-o', output]
    const { FORCE_COLOR: _force, ...environment } = process.env
    const env = { ...environment, NO_COLOR: '1', LANG: 'C.UTF-8' }
    const { stdout: text } = await promisify(execFile)(process.execPath, [command, ...args], { env })
    const seconds = (performance.now() - started) / 1000
    /** @type {import('../dist/src/capacity/index.js').HorizonAnswer} */
    const answer = JSON.parse(await readFile(output, 'utf8'))
    const { costPerHour, boundPerHour, gap, worstPeriodGap, withoutCommitment, orders, moves, periods, base } = answer
    const committed = base.reduce((sum, { nodes }) => sum + nodes, 0)
    const hourly = periods.map(({ nodes }) =>
      nodes.reduce((sum, [contents, count]) => sum + (answer.contents[contents]?.ofBase === true ? 0 : count), 0)
    )
    const run = {
      periods: periods.length,
      seed,
      seconds,
      costPerHour,
      boundPerHour,
      gap,
      worstPeriodGap,
      savedShare: 1 - costPerHour / withoutCommitment.boundPerHour,
      nodes: committed + Math.max(...hourly),
      orders,
      moves
    }
    return { run, text }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
