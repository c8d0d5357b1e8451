/** `npm run chaos`: carries plans out on simulated clusters where much fails. Exit code 1 when the executor broke a limit. */
import { parseArgs } from 'node:util'
import { compact, InputError, simulate } from 'replica-compactor'
import { renderChaos } from './chaos/table.mjs'
import { Tally } from './chaos/tally.mjs'
import { makeMixed } from './families/mixed.mjs'
import { readCount, readNumber, readSeed } from './option-values.mjs'
import { keepResults } from './results-markdown.mjs'
import { describeSurroundings } from './surroundings.mjs'
import { runCommandLine } from './usage-error.mjs'

/** @import { ChaosReport } from './chaos/table.mjs' */

const MOST_RUNS = 1_000_000

const HELP = `Usage: npm run chaos -- [options]

Makes small random clusters, plans them, and carries every plan out twice on a simulation of its cluster: calmly, where
only the executor crashes, and in chaos. After every event every limit is checked. Prints a table, and writes it to
benchmarks/RESULTS.md. Exit code 1 when the executor broke a limit, left something half-done, or did not reach
the placement although nothing but itself failed.

Options:
  --runs N               executions in chaos, default 2000
  --seed N               the first seed, default 1
  --failure-rate SHARE   starts that fail, default 0.05
  --node-death-rate SHARE  nodes that die, default 0.02
  --drift-rate SHARE     nodes that others fill or close, in every third run, default 0.05
  --crash-rate SHARE     lines of the journal at which the executor crashes, default 0.1
  --json                 print the counts as JSON, events by kind included
  --dry                  keep nothing
  --help
`

await runCommandLine(main, HELP)

async function main() {
  const { values } = parseArgs({
    options: {
      runs: { type: 'string', default: '2000' },
      seed: { type: 'string', default: '1' },
      'failure-rate': { type: 'string', default: '0.05' },
      'node-death-rate': { type: 'string', default: '0.02' },
      'drift-rate': { type: 'string', default: '0.05' },
      'crash-rate': { type: 'string', default: '0.1' },
      json: { type: 'boolean', default: false },
      dry: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false }
    }
  })
  if (values.help) return console.log(HELP)
  /** @param {'failure-rate' | 'node-death-rate' | 'drift-rate' | 'crash-rate'} option */
  const readRate = (option) => readNumber(`--${option}`, values[option], 0, 1)
  const rates = {
    failureRate: readRate('failure-rate'),
    nodeDeathRate: readRate('node-death-rate'),
    driftRate: readRate('drift-rate'),
    crashRate: readRate('crash-rate')
  }
  await run(readCount('--runs', values.runs, MOST_RUNS), readSeed(values.seed), rates, values)
}

/** @type {(runs: number, firstSeed: number, rates: ChaosReport['rates'], output: { json: boolean, dry: boolean }) => Promise<void>} */
async function run(runs, firstSeed, rates, { json, dry }) {
  const [calm, chaos] = [new Tally(), new Tally()]
  for (let seed = firstSeed; chaos.runs < runs; seed++) {
    const planned = await plan(seed)
    if (planned === undefined) continue
    const { problem, result } = planned
    await calm.add(seed, () => simulate(problem, result, { seed, crashRate: rates.crashRate }))
    const driftRate = seed % 3 === 0 ? rates.driftRate : 0
    await chaos.add(seed, () => simulate(problem, result, { ...rates, driftRate, seed }))
    if (chaos.runs % 100 === 0)
      console.error(`${chaos.runs} of ${runs}, seed ${seed}: ${chaos.violations.length} violations`)
  }
  /** @type {ChaosReport} */
  const report = {
    schemaVersion: 1,
    ...describeSurroundings(),
    firstSeed,
    rates,
    calm: calm.report(),
    chaos: chaos.report()
  }
  console.log(json ? JSON.stringify({ calm: report.calm, chaos: report.chaos }, null, 2) : renderChaos(report))
  for (const violation of [...calm.violations, ...chaos.violations]) console.error(violation)
  if (!dry) keepResults('chaos', report)
  const isBroken = calm.violations.length + chaos.violations.length > 0
  if (isBroken || calm.asPlanned < calm.runs) process.exitCode = 1
}

/** A cluster and a plan with steps for it; undefined where the seed gives none. @type {(seed: number) => Promise<{ problem: unknown, result: Awaited<ReturnType<typeof compact>> } | undefined>} */
async function plan(seed) {
  const problem = makeMixed(seed)
  try {
    const result = await compact(problem, { solver: 'greedy', workLimit: 20, seed })
    return result.plan.steps.length === 0 ? undefined : { problem, result }
  } catch (error) {
    if (error instanceof InputError) return undefined
    throw error
  }
}
