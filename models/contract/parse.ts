import { describeIssues, InputError, parseValue } from './parse-value.js'
import { type Placement, placement } from './placement.js'
import { type Problem, problem } from './problem.js'
import { checkReferences } from './references.js'
import { type EndState, endState, type Result, result } from './result.js'

export { describeIssues, InputError }

/** A Problem with all defaults. Throws InputError when the value is not one. */
export function parseProblem(value: unknown): Problem {
  const read = parseValue('problem', problem, value, 'a Problem { schemaVersion, nodes, deployments, replicas }')
  const issues = checkReferences(read)
  if (issues.length > 0) throw new InputError('problem', issues)
  return read
}

/** A placement that somebody else made, for `sequence` and as the start of `compact`; a whole Result counts as one. Throws InputError. */
export function parsePlacement(value: unknown): Placement {
  const isResult = typeof value === 'object' && value !== null && 'termination' in value
  if (!isResult)
    return parseValue('placement', placement, value, 'a Placement { schemaVersion, placement } or a whole Result')
  const { schemaVersion, placement: assignments, newNodes, headroom, assumedDevices, producer } = parseResult(value)
  return { schemaVersion, placement: assignments, newNodes, headroom, assumedDevices, producer }
}

/** Where everything is in the end, from a placement or a Result. Throws InputError. */
export function parseEndState(value: unknown): EndState {
  return parseValue('placement', endState, value, 'a { placement } or a whole Result')
}

/** A Result. Throws InputError when the value is not one. */
export function parseResult(value: unknown): Result {
  return parseValue('result', result, value, 'a Result, as compact and sequence give')
}
