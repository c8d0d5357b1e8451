import { describeValue } from '../models/contract/describe-input.js'
import { InputError, parseProblem } from '../models/contract/parse.js'
import type { ProblemInput } from '../models/contract/problem.js'
import type { Unchecked } from '../models/contract/unchecked.js'
import { formulateAggregated } from '../models/formulations/aggregated.js'
import { compileInstance } from '../models/instance/compile.js'
import { writeLp } from '../models/linear-program/lp-format.js'
import { writeMps } from '../models/linear-program/mps-format.js'

/** The compact model of a Problem as text for other solvers: minimise the primary objective. Throws InputError. */
export function exportProgram(problem: Unchecked<ProblemInput>, format: 'lp' | 'mps'): string {
  if (!['lp', 'mps'].includes(format)) {
    throw new InputError('format', [{ path: 'format', found: describeValue(format), expected: '"lp" or "mps"' }])
  }
  const { program, names } = formulateAggregated(compileInstance(parseProblem(problem))).program('total')
  return format === 'lp' ? writeLp(program, names) : writeMps(program, names)
}
