import * as z from 'zod'
import { describeValue } from '../../../models/contract/describe-input.js'
import type { InputIssue } from '../../../models/contract/input-issues.js'
import { InputError, parseValue } from '../../../models/contract/parse-value.js'
import { identifier } from '../../../models/contract/quantities.js'
import { type Change, change } from './change.js'
import { formatChange, parseChangeLine } from './change-line.js'

/** An alternative as written: a line such as `growth:1.2 & max-new:0`, or changes, each as a line or in full, with a label. */
export const alternative = z.union([
  z.string(),
  z.strictObject({ label: identifier.optional(), changes: z.array(z.union([z.string(), change])) })
])
export type AlternativeInput = z.input<typeof alternative>

/** One value of an axis: changes that are made together, and what they are called. */
export interface Alternative {
  readonly label: string
  readonly changes: readonly Change[]
}

/** What a line says for no change at all. */
const NONE = 'none'

/** An alternative of one line: changes with ` & ` between them, or `none`. It is its own label. Throws InputError. */
export function parseAlternative(line: string): Alternative {
  const label = line.trim()
  return { label, changes: label === NONE ? [] : label.split(' & ').map(parseChangeLine) }
}

/** An axis of one line, for command lines: `NAME=ALTERNATIVE|ALTERNATIVE|…`. Throws InputError. */
export function parseAxisLine(line: string): { name: string; values: string[] } {
  const at = line.indexOf('=')
  const name = line.slice(0, Math.max(0, at)).trim()
  const values = line
    .slice(at + 1)
    .split('|')
    .map((value) => value.trim())
  if (name === '' || values.includes('')) {
    const expected = 'NAME=ALTERNATIVE|ALTERNATIVE, such as growth=none|growth:1.2|growth:1.5'
    throw new InputError('axis', [{ path: '', found: describeValue(line), expected }])
  }
  return { name, values }
}

/** A list of alternatives. Throws InputError with every place that is wrong, labels that are there twice among them. */
export function parseAlternatives(subject: string, value: unknown): Alternative[] {
  const expected = 'a list of alternatives, such as "growth:1.2" or { label, changes }'
  const written = parseValue(subject, z.array(alternative).min(1), value, expected)
  const issues: InputIssue[] = []
  const read = readAlternatives(written, '', issues)
  if (issues.length > 0) throw new InputError(subject, issues)
  return read
}

/** Alternatives of which the shape is known; what is wrong in them is added to `issues`, with paths below `path`. */
export function readAlternatives(
  written: readonly z.infer<typeof alternative>[],
  path: string,
  issues: InputIssue[]
): Alternative[] {
  const labels = new Set<string>()
  return written.map((one, index) => {
    const place = `${path}[${index}]`
    const read = readAlternative(one, place, issues)
    if (labels.size === labels.add(read.label).size)
      issues.push({ path: place, found: describeValue(read.label), expected: 'a label that none before it has' })
    return read
  })
}

function readAlternative(value: z.infer<typeof alternative>, path: string, issues: InputIssue[]): Alternative {
  const attempt = <Read>(place: string, read: () => Read): Read | undefined => {
    try {
      return read()
    } catch (error) {
      if (!(error instanceof InputError)) throw error
      for (const issue of error.issues)
        issues.push({ ...issue, path: issue.path === '' ? place : `${place}: ${issue.path}` })
      return undefined
    }
  }
  if (typeof value === 'string') return attempt(path, () => parseAlternative(value)) ?? { label: value, changes: [] }
  const changes = value.changes.flatMap((one, index) =>
    typeof one === 'string' ? (attempt(`${path}.changes[${index}]`, () => parseChangeLine(one)) ?? []) : one
  )
  return { label: value.label ?? (changes.length === 0 ? NONE : changes.map(formatChange).join(' & ')), changes }
}
