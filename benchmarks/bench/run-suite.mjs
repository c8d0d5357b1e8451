/** Runs the cells of a suite one after the other, each as a process of its own, and notes down what came of it. */
import { fileURLToPath } from 'node:url'
import { STARTED } from '../contestants/clock.mjs'
import { runCommand } from '../engine/run-command.mjs'
import { provenGap } from '../measures/proven-gap.mjs'
import { keyOf } from './cells.mjs'
import { nameOf, writeTask } from './prepare.mjs'
import { Progress } from './progress.mjs'
import { run as runSchema } from './record.mjs'

/** @import { Surroundings } from '../surroundings.mjs' */
/** @import { Cell } from './cells.mjs' */
/** @import { Journal } from './journal.mjs' */
/** @import { Prepared } from './prepare.mjs' */
/** @import { BenchRun } from './record.mjs' */
/** @import { CellTask } from './run-cell.mjs' */

/**
 * @typedef {object} SuiteOptions
 * @property {ReadonlyMap<string, Prepared>} prepared By the path of the instance.
 * @property {Journal} journal
 * @property {string} folder For files that are needed meanwhile.
 * @property {number} cores
 * @property {(command: string, args: readonly string[]) => [string, readonly string[]]} wrap Keeps a command on its cores.
 * @property {Pick<Surroundings, 'commit' | 'date'>} surroundings
 * @property {(line: string) => void} say
 * @property {AbortSignal} signal
 */

const runCell = fileURLToPath(new URL('run-cell.mjs', import.meta.url))

/** How long a process may convert, solve and check, and how long it may solve, before it is killed. @type {(limitSeconds: number) => number} */
const latestSeconds = (limitSeconds) => 3 * limitSeconds + 300
/** @type {(limitSeconds: number) => number} */
const latestSolvingSeconds = (limitSeconds) => 1.5 * limitSeconds + 5

/** Ends early, with nothing lost, when the signal aborts. @type {(cells: readonly Cell[], options: SuiteOptions) => Promise<void>} */
export async function runSuite(cells, options) {
  const { journal, say, signal } = options
  const left = cells.filter((cell) => !journal.runs.has(keyOf(cell)))
  const progress = new Progress(left)
  for (const cell of left) {
    if (signal.aborted) return
    say(progress.begins(cell))
    const start = performance.now()
    const run = findHopeless(cell, cells, journal) ?? (await measure(cell, options))
    // What was killed with us says nothing.
    if (signal.aborted) return
    journal.add(keyOf(cell), run)
    progress.done(cell, run, (performance.now() - start) / 1000)
    say(progress.ended(run))
  }
}

/** @type {(cell: Cell, options: SuiteOptions) => Promise<BenchRun>} */
async function measure(cell, { prepared, folder, cores, wrap, surroundings, signal }) {
  const instance = prepared.get(cell.entry.place.name)
  if (instance === undefined) throw new Error(`${cell.entry.place.name} was not prepared`)
  const { contestant, gap, seed, limitSeconds, experiment } = cell
  /** @type {CellTask} */
  const task = {
    contestant: contestant.name,
    file: writeTask(instance, cell.budgetShare, folder),
    ...{ limitSeconds, gap, seed, threads: cores, isProofOnly: experiment === 'sizes' }
  }
  const command = wrap(process.execPath, [runCell, JSON.stringify(task)])
  const watch = watchClock(latestSolvingSeconds(limitSeconds), signal)
  const { stdout, stderr, exitCode, seconds, peakMegabytes } = await runCommand(
    ...command,
    latestSeconds(limitSeconds),
    { signal: watch.signal, withChildren: true, onOutput: watch.onOutput }
  ).finally(watch.end)
  const { commit, date } = surroundings
  const about = { ...describeCell(cell), commit, date }
  if (exitCode !== 0) {
    const lines = stderr.trim().split('\n')
    const fault = lines.filter((line) => /^\w*(Error|Exception)\b/.test(line)).at(-1) ?? lines.at(-1) ?? ''
    const termination = exitCode === null ? 'did not end' : `exit code ${exitCode}: ${fault}`
    return runSchema.parse({
      ...about,
      ...nothing,
      termination,
      seconds: Math.min(seconds, limitSeconds),
      peakMegabytes
    })
  }
  const measured = JSON.parse(stdout.trim().split('\n').at(-1) ?? '')
  return runSchema.parse({ ...about, ...measured, peakMegabytes: measured.peakMegabytes ?? peakMegabytes })
}

/** Aborts when solving takes longer than it may, or when all is stopped. @type {(latestSeconds: number, stop: AbortSignal) => { signal: AbortSignal, onOutput: (text: string) => void, end: () => void }} */
function watchClock(latestSeconds, stop) {
  const late = new AbortController()
  /** @type {NodeJS.Timeout | undefined} */
  let timer
  return {
    signal: AbortSignal.any([late.signal, stop]),
    onOutput(text) {
      // The last that is said counts: the clock of the warming up may have stopped in the same breath.
      const [last] = [...text.matchAll(/clock (started|stopped)/g)].slice(-1)
      if (last === undefined) return
      clearTimeout(timer)
      if (last[0] === STARTED) timer = setTimeout(() => late.abort(), latestSeconds * 1000)
    },
    end: () => clearTimeout(timer)
  }
}

/** @type {(cell: Cell) => Pick<BenchRun, 'experiment' | 'instance' | 'budgetShare' | 'contestant' | 'seed' | 'limitSeconds'>} */
const describeCell = ({ experiment, entry, budgetShare, contestant, seed, limitSeconds }) => ({
  ...{ experiment, instance: nameOf(entry), budgetShare, contestant: contestant.name, seed, limitSeconds }
})

const nothing = {
  ...{ cpuSeconds: null, peakMegabytes: null, cost: null, bound: null, migrations: null, starts: null },
  ...{ activeNodes: null, wrong: null, refused: null, incumbents: [], bounds: [] }
}

/**
 * Where sizes are compared, whoever did not prove the gap on a smaller cluster of the same group is not asked about larger ones.
 *
 * @type {(cell: Cell, cells: readonly Cell[], journal: Journal) => BenchRun | null}
 */
function findHopeless(cell, cells, journal) {
  if (cell.experiment !== 'sizes') return null
  for (const smaller of cells.slice(0, cells.indexOf(cell))) {
    const isAlike = smaller.contestant === cell.contestant && smaller.entry.group === cell.entry.group
    const run = isAlike && smaller.experiment === 'sizes' ? journal.runs.get(keyOf(smaller)) : undefined
    if (run === undefined || run.refused !== null || isProven(run, cell.gap)) continue
    return {
      ...describeCell(cell),
      ...nothing,
      ...{ commit: run.commit, date: run.date, termination: 'not asked', seconds: 0 },
      refused: `did not prove the gap on ${run.instance}, which is smaller`
    }
  }
  return null
}

/** @type {(run: BenchRun, gap: number) => boolean} */
const isProven = ({ cost, bound }, gap) => provenGap(cost, bound) <= gap * (1 + 1e-9)
