/** Solvers that run in this process, each alone on each formulation that it can take. */
import { loadSolver } from '../../dist/src/solvers/solvers.js'
import { refusal, settleBounds } from './attempt.mjs'
import { startClock } from './clock.mjs'
import { formulate } from './formulations.mjs'
import { versionOf } from './package-versions.mjs'
import { loadYalps } from './yalps.mjs'

/** @import { Attempt, Contestant, Task } from './attempt.mjs' */
/** @import { FormulationName } from './formulations.mjs' */

/** @import { LinearProgram } from '../../dist/models/linear-program/program.js' */
/** @import { SolverOptions, SolverOutcome } from '../../dist/models/linear-program/solution.js' */
/** @import { Solver, SolverHooks } from '../../dist/src/solvers/solver.js' */

/** A program in the solver's own form, ready to be solved. @typedef {(options: SolverOptions, hooks: SolverHooks) => SolverOutcome | Promise<SolverOutcome>} ReadyToSolve */

/** The part of a solver that is asked here; prepare: where converting a program can be told from solving it. @typedef {Pick<Solver, 'solve' | 'capabilities'> & { prepare?: (program: LinearProgram) => ReadyToSolve }} ProgramSolver */

/**
 * @typedef {object} Entrant
 * @property {string} label
 * @property {string} runsAs How, in words, for the description.
 * @property {string} package
 * @property {() => Promise<ProgramSolver>} load
 * @property {readonly FormulationName[]} takes
 */

/** @type {readonly FormulationName[]} */
const whole = ['assignment', 'aggregated', 'aggregated, rows']

/** Only whose word is a proof has anything to say about a relaxation. @type {readonly Entrant[]} */
const entrants = [
  {
    label: 'HiGHS',
    runsAs: ', as WebAssembly and on one thread,',
    package: 'highs',
    load: () => loadSolver('highs'),
    takes: [...whole, 'by type']
  },
  {
    label: 'GLPK',
    runsAs: ', as WebAssembly and on one thread,',
    package: 'glpk.js',
    load: () => loadSolver('glpk'),
    takes: [...whole, 'by type']
  },
  {
    label: 'javascript-lp-solver',
    runsAs: '',
    package: 'javascript-lp-solver',
    load: () => loadSolver('javascript-lp-solver'),
    takes: whole
  },
  { label: 'YALPS', runsAs: '', package: 'yalps', load: loadYalps, takes: whole }
]

/** @type {Record<FormulationName, string>} */
const inWords = {
  assignment: 'the assignment formulation, a column for each replica and node',
  aggregated: 'the aggregated formulation, counts per deployment and node',
  'aggregated, rows': 'the aggregated formulation and redundant rows that tighten it',
  'by type': 'the program by type, a relaxation: it proves bounds and places nothing'
}

/** @type {readonly Contestant[]} */
export const programs = [
  ...entrants.flatMap((entrant) => entrant.takes.map((name) => contestant(entrant, name, false))),
  contestant(/** @type {Entrant} */ (entrants[0]), 'aggregated, rows', true)
]

/** @type {(entrant: Entrant, formulation: FormulationName, fromGreedy: boolean) => Contestant} */
function contestant(entrant, formulation, fromGreedy) {
  const start = fromGreedy ? ", from greedy's placement" : ''
  return {
    name: `${entrant.label}, ${formulation}${fromGreedy ? ', start' : ''}`,
    kind: 'solver',
    description: `${entrant.label}${entrant.runsAs} on ${inWords[formulation]}${start}.`,
    places: formulation !== 'by type',
    usesSeed: entrant.label === 'HiGHS',
    versions: () => [versionOf(entrant.package)],
    absence() {
      try {
        import.meta.resolve(entrant.package)
        return null
      } catch {
        return `${entrant.package} is not installed`
      }
    },
    run: (task) => solve(task, entrant, formulation, fromGreedy)
  }
}

/** @type {(task: Task, entrant: Entrant, formulation: FormulationName, fromGreedy: boolean) => Promise<Attempt>} */
async function solve({ problem, limitSeconds, gap, seed }, entrant, formulation, fromGreedy) {
  const model = formulate(problem, formulation)
  if (typeof model === 'string') return refusal(model)
  const { program, judge } = model
  const solver = await entrant.load()
  const { largest } = solver.capabilities
  if (program.columns > largest.columns || program.rows > largest.rows) {
    return refusal(
      `takes ${largest.columns} columns and ${largest.rows} rows, not ${program.columns} and ${program.rows}`
    )
  }
  /** @type {{ seconds: number, point: Sparse, objective: number | null }[]} */
  const points = []
  /** @type {{ seconds: number, bound: number }[]} */
  const bounds = []
  const run = solver.prepare?.(program) ?? solver.solve.bind(solver, program)
  const clock = startClock()
  const start = fromGreedy ? await model.greedyPoint(limitSeconds * 1000) : null
  const timeLimitMs = Math.max(1, (limitSeconds - clock.now()) * 1000)
  const outcome = await run(
    { timeLimitMs, relativeGap: gap, seed, ...(start === null ? {} : { start }) },
    {
      onProgress({ solution, objective = null, bound }) {
        if (solution !== undefined) points.push({ seconds: clock.now(), point: compress(solution), objective })
        bounds.push({ seconds: clock.now(), bound })
      }
    }
  )
  const { seconds, cpuSeconds } = clock.stop()
  const { termination, solution, objective, bound, message } = outcome
  if (solution !== null) points.push({ seconds, point: compress(solution), objective })
  return {
    seconds,
    cpuSeconds,
    termination: message === undefined ? termination : `${termination}: ${message}`,
    answers:
      judge === null
        ? []
        : points.map(({ seconds, point, objective }) => ({
            seconds,
            judge: () => judge(expand(point, program.columns), objective)
          })),
    bounds: settleBounds(bounds, bound, seconds)
  }
}

/** A point without its zeros: there may be hundreds of points. @typedef {{ columns: Int32Array, values: Float64Array }} Sparse */

/** @type {(point: Float64Array) => Sparse} */
function compress(point) {
  const columns = Int32Array.from(point.keys()).filter((column) => point[column] !== 0)
  return { columns, values: Float64Array.from(columns, (column) => point[column] ?? 0) }
}

/** @type {(point: Sparse, length: number) => Float64Array} */
function expand({ columns, values }, length) {
  const point = new Float64Array(length)
  for (const [entry, column] of columns.entries()) point[column] = values[entry] ?? 0
  return point
}
