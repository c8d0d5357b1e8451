import { parseProblem } from '../models/contract/parse.js'
import { formulateAggregated } from '../models/formulations/aggregated.js'
import { compileInstance } from '../models/instance/compile.js'
import { writeLp } from '../models/linear-program/lp-format.js'
import { writeMps } from '../models/linear-program/mps-format.js'

/** The compact model of a Problem as text for other solvers: minimise the primary objective. Throws InputError. */
export function exportProgram(problem: unknown, format: 'lp' | 'mps'): string {
  const { program, names } = formulateAggregated(compileInstance(parseProblem(problem))).program('total')
  return format === 'lp' ? writeLp(program, names) : writeMps(program, names)
}
