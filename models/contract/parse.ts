import { z } from 'zod'
import { describeValue, formatPath } from './describe-input.js'
import { type Placement, placement } from './placement.js'
import { type Problem, problem } from './problem.js'
import { checkReferences, type InputIssue } from './references.js'
import { type Result, result } from './result.js'

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
  if (read.success) return read.data
  throw new InputError(
    subject,
    read.error.issues.flatMap((issue) => toInputIssues(issue, value))
  )
}

function toInputIssues(issue: z.core.$ZodIssue, root: unknown): InputIssue[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      path: formatPath([...issue.path, key]),
      found: 'an unknown key',
      expected: 'a key of the schema',
      hint: 'a typo here would silently relax a constraint'
    }))
  }
  return [
    { path: formatPath(issue.path), found: describeValue(valueAt(root, issue.path)), expected: expectation(issue) }
  ]
}

function expectation(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.expected === 'int' ? 'a whole number' : `${article(issue.expected)} ${issue.expected}`
    case 'too_small':
      return issue.origin === 'number' ? `a number of at least ${issue.minimum}` : `at least ${issue.minimum} of them`
    case 'too_big':
      return issue.origin === 'number' ? `a number of at most ${issue.maximum}` : `at most ${issue.maximum} of them`
    case 'invalid_value':
      return `one of ${issue.values.map((value) => JSON.stringify(value)).join(', ')}`
    case 'invalid_union':
      return 'note' in issue && issue.note === 'No matching discriminator'
        ? 'a kind that the schema knows'
        : 'one of the shapes that the schema allows'
    default:
      return issue.message
  }
}

function article(noun: string): string {
  return /^[aeiou]/.test(noun) ? 'an' : 'a'
}

function valueAt(root: unknown, path: readonly PropertyKey[]): unknown {
  let value = root
  for (const part of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return undefined
    value = (value as Record<PropertyKey, unknown>)[part]
  }
  return value
}
