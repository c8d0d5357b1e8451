/** From a file to what the search works on: the contract, the compiled instance, the whole program. */
import { parseProblem } from 'replica-compactor'
import { formulateAggregated } from '../../../dist/models/formulations/aggregated.js'
import { compileInstance } from '../../../dist/models/instance/compile.js'
import { read } from '../../instances.mjs'
import { reading } from '../task.mjs'

/** @import { Problem } from 'replica-compactor' */
/** @import { Exercise } from '../task.mjs' */

/** @typedef {ReturnType<typeof compileInstance>} Instance */

/** A fixture as it stands in its file. @type {(name: string) => any} */
const readFixture = (name) => read('fixtures', `${name}.problem.json`)

/** @type {(name: string) => Problem} */
export const readProblem = (name) => parseProblem(readFixture(name))

/** @type {(name: string) => Exercise<unknown>} */
export function parsing(name) {
  return reading(readFixture(name), (file) => parseProblem(file).replicas.length)
}

/** @type {(name: string) => Exercise<Problem>} */
export function compiling(name) {
  return reading(readProblem(name), (problem) => compileInstance(problem).copies.length)
}

/** Writes the whole program, and counts its entries. @type {(name: string) => Exercise<Instance>} */
export function formulating(name) {
  const problem = readProblem(name)
  return {
    begin: () => compileInstance(problem),
    run: (instance) => formulateAggregated(instance, { surrogates: true }).program('total').program.entryValue.length
  }
}
