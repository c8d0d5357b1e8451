/** `npm run revise-speed`: how soon a plan is revised after a decision, and at what cost. Exit code 1 where one takes too long. */
import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs, promisify } from 'node:util'
import { compact, parseProblem, verifyResult } from 'replica-compactor'
import { revise } from 'replica-compactor/review'
import { readCount } from './option-values.mjs'
import { keepResults } from './results-markdown.mjs'
import { isKept, renderReviseReport } from './revise/table.mjs'
import { describeSurroundings } from './surroundings.mjs'
import { runCommandLine } from './usage-error.mjs'

/** @import { Problem, Result } from 'replica-compactor' */
/** @import { ReviseReport, ReviseRow } from './revise/table.mjs' */

const HELP = `Usage: npm run revise-speed -- [options]

Plans clusters of 200 nodes, then accepts, rejects or pins one move of the plan, another one with every seed, each with the
default time limit, and has the checker look at what comes of it. Cold is the first call of a process. Exit code 1 when a
warm call takes more than a second.

Options:
  --seeds N          seeds 1 to N, default 10
  --plan-seconds N   for the plan that is revised, default 20
  --threads N        worker threads, default the cores there are
  --keep             keep the figures in benchmarks/results/revise.json and RESULTS.md
  --help
`

const INSTANCES = ['dense/dense-200-1', 'synthetic/synthetic-200-1']
const DECISIONS = /** @type {const} */ (['accept', 'reject', 'pin'])

if (process.argv[2] === '--cold') await reviseOnce(process.argv.slice(3))
else await runCommandLine(main, HELP)

async function main() {
  const { values } = parseArgs({
    options: {
      seeds: { type: 'string', default: '10' },
      'plan-seconds': { type: 'string', default: '20' },
      threads: { type: 'string', default: String(availableParallelism()) },
      keep: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false }
    }
  })
  if (values.help) return console.log(HELP)
  const seeds = readCount('--seeds', values.seeds, 1_000)
  const seconds = readCount('--plan-seconds', values['plan-seconds'], 10_000)
  const threads = readCount('--threads', values.threads, 256)
  /** @type {ReviseRow[]} */
  const rows = []
  for (const instance of INSTANCES) rows.push(...(await measure(instance, { seeds, seconds, threads })))
  /** @type {ReviseReport} */
  const report = { schemaVersion: 1, ...describeSurroundings(), threads, rows }
  console.log(renderReviseReport(report))
  if (values.keep) keepResults('revise', report)
  if (!rows.every(isKept)) process.exitCode = 1
}

/** @type {(instance: string, effort: { seeds: number, seconds: number, threads: number }) => Promise<ReviseRow[]>} */
async function measure(instance, { seeds, seconds, threads }) {
  const path = fileURLToPath(new URL(`../fixtures/${instance}.problem.json`, import.meta.url))
  const problem = parseProblem(JSON.parse(await readFile(path, 'utf8')))
  const result = await compact(problem, { timeLimitMs: seconds * 1000, threads })
  const cost = result.objective?.costPerHour ?? 0
  const moves = movesOf(problem, result)
  const folder = await mkdtemp(join(tmpdir(), 'revise-'))
  const plan = join(folder, 'result.json')
  await writeFile(plan, JSON.stringify(result))
  try {
    /** @type {ReviseRow[]} */
    const rows = []
    for (const decision of DECISIONS) {
      /** @type {ReviseRow} */
      const row = { instance, decision, milliseconds: [], coldMs: null, dearer: [], gaps: [], changed: [], faults: 0 }
      row.coldMs = await callCold(path, plan, decision, moves[0] ?? '', threads)
      for (let seed = 1; seed <= seeds; seed++) {
        const replica = moves[(seed * 7919) % moves.length] ?? ''
        const started = performance.now()
        const { result: revised, ...about } = await revise(
          problem,
          result,
          { [decision]: [replica] },
          { seed, threads, trustBound: true }
        )
        row.milliseconds.push(performance.now() - started)
        row.dearer.push(Math.max(0, (revised.objective?.costPerHour ?? Infinity) / cost - 1))
        row.gaps.push(about.underDecisions?.gap ?? 1)
        row.changed.push(about.difference?.replicas.length ?? 0)
        row.faults += verifyResult(problem, revised).length
      }
      console.error(`${instance}, ${decision}: ${row.milliseconds.map(Math.round).join(', ')} ms`)
      rows.push(row)
    }
    return rows
  } finally {
    await rm(folder, { recursive: true })
  }
}

/** Replicas that a plan moves. @type {(problem: Problem, result: Result) => string[]} */
function movesOf({ replicas }, { placement }) {
  const homes = new Map(replicas.map(({ id, node }) => [id, node]))
  return placement.flatMap(({ replica, node }) => ((homes.get(replica) ?? node) === node ? [] : [replica]))
}

/** @type {(problem: string, result: string, decision: string, replica: string, threads: number) => Promise<number>} */
async function callCold(problem, result, decision, replica, threads) {
  const args = [fileURLToPath(import.meta.url), '--cold', problem, result, decision, replica, String(threads)]
  return Number((await promisify(execFile)(process.execPath, args)).stdout)
}

/** Milliseconds of one call, the first of this process. @type {(args: readonly string[]) => Promise<void>} */
async function reviseOnce([problem = '', result = '', decision = '', replica = '', threads = '1']) {
  /** @type {(path: string) => Promise<any>} */
  const read = async (path) => JSON.parse(await readFile(path, 'utf8'))
  const [cluster, plan] = [await read(problem), await read(result)]
  const started = performance.now()
  await revise(cluster, plan, { [decision]: [replica] }, { threads: Number(threads), trustBound: true })
  console.log(performance.now() - started)
}
