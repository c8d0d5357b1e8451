/** Debian's `cbc` on the exported program. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseProblem } from 'replica-compactor'
import { builtCommand, runCommand } from '../engine/run-command.mjs'
import { openModel } from './compact-model.mjs'

/** @import { Trial, TrialOptions } from './contestants.mjs' */

/** @type {(file: string, options: TrialOptions) => Promise<Trial>} */
export async function runCbc(file, { limitSeconds, gap, seed, threads, wrap }) {
  const folder = mkdtempSync(join(tmpdir(), 'replica-compactor-'))
  try {
    const program = join(folder, 'program.mps')
    const solution = join(folder, 'solution.txt')
    const written = await runCommand(
      ...wrap(process.execPath, [builtCommand, 'export', file, '-o', program]),
      limitSeconds
    )
    if (written.exitCode !== 0) return nothing(written.seconds, 'the program was not written in time')
    const leftSeconds = Math.max(1, limitSeconds - written.seconds)
    const args = [
      ...[program, '-timeMode', 'elapsed', '-sec', String(leftSeconds), '-ratioGap', String(gap)],
      ...['-threads', String(threads), '-randomCbcSeed', String(seed), '-solve', '-solution', solution]
    ]
    const solved = await runCommand(...wrap('cbc', args), 2 * limitSeconds + 30)
    const seconds = written.seconds + solved.seconds
    if (solved.exitCode !== 0) return nothing(seconds, 'did not end')
    const model = openModel(parseProblem(JSON.parse(readFileSync(file, 'utf8'))), { surrogates: true })
    const { status, objective, point } = readSolution(readFileSync(solution, 'utf8'), model.program.columns)
    if (/^(integer )?infeasible/i.test(status)) return { ...nothing(seconds, status), wrong: 'calls it infeasible' }
    const bound = readBound(solved.stdout, status, objective)
    if (point === null) return { ...nothing(seconds, status), bound }
    return { ...model.check(point, objective), bound, seconds, termination: status }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** @type {(seconds: number, termination: string) => Trial} */
const nothing = (seconds, termination) => ({ cost: null, bound: null, wrong: null, seconds, termination })

/**
 * The file that cbc writes: its status, then a line for each column that is not 0, named by index as in `x12_open_node`. Stopped before
 * it found anything, cbc writes down the relaxation: that is no point.
 *
 * @type {(text: string, columns: number) => { status: string, objective: number, point: Float64Array | null }}
 */
export function readSolution(text, columns) {
  const [head = '', ...lines] = text.trim().split('\n')
  const [, status = head, objective] = /^(.+?) - objective value +(\S+)/.exec(head) ?? []
  if (objective === undefined || /continuous used|infeasible/i.test(status))
    return { status, objective: Infinity, point: null }
  const point = new Float64Array(columns)
  for (const line of lines) {
    const [, column, value] = /^\**\s*\d+ +x(\d+)\S* +(\S+)/.exec(line.trim()) ?? []
    if (column !== undefined) point[Number(column)] = Number(value)
  }
  return { status, objective: Number(objective), point }
}

/**
 * The bound that the end of the log tells; the objective itself where nothing is left to prove.
 *
 * @type {(log: string, status: string, objective: number) => number | null}
 */
export function readBound(log, status, objective) {
  const told = /^Lower bound:\s+(\S+)/m.exec(log)?.[1]
  if (told !== undefined && Number.isFinite(Number(told))) return Number(told)
  return status === 'Optimal' ? objective : null
}
