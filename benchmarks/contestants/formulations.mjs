/** A Problem as the programs that solvers are given, and what their points are worth. */
import { compact } from 'replica-compactor'
import { formulateAggregated } from '../../dist/models/formulations/aggregated.js'
import { packingToPoint } from '../../dist/models/formulations/aggregated-points.js'
import { formulateAssignment } from '../../dist/models/formulations/assignment.js'
import { formulateByType } from '../../dist/models/formulations/type-aggregated.js'
import { compileInstance } from '../../dist/models/instance/compile.js'
import { reportPoint } from '../../dist/models/linear-program/point-report.js'
import { keepAtHome } from '../../dist/src/result/match-start.js'
import { realisePacking } from '../../dist/src/search/realisation.js'
import { whole } from '../markdown.mjs'
import { judgeState, nothing, wrong } from './judge.mjs'

/** @import { Problem } from 'replica-compactor' */
/** @import { LinearProgram } from '../../dist/models/linear-program/program.js' */
/** @import { Packing } from '../../dist/models/instance/packing.js' */
/** @import { Instance } from '../../dist/models/instance/instance.js' */
/** @import { Verdict } from './judge.mjs' */

/**
 * assignment: a column for each replica and node. aggregated: counts per deployment and node, split into those who stay and arrive;
 * with rows: and redundant rows that tighten it. by type: nodes of a kind as one number, a relaxation that proves bounds and places
 * nothing.
 *
 * @typedef {'assignment' | 'aggregated' | 'aggregated, rows' | 'by type'} FormulationName
 */

/**
 * @typedef {object} Model
 * @property {LinearProgram} program
 * @property {((point: Float64Array, claim: number | null) => Verdict) | null} judge What a point is really worth, and whether its solver says so; null: its
 *   points place nothing.
 * @property {(timeLimitMs: number) => Promise<Float64Array | null>} greedyPoint Greedy's placement as a point; null where it is none.
 */

/** As far as a point may be from whole numbers and rows: what the search allows its own solvers. */
const POINT_TOLERANCE = 1e-4

/** Columns of the assignment formulation beyond which nobody is asked: its conversion alone would not fit into memory. */
const MOST_COLUMNS = 1_000_000

/** A Problem in one of its forms; in words, why there is none. @type {(problem: Problem, name: FormulationName) => Model | string} */
export function formulate(problem, name) {
  if (name === 'assignment') {
    const columns = problem.replicas.length * problem.nodes.length
    if (columns > MOST_COLUMNS) return `the assignment formulation would have ${whole(columns)} columns`
  }
  const instance = compileInstance(problem)
  if (name === 'by type') return { program: formulateByType(instance), judge: null, greedyPoint: async () => null }
  if (name === 'assignment') return fullModel(problem, instance, formulateAssignment(instance), async () => null)
  const model = formulateAggregated(instance, { surrogates: name === 'aggregated, rows' })
  return fullModel(problem, instance, model, async (timeLimitMs, columns) => {
    const packing = await packGreedily(problem, instance, timeLimitMs)
    return packing === null ? null : packingToPoint(instance, model.columns, packing, columns)
  })
}

/**
 * @param {Problem} problem
 * @param {Instance} instance
 * @param {{ program: (level: 'total') => { program: LinearProgram }, toPacking: (point: Float64Array) => Packing }} formulation
 * @param {(timeLimitMs: number, columns: number) => Promise<Float64Array | null>} greedyPoint
 * @returns {Model}
 */
function fullModel(problem, instance, formulation, greedyPoint) {
  const { program } = formulation.program('total')
  return {
    program,
    greedyPoint: (timeLimitMs) => greedyPoint(timeLimitMs, program.columns),
    judge(point, claim) {
      const { infeasibility, fractionality, objective } = reportPoint(program, point)
      if (!(fractionality <= POINT_TOLERANCE)) return wrong(`not whole by ${fractionality.toPrecision(2)}`)
      if (!(infeasibility <= POINT_TOLERANCE)) return wrong(`breaks a row by ${infeasibility.toPrecision(2)}`)
      if (claim !== null && Math.abs(claim - objective) > POINT_TOLERANCE * Math.max(1, Math.abs(objective))) {
        return wrong(`claims ${claim} for what costs ${objective}`)
      }
      const state = realisePacking(instance, withoutSwaps(instance, formulation.toPacking(point)))
      // Rows for devices are a relaxation: what the solver was asked may not be seated as it is. That is not its fault.
      return state === null ? nothing : judgeState(problem, state)
    }
  }
}

/** Nobody leaves a node to which another of the same deployment comes: the assignment formulation knows them by name. @type {(instance: Instance, packing: Packing) => Packing} */
function withoutSwaps(instance, { stays, arrivals }) {
  const { copies } = instance
  const leaving = new Set(
    copies.flatMap(({ index, state }) => (stays[index] === 0 && state === 'running' ? [index] : []))
  )
  const left = keepAtHome(instance, leaving, arrivals)
  return {
    stays: Uint8Array.from(copies, ({ index, state }) =>
      state === 'running' && !leaving.has(index) ? 1 : (stays[index] ?? 0)
    ),
    arrivals: left
  }
}

/** @type {(problem: Problem, instance: Instance, timeLimitMs: number) => Promise<Packing | null>} */
async function packGreedily(problem, instance, timeLimitMs) {
  const { placement, primalStatus } = await compact(problem, { solver: 'greedy', timeLimitMs })
  if (primalStatus === 'none') return null
  const { copies, nodes, deployments } = instance
  const nodeOf = new Map(nodes.map(({ id, index }) => [id, index]))
  const home = new Map(placement.map(({ replica, node }) => [replica, nodeOf.get(node)]))
  const stays = Uint8Array.from(copies, ({ id, node }) => (home.get(id) === node ? 1 : 0))
  const indexOf = new Map(deployments.filter(({ isHeadroom }) => !isHeadroom).map(({ id, index }) => [id, index]))
  const belongsTo = new Map(problem.replicas.map(({ id, deployment }) => [id, deployment]))
  const staying = new Set(copies.filter((_, index) => stays[index] === 1).map(({ id }) => id))
  const arrivals = placement.flatMap(({ replica, deployment, node: id }) => {
    const index = indexOf.get(deployment ?? belongsTo.get(replica) ?? '')
    const node = nodeOf.get(id)
    return staying.has(replica) || index === undefined || node === undefined ? [] : { deployment: index, node }
  })
  return { stays, arrivals }
}
