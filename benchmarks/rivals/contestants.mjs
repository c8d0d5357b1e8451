/** Who competes, each as a process of its own. */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseProblem, verifyResult } from 'replica-compactor'
import { countCost } from '../engine/measure-target.mjs'
import { builtCommand, runCommand } from '../engine/run-command.mjs'
import { runCbc } from './run-cbc.mjs'

/** @import { Result } from 'replica-compactor' */
/** @import { Solved, Task } from './solve-compact.mjs' */

/** What one run gave; null where there is none. @typedef {Solved} Trial */

/**
 * @typedef {object} TrialOptions
 * @property {number} limitSeconds
 * @property {number} gap
 * @property {number} seed
 * @property {number} threads
 * @property {(command: string, args: readonly string[]) => [command: string, args: readonly string[]]} wrap Keeps a command on its cores.
 */

/**
 * @typedef {object} Contestant
 * @property {string} name
 * @property {(file: string, options: TrialOptions) => Promise<Trial>} run
 * @property {() => string | null} absence Why it does not run here, in words.
 */

/** What all others are compared with. */
export const OURS = 'replica-compactor'

const solveCompact = fileURLToPath(new URL('solve-compact.mjs', import.meta.url))

/** @type {(name: string, task: Pick<Task, 'solver' | 'surrogates' | 'start'>, absence?: () => string | null) => Contestant} */
const onCompactModel = (name, task, absence = () => null) => ({
  name,
  absence,
  async run(file, { limitSeconds, gap, seed, wrap }) {
    const text = JSON.stringify({ ...task, file, limitSeconds, gap, seed })
    const { stdout, stderr, exitCode, seconds } = await runCommand(
      ...wrap(process.execPath, [solveCompact, text]),
      2 * limitSeconds + 30
    )
    if (exitCode === 0) return JSON.parse(stdout)
    const last = stderr.trim().split('\n').at(-1)
    const termination = exitCode === null ? 'did not end' : `exit code ${exitCode}: ${last}`
    return { cost: null, bound: null, wrong: null, seconds, termination }
  }
})

/** @type {Contestant} */
const ours = {
  name: OURS,
  absence: () => null,
  async run(file, { limitSeconds, gap, seed, threads, wrap }) {
    const args = [
      ...[builtCommand, 'plan', file, '--json', '--quiet', '--time-limit', String(limitSeconds)],
      ...['--gap', String(gap), '--seed', String(seed), '--threads', String(threads)]
    ]
    const run = await runCommand(...wrap(process.execPath, args), 2 * limitSeconds + 30)
    const { seconds, exitCode } = run
    const termination = exitCode === null ? 'did not end' : `exit code ${exitCode}`
    if (exitCode !== 0) return { cost: null, bound: null, wrong: null, seconds, termination }
    /** @type {Result} */
    const result = JSON.parse(run.stdout)
    const problem = parseProblem(JSON.parse(readFileSync(file, 'utf8')))
    const [violation] = verifyResult(problem, result)
    const bound = result.bound?.costPerHour ?? null
    const answer = { bound, seconds, termination: result.termination }
    if (violation !== undefined) return { ...answer, cost: null, wrong: violation.message }
    return { ...answer, cost: countCost(problem, result), wrong: null }
  }
}

/** @type {readonly Contestant[]} */
export const contestants = [
  ours,
  onCompactModel('HiGHS', { solver: 'highs', surrogates: false, start: false }),
  onCompactModel('HiGHS, rows', { solver: 'highs', surrogates: true, start: false }),
  onCompactModel('HiGHS, start', { solver: 'highs', surrogates: false, start: true }),
  onCompactModel('HiGHS, rows, start', { solver: 'highs', surrogates: true, start: true }),
  onCompactModel('GLPK, rows', { solver: 'glpk', surrogates: true, start: false }, () => {
    try {
      import.meta.resolve('glpk.js')
      return null
    } catch {
      return 'glpk.js is not installed'
    }
  }),
  {
    name: 'cbc, rows',
    run: runCbc,
    absence: () =>
      spawnSync('cbc', ['-quit']).error === undefined
        ? null
        : 'cbc is not installed (Debian: apt-get install coinor-cbc)'
  }
]
