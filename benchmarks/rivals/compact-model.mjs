/** The whole mixed-integer program of a Problem, and what its points are really worth: what every rival is given and held against. */
import { compact, verifyPlacement } from 'replica-compactor'
import { formulateAggregated } from '../../dist/models/formulations/aggregated.js'
import { packingToPoint } from '../../dist/models/formulations/aggregated-points.js'
import { compileInstance } from '../../dist/models/instance/compile.js'
import { describeTarget } from '../../dist/models/instance/describe-target.js'
import { reportPoint } from '../../dist/models/linear-program/point-report.js'
import { nameReplicas } from '../../dist/src/search/name-replicas.js'
import { realisePacking } from '../../dist/src/search/realisation.js'
import { countCost } from '../engine/measure-target.mjs'

/** @import { Problem } from 'replica-compactor' */

/**
 * What an answer is worth once it is checked.
 *
 * @typedef {object} Verdict
 * @property {number | null} cost Counted again from the placement; null where there is none that holds.
 * @property {string | null} wrong Why the answer does not count, in words.
 */

/** As far as a point may be from whole numbers and rows: what the search allows its own solvers. */
const POINT_TOLERANCE = 1e-4

/** @type {(problem: Problem, options: { surrogates: boolean }) => CompactModel} */
export function openModel(problem, { surrogates }) {
  return new CompactModel(problem, surrogates)
}

class CompactModel {
  #instance
  #model
  /** The linear program. */
  program

  /** @param {Problem} problem @param {boolean} surrogates With the redundant rows that tighten the relaxation. */
  constructor(problem, surrogates) {
    this.problem = problem
    this.#instance = compileInstance(problem)
    this.#model = formulateAggregated(this.#instance, { surrogates })
    this.program = this.#model.program('total').program
  }

  /** Greedy's placement as a point to start from; null where it is none. @returns {Promise<Float64Array | null>} */
  async greedyPoint(/** @type {number} */ timeLimitMs) {
    const { placement } = await compact(this.problem, { solver: 'greedy', timeLimitMs })
    const { copies, nodes, deployments } = this.#instance
    const nodeOf = new Map(nodes.map(({ id, index }) => [id, index]))
    const home = new Map(placement.map(({ replica, node }) => [replica, nodeOf.get(node)]))
    const stays = Uint8Array.from(copies, ({ id, node }) => (home.get(id) === node ? 1 : 0))
    const indexOf = new Map(deployments.filter(({ isHeadroom }) => !isHeadroom).map(({ id, index }) => [id, index]))
    const belongsTo = new Map(this.problem.replicas.map(({ id, deployment }) => [id, deployment]))
    const staying = new Set(copies.filter((_, index) => stays[index] === 1).map(({ id }) => id))
    const arrivals = placement.flatMap(({ replica, deployment, node: id }) => {
      const index = indexOf.get(deployment ?? belongsTo.get(replica) ?? '')
      const node = nodeOf.get(id)
      return staying.has(replica) || index === undefined || node === undefined ? [] : { deployment: index, node }
    })
    return packingToPoint(this.#instance, this.#model.columns, { stays, arrivals }, this.program.columns)
  }

  /** Makes a placement of a point, checks it and counts its cost. `claim` is what the solver says it costs. @returns {Verdict} */
  check(/** @type {Float64Array} */ point, /** @type {number} */ claim) {
    const wrong = (/** @type {string} */ reason) => ({ cost: null, wrong: reason })
    const { infeasibility, fractionality } = reportPoint(this.program, point)
    if (fractionality > POINT_TOLERANCE) return wrong(`not whole by ${fractionality.toPrecision(2)}`)
    if (infeasibility > POINT_TOLERANCE) return wrong(`breaks a row by ${infeasibility.toPrecision(2)}`)
    const state = realisePacking(this.#instance, this.#model.toPacking(point))
    if (state === null) return wrong('is no placement')
    const answer = describeTarget(this.#instance, nameReplicas(state))
    const [violation] = verifyPlacement(this.problem, { schemaVersion: 1, ...answer })
    if (violation !== undefined) return wrong(violation.message)
    const cost = countCost(this.problem, answer)
    if (cost > claim + POINT_TOLERANCE * Math.max(1, cost)) return wrong(`claims ${claim}, costs ${cost}`)
    return { cost, wrong: null }
  }
}
