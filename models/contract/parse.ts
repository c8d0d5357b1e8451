import type { z } from 'zod'
import { findReservedKeys, type InputIssue, toInputIssues } from './input-issues.js'
import { type Placement, placement } from './placement.js'
import { type Problem, problem } from './problem.js'
import { checkReferences } from './references.js'
import { type EndState, endState, type Result, result } from './result.js'

/** A file that does not say what the contract asks for. `issues` has every place that is wrong. */
export class InputError extends Error {
  override readonly name = 'InputError'
  readonly code = 'invalid-input'
  constructor(
    /** What was read: `problem`, `placement`, `result`. */
    readonly subject: string,
    readonly issues: readonly InputIssue[]
  ) {
    super(describeIssues(subject, issues))
  }
}

/** A Problem with all defaults. Throws InputError when the value is not one. */
export function parseProblem(value: unknown): Problem {
  const read = parse('problem', problem, value)
  const issues = checkReferences(read)
  if (issues.length > 0) throw new InputError('problem', issues)
  return read
}

/** A placement that somebody else made, for `sequence`; a whole Result counts as one. Throws InputError. */
export function parsePlacement(value: unknown): Placement {
  const isResult = typeof value === 'object' && value !== null && 'termination' in value
  if (!isResult) return parse('placement', placement, value)
  const { schemaVersion, placement: assignments, newNodes, headroom, assumedDevices } = parseResult(value)
  return { schemaVersion, placement: assignments, newNodes, headroom, assumedDevices }
}

/** Where everything is in the end, from a placement or a Result. Throws InputError. */
export function parseEndState(value: unknown): EndState {
  return parse('placement', endState, value)
}

/** A Result. Throws InputError when the value is not one. */
export function parseResult(value: unknown): Result {
  return parse('result', result, value)
}

const MOST_ISSUES_SHOWN = 10

function describeIssues(subject: string, issues: readonly InputIssue[]): string {
  const lines = issues.slice(0, MOST_ISSUES_SHOWN).map(({ path, found, expected, hint }) => {
    const place = path === '' ? 'the whole file' : path
    return `${place}: found ${found}, expected ${expected}${hint === undefined ? '' : ` (${hint})`}`
  })
  if (issues.length > MOST_ISSUES_SHOWN) lines.push(`… and ${issues.length - MOST_ISSUES_SHOWN} more`)
  return lines.length === 1 ? `${subject}: ${lines[0]}` : `${subject}:\n  ${lines.join('\n  ')}`
}

function parse<Schema extends z.ZodType>(subject: string, schema: Schema, value: unknown): z.output<Schema> {
  const read = schema.safeParse(value)
  const issues = read.success ? [] : read.error.issues.flatMap((issue) => toInputIssues(issue, value, schema))
  const reserved = findReservedKeys(value)
  if (read.success && reserved.length === 0) return read.data
  throw new InputError(subject, [...issues, ...reserved])
}
