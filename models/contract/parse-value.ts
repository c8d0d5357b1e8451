import type { z } from 'zod'
import { findReservedKeys, type InputIssue, toInputIssues } from './input-issues.js'
import { type ImportedSystem, printedBy } from './printed-by.js'

/** A file that does not say what the contract asks for. `issues` has every place that is wrong. */
export class InputError extends Error {
  override readonly name = 'InputError'
  readonly code = 'invalid-input'
  constructor(
    /** What was read: `problem`, `placement`, `result`, `study`, `catalogue`, `forecast`. */
    readonly subject: string,
    readonly issues: readonly InputIssue[]
  ) {
    super(describeIssues(subject, issues))
  }
}

const MOST_ISSUES_SHOWN = 10

/** Issues as one message; `whole` is what the value itself is called, in the place of a path. */
export function describeIssues(subject: string, issues: readonly InputIssue[], whole = ''): string {
  const lines = issues.slice(0, MOST_ISSUES_SHOWN).map(({ path, found, expected, hint }) => {
    const place = path === '' ? whole : path
    return `${place === '' ? '' : `${place}: `}found ${found}, expected ${expected}${hint === undefined ? '' : ` (${hint})`}`
  })
  if (issues.length > MOST_ISSUES_SHOWN) lines.push(`… and ${issues.length - MOST_ISSUES_SHOWN} more`)
  return lines.length === 1 ? `${subject}: ${lines[0]}` : `${subject}:\n  ${lines.join('\n  ')}`
}

/** A value as its schema reads it, every default filled in; `whole` says what it should be. Throws InputError. */
export function parseValue<Schema extends z.ZodType>(
  subject: string,
  schema: Schema,
  value: unknown,
  whole: string
): z.output<Schema> {
  const read = schema.safeParse(value)
  const issues = (read.success ? [] : read.error.issues).flatMap((found) =>
    toInputIssues(found, value, schema).map((issue) =>
      // What a schema says of a whole in words of its own is more than what all of it should be.
      issue.path === '' && found.code !== 'custom' ? { ...issue, expected: whole } : issue
    )
  )
  const reserved = findReservedKeys(value)
  if (read.success && reserved.length === 0) return read.data
  const mistaken = describeMistaken(subject, value)
  throw new InputError(subject, mistaken === null ? [...issues, ...reserved] : [{ ...mistaken, expected: whole }])
}

const PRINTED: Readonly<Record<ImportedSystem, string>> = {
  kubernetes: 'what looks like a snapshot of Kubernetes',
  ray: "what looks like an answer of Ray's dashboard"
}

/** What a value is that is well known and not what was asked for: one word says more than all keys that are missing. */
function describeMistaken(subject: string, value: unknown): Omit<InputIssue, 'expected'> | null {
  if (typeof value !== 'object' || value === null) return null
  const describesCluster = subject === 'problem' || subject === 'study'
  const has = (...keys: readonly string[]) => keys.every((key) => Object.hasOwn(value, key))
  if (has('termination') || has('plan')) {
    const isMistaken = describesCluster && has('termination', 'plan')
    return isMistaken ? { path: '', found: 'what looks like a Result' } : null
  }
  if (has('nodes', 'deployments')) return describesCluster ? null : { path: '', found: 'what looks like a Problem' }
  const printer = describesCluster && !has('schemaVersion') ? printedBy(value) : undefined
  if (printer !== undefined) {
    return { path: '', found: PRINTED[printer], hint: `replica-compactor import ${printer} FILE makes a Problem of it` }
  }
  if (!has('placement') || has('objective') || has('initial') || subject === 'placement') return null
  const found = 'what looks like a placement'
  return { path: '', found, ...(subject === 'result' ? { hint: 'sequence makes a Result of it' } : {}) }
}
