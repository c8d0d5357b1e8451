/** Solvers that run in this process, each alone on each formulation that it can take. */
import { loadSolver } from '../../dist/src/solvers/solvers.js'
import { refusal } from './attempt.mjs'
import { startClock } from './clock.mjs'
import { formulate } from './formulations.mjs'
import { versionOf } from './versions.mjs'
import { loadYalps } from './yalps.mjs'

/** @import { Attempt, Contestant, Task } from './attempt.mjs' */
/** @import { FormulationName } from './formulations.mjs' */

/** The part of a solver that is asked here. @typedef {Pick<import('../../dist/src/solvers/solver.js').Solver, 'solve' | 'capabilities'>} ProgramSolver */

/**
 * @typedef {object} Entrant
 * @property {string} label
 * @property {string} package
 * @property {() => Promise<ProgramSolver>} load
 * @property {readonly FormulationName[]} takes
 */

/** @type {readonly FormulationName[]} */
const whole = ['assignment', 'aggregated', 'aggregated, rows']

/** Only whose word is a proof has anything to say about a relaxation. @type {readonly Entrant[]} */
const entrants = [
  { label: 'HiGHS', package: 'highs', load: () => loadSolver('highs'), takes: [...whole, 'by type'] },
  { label: 'GLPK', package: 'glpk.js', load: () => loadSolver('glpk'), takes: [...whole, 'by type'] },
  {
    label: 'javascript-lp-solver',
    package: 'javascript-lp-solver',
    load: () => loadSolver('javascript-lp-solver'),
    takes: whole
  },
  { label: 'YALPS', package: 'yalps', load: loadYalps, takes: whole }
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
    description: `${entrant.label} on ${inWords[formulation]}${start}.`,
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
  const start = fromGreedy ? await model.greedyPoint(limitSeconds * 1000) : null
  /** @type {{ seconds: number, point: Sparse, objective: number }[]} */
  const points = []
  /** @type {{ seconds: number, bound: number }[]} */
  const bounds = []
  const raise = (/** @type {number} */ bound, /** @type {number} */ seconds) => {
    if (Number.isFinite(bound) && bound > (bounds.at(-1)?.bound ?? -Infinity)) bounds.push({ seconds, bound })
  }
  const clock = startClock()
  const outcome = await solver.solve(
    program,
    { timeLimitMs: limitSeconds * 1000, relativeGap: gap, seed, ...(start === null ? {} : { start }) },
    {
      onProgress({ solution, objective = Infinity, bound }) {
        if (solution !== undefined) points.push({ seconds: clock.now(), point: compress(solution), objective })
        raise(bound, clock.now())
      }
    }
  )
  const { seconds, cpuSeconds } = clock.stop()
  const { termination, solution, objective, bound, message } = outcome
  raise(bound, seconds)
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
    bounds,
    wrong: termination === 'infeasible' ? 'calls it infeasible' : null
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
