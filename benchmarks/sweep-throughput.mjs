/** `npm run sweep-throughput`: scenarios a minute of a sweep, beside two plain processes, and through BullMQ. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { makeSweep } from 'replica-compactor/capacity'
import { readCount } from './option-values.mjs'
import { keepResults } from './results-markdown.mjs'
import { describeSurroundings } from './surroundings.mjs'
import { makePlan } from './sweep-throughput/plan.mjs'
import { command, start } from './sweep-throughput/processes.mjs'
import { startRedis } from './sweep-throughput/redis.mjs'
import { renderThroughput } from './sweep-throughput/table.mjs'
import { UsageError } from './usage-error.mjs'

/** @import { ThroughputReport, Way } from './sweep-throughput/table.mjs' */
/** @import { ScenarioRecord } from 'replica-compactor/capacity' */

const INSTANCE = 'openb-slice-120'

const HELP = `Usage: npm run sweep-throughput -- [options]

Solves the same sweep of ${INSTANCE} three times: by two independent plain processes, each with every second scenario one
after the other; by capacity sweep with two at once; and by capacity sweep through a redis-server of its own and two
capacity worker processes, which are there before the clock starts. Compares throughputs, and fails where answers differ.

Options:
  --scenarios N    about so many, default 200
  --work-limit N   units of work for each, default 500
  --keep           write the table to benchmarks/RESULTS.md
  --help
`

/** What a scenario came to. @typedef {[cost: number | null, migrations: number | null, bound: number | null]} Figures */
/** @typedef {{ way: Way, answers: Record<string, Figures> }} Measured */

try {
  const { values } = parseArgs({
    options: {
      scenarios: { type: 'string', default: '200' },
      'work-limit': { type: 'string', default: '500' },
      keep: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false }
    }
  })
  if (values.help) console.log(HELP)
  else
    await run(
      readCount('--scenarios', values.scenarios, 10_000),
      readCount('--work-limit', values['work-limit'], 1e6),
      values.keep
    )
} catch (error) {
  if (!(error instanceof UsageError)) throw error
  console.error(error.message)
  process.exitCode = 2
}

/** @type {(wanted: number, workLimit: number, keep: boolean) => Promise<void>} */
async function run(wanted, workLimit, keep) {
  const folder = await mkdtemp(join(tmpdir(), 'replica-compactor-'))
  const redis = await startRedis(folder)
  try {
    const problem = fileURLToPath(new URL(`../fixtures/openb/${INSTANCE}.problem.json`, import.meta.url))
    const plan = makePlan(wanted, workLimit)
    const planFile = join(folder, 'plan.json')
    writeFileSync(planFile, JSON.stringify(plan))
    const scenarios = makeSweep(JSON.parse(readFileSync(problem, 'utf8')), plan).scenarios.length
    const sweep = [command, 'capacity', 'sweep', problem, '--sweep', planFile, '--json', '-q']
    const measured = [
      await measurePlain(folder, problem, planFile),
      await measureSweep(folder, 'sweep', [...sweep, '--concurrency', '2']),
      await measureQueue(folder, redis.url, sweep)
    ]
    for (const { way, answers } of measured.slice(1)) expectSame(way, answers, measured[0]?.answers ?? {})
    const require = createRequire(import.meta.url)
    /** @type {ThroughputReport} */
    const report = {
      schemaVersion: 1,
      ...describeSurroundings(),
      instance: INSTANCE,
      scenarios,
      workLimit,
      redis: redis.version,
      bullmq: require('bullmq/package.json').version,
      ways: measured.map(({ way }) => way)
    }
    console.log(renderThroughput(report))
    if (keep) keepResults('sweep-throughput', report)
  } finally {
    redis.end()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** @type {(folder: string, problem: string, plan: string) => Promise<Measured>} */
async function measurePlain(folder, problem, plan) {
  const script = fileURLToPath(new URL('sweep-throughput/plain-process.mjs', import.meta.url))
  const begun = performance.now()
  const halves = await Promise.all(['0', '1'].map((half) => start(folder, [script, problem, plan, half]).ended))
  const seconds = (performance.now() - begun) / 1000
  const cpuSeconds = halves.reduce((sum, half) => sum + half.cpuSeconds, 0)
  console.error(`two plain processes: ${seconds.toFixed(1)} s`)
  return {
    way: { way: 'plain', seconds, cpuSeconds },
    answers: Object.assign({}, ...halves.map(({ stdout }) => JSON.parse(stdout)))
  }
}

/** @type {(folder: string, way: Way['way'], args: readonly string[]) => Promise<Measured>} */
async function measureSweep(folder, way, args) {
  const begun = performance.now()
  const { stdout, cpuSeconds } = await start(folder, args).ended
  const seconds = (performance.now() - begun) / 1000
  console.error(`${way}: ${seconds.toFixed(1)} s`)
  /** @type {{ scenarios: ScenarioRecord[] }} */
  const { scenarios } = JSON.parse(stdout)
  const answers = Object.fromEntries(
    scenarios.map(({ id, objective, bound }) => [
      id,
      /** @type {Figures} */ ([objective?.costPerHour ?? null, objective?.migrations ?? null, bound])
    ])
  )
  return { way: { way, seconds, cpuSeconds }, answers }
}

/** @type {(folder: string, url: string, sweep: readonly string[]) => Promise<Measured>} */
async function measureQueue(folder, url, sweep) {
  const args = [command, 'capacity', 'worker', '--redis', url, '--concurrency', '1', '-q']
  const workers = [start(folder, args), start(folder, args)]
  try {
    await Promise.all(workers.map((worker) => worker.hear('Ready')))
    const { way, answers } = await measureSweep(folder, 'queue', [...sweep, '--redis', url])
    for (const worker of workers) worker.kill('SIGTERM')
    const ended = await Promise.all(workers.map((worker) => worker.ended))
    const cpuSeconds = ended.reduce((sum, worker) => sum + worker.cpuSeconds, way.cpuSeconds)
    return { way: { ...way, cpuSeconds }, answers }
  } finally {
    for (const worker of workers) worker.kill('SIGKILL')
  }
}

/** @type {(way: Way, answers: Measured['answers'], plain: Measured['answers']) => void} */
function expectSame({ way }, answers, plain) {
  const differing = Object.keys(plain).filter((id) => JSON.stringify(answers[id]) !== JSON.stringify(plain[id]))
  if (differing.length > 0 || Object.keys(answers).length !== Object.keys(plain).length)
    throw new Error(`${way}: ${differing.length} scenarios differ from those of the plain processes`)
}
