/** Debian's `glpsol` and `cbc`, on the program that `replica-compactor export` writes. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { exportProgram } from 'replica-compactor'
import { runCommand } from '../engine/run-command.mjs'
import { formulate } from './formulations.mjs'
import { versionOfCommand } from './package-versions.mjs'

/** @import { Attempt, Contestant, Task } from './attempt.mjs' */

/**
 * What was found, in the order of the program's columns.
 *
 * @typedef {object} CommandAnswer
 * @property {string} status
 * @property {boolean} isInfeasible
 * @property {number} objective
 * @property {Float64Array | null} point
 * @property {number | null} bound
 */

/**
 * @typedef {object} Command
 * @property {string} name
 * @property {string} debianPackage
 * @property {boolean} usesSeed
 * @property {() => string | null} version
 * @property {(paths: { program: string, solution: string }, task: Task) => string[]} arguments
 * @property {(solution: string, log: string, columns: number) => CommandAnswer} read
 */

/** @type {Command} */
const cbc = {
  name: 'cbc',
  debianPackage: 'coinor-cbc',
  usesSeed: true,
  version: () => versionOfCommand('cbc', ['-quit'], /Version: (\S+)/),
  arguments: ({ program, solution }, { limitSeconds, gap, seed, threads }) => [
    ...[program, '-timeMode', 'elapsed', '-sec', String(limitSeconds), '-ratioGap', String(gap)],
    ...['-threads', String(threads), '-randomCbcSeed', String(seed), '-solve', '-solution', solution]
  ],
  read: readCbc
}

/** @type {Command} */
const glpsol = {
  name: 'glpsol',
  debianPackage: 'glpk-utils',
  usesSeed: false,
  version: () => versionOfCommand('glpsol', ['--version'], /Solver (\S+)/),
  arguments: ({ program, solution }, { limitSeconds, gap }) => [
    // It keeps whole seconds only.
    ...['--freemps', program, '--tmlim', String(Math.ceil(limitSeconds)), '--mipgap', String(gap)],
    ...['--write', solution]
  ],
  read: readGlpsol
}

/** @type {readonly Contestant[]} */
export const commands = [cbc, glpsol].map((command) => ({
  name: `${command.name}, exported`,
  kind: 'solver',
  description: `Debian's ${command.name} on the program as exported: the aggregated formulation and redundant rows.`,
  usesSeed: command.usesSeed,
  versions: () => [command.version() ?? command.name],
  absence: () =>
    command.version() === null
      ? `${command.name} is not installed (Debian: apt-get install ${command.debianPackage})`
      : null,
  run: (task) => solve(task, command)
}))

/** Reading the file is part of its time, as nobody can tell it apart. @type {(task: Task, command: Command) => Promise<Attempt>} */
async function solve(task, command) {
  const folder = mkdtempSync(join(tmpdir(), 'replica-compactor-'))
  try {
    const paths = { program: join(folder, 'program.mps'), solution: join(folder, 'solution.txt') }
    writeFileSync(paths.program, exportProgram(task.problem, 'mps'))
    writeFileSync(paths.solution, '')
    const model = formulate(task.problem, 'aggregated, rows')
    if (typeof model === 'string') throw new Error(model)
    const run = await runCommand(command.name, command.arguments(paths, task), 2 * task.limitSeconds + 10)
    const { seconds, cpuSeconds, peakMegabytes } = run
    const spent = { seconds, cpuSeconds, peakMegabytes }
    if (run.exitCode !== 0) {
      const termination = run.exitCode === null ? 'did not end' : `exit code ${run.exitCode}`
      return { ...spent, termination, answers: [], bounds: [] }
    }
    const answer = command.read(readFileSync(paths.solution, 'utf8'), run.stdout, model.program.columns)
    const { status, isInfeasible, objective, point, bound } = answer
    const { judge } = model
    return {
      ...spent,
      termination: isInfeasible ? 'infeasible' : status,
      answers: point === null || judge === null ? [] : [{ seconds, judge: () => judge(point, objective) }],
      bounds: bound === null ? [] : [{ seconds, bound }]
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** Half of the last digit that cbc tells of a bound. */
const ROUNDED = 0.0005

/**
 * The file that cbc writes: its status, then a line for each column that is not 0, named by index as in `x12_open_node`. Stopped before
 * it found anything, cbc writes down the relaxation: that is no point.
 *
 * @type {Command['read']}
 */
export function readCbc(solution, log, columns) {
  const [head = '', ...lines] = solution.trim().split('\n')
  const [, status = head, told] = /^(.+?) - objective value +(\S+)/.exec(head) ?? []
  const objective = Number(told ?? Infinity)
  const isInfeasible = /^(integer )?infeasible/i.test(status)
  const bound = /^Lower bound:\s+(\S+)/m.exec(log)?.[1]
  // It tells three digits behind the point, rounded.
  const lower = Number.isFinite(Number(bound ?? 'none')) ? Number(bound) - ROUNDED : null
  const proven = lower ?? (status === 'Optimal' ? objective : null)
  if (told === undefined || isInfeasible || /continuous used/i.test(status)) {
    return { status, isInfeasible, objective: Infinity, point: null, bound: isInfeasible ? null : proven }
  }
  const point = new Float64Array(columns)
  for (const line of lines) {
    const [, column, value] = /^\**\s*\d+ +x(\d+)\S* +(\S+)/.exec(line.trim()) ?? []
    if (column !== undefined) point[Number(column)] = Number(value)
  }
  return { status, isInfeasible, objective, point, bound: proven }
}

/** Its words for: optimal, feasible, infeasible, undefined. @type {Record<string, string>} */
const glpsolStatus = { o: 'Optimal', f: 'Feasible', n: 'Infeasible', u: 'Nothing found' }

/**
 * The file that glpsol writes: `s mip ROWS COLUMNS STATUS OBJECTIVE`, and `j COLUMN VALUE` for each column, counted from 1. The bound is
 * the last that its log tells.
 *
 * @type {Command['read']}
 */
export function readGlpsol(solution, log, columns) {
  const [, letter = 'u', told] = /^s mip \d+ \d+ (\w) (\S+)$/m.exec(solution) ?? []
  const isInfeasible = letter === 'n' || /HAS NO (PRIMAL|INTEGER) FEASIBLE SOLUTION/.test(log)
  const status = isInfeasible ? 'Infeasible' : (glpsolStatus[letter] ?? letter)
  const bounds = [...log.matchAll(/mip = .*?>=\s+(\S+)/g)].map(([, bound]) => Number(bound)).filter(Number.isFinite)
  const objective = Number(told ?? Infinity)
  const proven = letter === 'o' ? objective : (bounds.at(-1) ?? null)
  if (letter !== 'o' && letter !== 'f') {
    return { status, isInfeasible, objective: Infinity, point: null, bound: isInfeasible ? null : proven }
  }
  const point = new Float64Array(columns)
  for (const [, column, value] of solution.matchAll(/^j (\d+) (\S+)$/gm)) {
    // Behind the program's own columns is the one that holds its constant.
    if (Number(column) <= columns) point[Number(column) - 1] = Number(value)
  }
  return { status, isInfeasible, objective, point, bound: proven }
}
