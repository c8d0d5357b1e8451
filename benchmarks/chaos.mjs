/** `npm run chaos`: carries plans out on simulated clusters where much fails. Exit code 1 when the executor broke a limit. */
import { parseArgs } from 'node:util'
import { compact, InputError, simulate } from 'replica-compactor'
import { renderChaos } from './chaos/table.mjs'
import { Tally } from './chaos/tally.mjs'
import { makeMixed } from './families/mixed.mjs'
import { keepResults } from './results-markdown.mjs'
import { describeSurroundings } from './surroundings.mjs'

/** @import { ChaosReport } from './chaos/table.mjs' */

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

const rates = {
  failureRate: Number(values['failure-rate']),
  nodeDeathRate: Number(values['node-death-rate']),
  driftRate: Number(values['drift-rate']),
  crashRate: Number(values['crash-rate'])
}

if (values.help) console.log(HELP)
else await run(Number(values.runs), Number(values.seed))

/** @type {(runs: number, firstSeed: number) => Promise<void>} */
async function run(runs, firstSeed) {
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
  console.log(values.json ? JSON.stringify({ calm: report.calm, chaos: report.chaos }, null, 2) : renderChaos(report))
  for (const violation of [...calm.violations, ...chaos.violations]) console.error(violation)
  if (!values.dry) keepResults('chaos', report)
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
