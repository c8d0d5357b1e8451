/** `npm run bench`: solvers, formulations and policies compared. Exit code 1 when one of our own answers is wrong. */
import { accessSync, constants, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { invite, keyOf, listCells } from './bench/cells.mjs'
import { pinTo } from './bench/cores.mjs'
import { Journal } from './bench/journal.mjs'
import { HELP, readOptions } from './bench/options.mjs'
import { prepare } from './bench/prepare.mjs'
import { describeDuration, Progress } from './bench/progress.mjs'
import { assembleReport, readReport, writeReport } from './bench/report.mjs'
import { runSuite } from './bench/run-suite.mjs'
import { contestants } from './contestants/contestants.mjs'
import { refuteReport } from './measures/refute-bounds.mjs'
import { hasBrokenDown } from './page/faults.mjs'
import { renderTerminal } from './page/terminal.mjs'
import { writeReadme } from './readme.mjs'
import { writeResultsPage } from './results-markdown.mjs'
import { describeSurroundings } from './surroundings.mjs'
import { runCommandLine, UsageError } from './usage-error.mjs'

/** @import { Prepared } from './bench/prepare.mjs' */
/** @import { BenchReport } from './bench/record.mjs' */
/** @import { Entry } from './bench/suites.mjs' */

await runCommandLine(main, HELP)

async function main() {
  const options = readOptions(process.argv.slice(2))
  const { task, stages, gap, cores, output, keep } = options
  if (task === 'help') return console.log(HELP)
  if (task === 'page') return deliver(readReport(join(output, 'bench.json')), output, keep)
  const invited = invite(contestants, options.contestants)
  const absent = invited.flatMap(({ name, absence }) => {
    const reason = absence()
    return reason === null ? [] : [`${name}: ${reason}`]
  })
  const present = invited.filter(({ absence }) => absence() === null)

  /** @type {Map<string, Prepared>} */
  const prepared = new Map()
  for (const entry of stages.flatMap(({ instances }) => instances)) {
    const { name } = entry.place
    if (prepared.has(name)) continue
    const instance = prepareOrBlame(entry)
    if (instance === undefined)
      absent.push(`${name}: it is not in this repository, for its licence (fixtures/README.md)`)
    else prepared.set(name, instance)
  }
  const available = stages.map((stage) => ({
    ...stage,
    instances: stage.instances.filter(({ place }) => prepared.has(place.name))
  }))
  const fingerprintOf = (/** @type {Entry} */ { place }) => prepared.get(place.name)?.facts.fingerprint ?? ''
  const cells = listCells(available, present, { gap, cores, fingerprintOf })
  if (cells.length === 0)
    throw new UsageError('nothing is left to run: --only and --contestants match nothing together')
  const journal = new Journal(join(output, `${options.suite}.journal.jsonl`))
  if (options.fresh && task === 'run') journal.drop(cells.map(keyOf))
  const left = cells.filter((cell) => !journal.runs.has(keyOf(cell)))
  const duration = describeDuration(new Progress(left).secondsLeft)
  if (task === 'list') {
    for (const { experiment, entry, contestant, budgetShare, seed } of left) {
      console.log(
        [experiment, entry.place.name, budgetShare ?? '', contestant.name, `seed ${seed}`].filter(String).join(' · ')
      )
    }
    return console.log(`${left.length} runs, at most about ${duration}`)
  }
  for (const words of absent) console.error(`skipped: ${words}`)
  if (journal.stale > 0) console.error(`${journal.stale} runs of other code are not used`)
  if (left.length < cells.length) console.error(`going on: ${cells.length - left.length} runs are done already`)
  console.error(`${left.length} runs on ${cores} cores, at most about ${duration}`)

  makeWritable(output)
  const isStopped = await runCells(cells, { prepared, journal, cores })
  const report = assembleReport({ name: options.words, gap, cores, absent }, cells, [...prepared.values()], journal)
  if (!isStopped || !keep) deliver(report, output, keep)
  if (!isStopped) return journal.drop(cells.map(keyOf))
  console.error('Stopped: start it again with the same options to go on.')
  process.exitCode = 130
}

/** @type {(cells: ReturnType<typeof listCells>, about: { prepared: Map<string, Prepared>, journal: Journal, cores: number }) => Promise<boolean>} */
async function runCells(cells, { prepared, journal, cores }) {
  const folder = mkdtempSync(join(tmpdir(), 'replica-compactor-bench-'))
  const stop = new AbortController()
  const abort = () => stop.abort()
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, abort)
  try {
    await runSuite(cells, {
      ...{ prepared, journal, folder, cores, wrap: pinTo(cores), surroundings: describeSurroundings() },
      say: (line) => console.error(line),
      signal: stop.signal
    })
    return stop.signal.aborted
  } finally {
    for (const signal of ['SIGINT', 'SIGTERM']) process.off(signal, abort)
    rmSync(folder, { recursive: true })
  }
}

/** Prints the table, writes record and page. @type {(report: BenchReport, output: string, keep: boolean) => void} */
function deliver(report, output, keep) {
  console.log(renderTerminal(report, { width: process.stdout.columns ?? 100 }))
  const { record, page } = writeReport(report, output)
  if (keep) {
    writeReadme()
    writeResultsPage()
  }
  console.log(`Page: ${page}\nRecord: ${record}`)
  const faults = ownFaults(report)
  for (const words of faults) console.error(`WRONG: ${words}`)
  if (faults.length > 0) process.exitCode = 1
}

/** Not found out after an hour. @type {(folder: string) => void} */
function makeWritable(folder) {
  try {
    mkdirSync(folder, { recursive: true })
    accessSync(folder, constants.W_OK)
  } catch (error) {
    throw new UsageError(`--output: nothing can be written into ${folder}: ${String(error)}`)
  }
}

/** @param {BenchReport} report @param {string} name */
function isOurs({ contestants }, name) {
  return contestants.some((contestant) => contestant.name === name && ['engine', 'part'].includes(contestant.kind))
}

/** Everything of ours that must not be, in words. @param {BenchReport} report @returns {string[]} */
function ownFaults(report) {
  return refuteReport(report)
    .filter(({ contestant }) => isOurs(report, contestant))
    .flatMap(({ contestant, instance, seed, wrong, termination }) => {
      const words = wrong ?? (hasBrokenDown(termination) ? termination : null)
      return words === null ? [] : [`${contestant} on ${instance}, seed ${seed}: ${words}`]
    })
}

/** @type {(entry: Entry) => Prepared | undefined} */
function prepareOrBlame(entry) {
  try {
    return prepare(entry)
  } catch (error) {
    if (entry.place.folder !== 'given') throw error
    const words = error instanceof Error ? error.message : String(error)
    throw new UsageError(`--problems: ${entry.place.file} cannot be raced: ${words}`)
  }
}
