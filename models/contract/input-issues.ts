import * as z from 'zod'
import { describeValue, formatPath } from './describe-input.js'

/** Something wrong in a file: where, what stands there, what should, and how to mend it. */
export interface InputIssue {
  /** Path inside the file, such as `nodes[3].capacity.gpu`; empty for all of it. */
  readonly path: string
  readonly found: string
  readonly expected: string
  readonly hint?: string
}

/** Notes down an InputIssue. */
export type ReportIssue = (path: string, found: string, expected: string, hint?: string) => void

/** What zod says of a value, in the words of the contract: place, found, expected. */
export function toInputIssues(issue: z.core.$ZodIssue, root: unknown, schema: z.core.$ZodType): InputIssue[] {
  if (issue.code === 'unrecognized_keys') {
    const known = keysAt(schema, issue.path, root)
    return issue.keys.map((key) => ({
      path: formatPath([...issue.path, key]),
      found: 'an unknown key',
      expected: known.length === 0 ? 'a key of the schema' : `one of ${known.join(', ')}`,
      hint: 'a typo here would silently relax a constraint'
    }))
  }
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    // Where one of the shapes is right from outside, what is wrong inside it says more than all shapes.
    const inner = issue.errors.find((errors) => errors.every(({ path }) => path.length > 0))?.[0]
    if (inner !== undefined) return toInputIssues({ ...inner, path: [...issue.path, ...inner.path] }, root, schema)
  }
  return [
    { path: formatPath(issue.path), found: describeValue(valueAt(root, issue.path)), expected: expectation(issue) }
  ]
}

/**
 * Keys named `__proto__`, wherever they are. JavaScript's mappings treat the name in ways of their own, so that what stands
 * under it would be lost.
 */
export function findReservedKeys(root: unknown): InputIssue[] {
  const issues: InputIssue[] = []
  const seen = new Set<unknown>()
  const open: { value: unknown; path: readonly PropertyKey[] }[] = [{ value: root, path: [] }]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value, path } = next
    if (typeof value !== 'object' || value === null || seen.has(value) || path.length > DEEPEST) continue
    seen.add(value)
    if (Object.hasOwn(value, '__proto__')) {
      issues.push({ path: formatPath([...path, '__proto__']), found: 'the key "__proto__"', expected: 'another name' })
    }
    const entries: Iterable<[PropertyKey, unknown]> = Array.isArray(value) ? value.entries() : Object.entries(value)
    for (const [key, inner] of entries) {
      if (typeof inner === 'object' && inner !== null) open.push({ value: inner, path: [...path, key] })
    }
  }
  return issues
}

/** No schema of the contract is deeper. */
const DEEPEST = 12

const NOUNS: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a finite number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  tuple: 'a list',
  object: 'a mapping',
  record: 'a mapping',
  null: 'null'
}

function expectation(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return NOUNS[issue.expected] ?? issue.expected
    case 'too_small':
      return extent(issue.origin, 'least', Number(issue.minimum))
    case 'too_big':
      return extent(issue.origin, 'most', Number(issue.maximum))
    case 'invalid_value':
      return `${issue.values.length > 1 ? 'one of ' : ''}${issue.values.map((value) => JSON.stringify(value)).join(', ')}`
    case 'invalid_key':
      return issue.issues[0] === undefined ? 'another name' : `as a name ${expectation(issue.issues[0])}`
    case 'invalid_format':
      return issue.format === 'datetime' ? 'a time such as 2026-11-01T08:00:00Z' : `a ${issue.format}`
    case 'invalid_union':
      if ('options' in issue && Array.isArray(issue.options))
        return `one of ${issue.options.map((option) => JSON.stringify(option)).join(', ')}`
      return issue.errors.flatMap((errors) => (errors[0] === undefined ? [] : [expectation(errors[0])])).join(' or ')
    default:
      return issue.message
  }
}

function extent(origin: string, bound: 'least' | 'most', limit: number): string {
  const plural = limit === 1 ? '' : 's'
  if (origin === 'string') return `a text of at ${bound} ${limit} character${plural}`
  if (origin === 'array') return `a list of at ${bound} ${limit === 1 ? '1 entry' : `${limit} entries`}`
  return `a number of at ${bound} ${limit}`
}

function valueAt(root: unknown, path: readonly PropertyKey[]): unknown {
  let value = root
  for (const part of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return undefined
    value = (value as Record<PropertyKey, unknown>)[part]
  }
  return value
}

/** The keys that a schema knows at a path; empty where it takes none or any. */
function keysAt(schema: z.core.$ZodType, path: readonly PropertyKey[], root: unknown): string[] {
  let here = schema
  for (let depth = 0; ; ) {
    if (here instanceof z.ZodDiscriminatedUnion) {
      const { discriminator } = here.def
      const value = valueAt(root, [...path.slice(0, depth), discriminator])
      const fitting = here.options.find(
        (option) => option instanceof z.ZodObject && option.shape[discriminator]?.safeParse(value).success === true
      )
      if (fitting === undefined) return []
      here = fitting
    } else if (here instanceof z.ZodOptional || here instanceof z.ZodNullable || here instanceof z.ZodDefault) {
      here = here.unwrap()
    } else if (here instanceof z.ZodPrefault) {
      here = here.unwrap()
    } else if (depth === path.length) {
      return here instanceof z.ZodObject ? Object.keys(here.shape) : []
    } else {
      const part = path[depth++] as PropertyKey
      const next =
        here instanceof z.ZodObject
          ? here.shape[String(part)]
          : here instanceof z.ZodArray
            ? here.element
            : here instanceof z.ZodRecord
              ? here.valueType
              : undefined
      if (next === undefined) return []
      here = next
    }
  }
}
