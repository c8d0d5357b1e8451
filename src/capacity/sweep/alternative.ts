import { describeValue } from '../../../models/contract/describe-input.js'
import type { InputIssue } from '../../../models/contract/input-issues.js'
import { InputError } from '../../../models/contract/parse.js'
import type { Change } from '../changes/change.js'
import { formatChange, parseChangeLine } from '../changes/change-line.js'

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

/** An alternative as files say it: a line, or changes, each as a line or in full, with a label. Issues get a path below `path`. */
export function readAlternative(
  value: string | { readonly label?: string | undefined; readonly changes: readonly (string | Change)[] },
  path: string,
  issues: InputIssue[]
): Alternative {
  const attempt = <Read>(place: string, read: () => Read): Read | undefined => {
    try {
      return read()
    } catch (error) {
      if (!(error instanceof InputError)) throw error
      issues.push(
        ...error.issues.map((issue) => ({ ...issue, path: issue.path === '' ? place : `${place}: ${issue.path}` }))
      )
      return undefined
    }
  }
  if (typeof value === 'string') return attempt(path, () => parseAlternative(value)) ?? { label: value, changes: [] }
  const changes = value.changes.flatMap((one, index) =>
    typeof one === 'string' ? (attempt(`${path}.changes[${index}]`, () => parseChangeLine(one)) ?? []) : one
  )
  return { label: value.label ?? (changes.length === 0 ? NONE : changes.map(formatChange).join(' & ')), changes }
}
