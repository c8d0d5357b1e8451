import { describeValue } from '../../../models/contract/describe-input.js'
import { InputError, parseValue } from '../../../models/contract/parse-value.js'
import { type Change, change, changeKinds, kindOf } from './change.js'
import { readJson } from './json-line.js'

/**
 * A change of one line: its kind, a colon and the rest, such as `growth:1.3`, `price:g5.xlarge:1.2` or `remove-type:p4d.24xlarge`; or the
 * whole change in JSON. Throws InputError.
 */
export function parseChangeLine(text: string): Change {
  const line = text.trim()
  if (line.startsWith('{')) {
    const value = readJson(line)
    if (value === undefined) throw fault(line, 'a change in JSON, such as {"kind": "growth", "factor": 1.3}')
    return readChange(value)
  }
  const [name = '', ...rest] = line.split(':')
  const kind = changeKinds.get(name)
  if (kind === undefined) throw fault(line, `a change that begins with one of ${[...changeKinds.keys()].join(', ')}`)
  const said = rest.length === 0 ? undefined : kind.readLine(rest.join(':'))
  if (said === undefined) throw fault(line, kind.form)
  try {
    return readChange({ kind: name, ...said })
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    const place = (path: string) => (path === '' ? line : `${line}, ${path}`)
    const issues = error.issues.map((issue) => ({ ...issue, path: place(issue.path), hint: kind.form }))
    throw new InputError('change', issues)
  }
}

/** The change in one line: what `parseChangeLine` reads, short where there is a short form. */
export function formatChange(made: Change): string {
  const line = kindOf(made).writeLine(made)
  return line === undefined ? JSON.stringify(made) : `${made.kind}:${line}`
}

function fault(line: string, expected: string): InputError {
  return new InputError('change', [{ path: '', found: describeValue(line), expected }])
}

function readChange(value: unknown): Change {
  return parseValue('change', change, value, 'a change { kind, … }')
}
