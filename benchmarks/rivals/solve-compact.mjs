/**
 * A process of its own: one of the solvers that come with the package, alone on the whole program of a Problem. Its arguments are one
 * JSON text, what it prints is another.
 */
import { readFileSync } from 'node:fs'
import { argv } from 'node:process'
import { parseProblem } from 'replica-compactor'
import { loadSolver } from '../../dist/src/solvers/solvers.js'
import { openModel } from './compact-model.mjs'

/**
 * @typedef {object} Task
 * @property {string} file The Problem.
 * @property {'highs' | 'glpk'} solver
 * @property {boolean} surrogates
 * @property {boolean} start From greedy's placement.
 * @property {number} limitSeconds From the start of the process until the solver must have stopped.
 * @property {number} gap
 * @property {number} seed
 */

/**
 * @typedef {object} Solved
 * @property {number | null} cost
 * @property {number | null} bound
 * @property {string | null} wrong
 * @property {string} termination
 * @property {number} seconds From the start of the process until the solver stopped.
 */

/** @type {Task} */
const task = JSON.parse(argv[2] ?? '')
const model = openModel(parseProblem(JSON.parse(readFileSync(task.file, 'utf8'))), task)
// performance.now() counts from the start of the process.
const leftMs = () => Math.max(1, task.limitSeconds * 1000 - performance.now())
const start = task.start ? await model.greedyPoint(leftMs()) : null
const solver = await loadSolver(task.solver)
const outcome = await solver.solve(
  model.program,
  { timeLimitMs: leftMs(), relativeGap: task.gap, seed: task.seed, ...(start === null ? {} : { start }) },
  {}
)
const seconds = performance.now() / 1000
const { termination, solution, objective, bound, message } = outcome
/** @type {Solved} */
const solved = {
  ...(solution === null ? { cost: null, wrong: null } : model.check(solution, objective)),
  bound: Number.isFinite(bound) ? bound : null,
  termination: message === undefined ? termination : `${termination}: ${message}`,
  seconds
}
if (termination === 'infeasible') solved.wrong = 'calls it infeasible'
console.log(JSON.stringify(solved))
