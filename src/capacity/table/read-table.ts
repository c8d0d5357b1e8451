import { describeValue, formatPath } from '../../../models/contract/describe-input.js'
import type { InputIssue } from '../../../models/contract/input-issues.js'
import { InputError } from '../../../models/contract/parse.js'
import type { Unchecked } from '../../../models/contract/unchecked.js'
import { parseCsv } from './parse-csv.js'
import type { Table } from './table.js'

/** A table as others give it: the text of a CSV file, or rows as a JSON file has them, one mapping of columns each. */
export type TableInput = string | readonly unknown[]

/** Reads a table. Rows of JSON need not have every column: what is missing counts as empty. Throws InputError. */
export function readTable(input: Unchecked<TableInput>, subject: string): Table {
  if (typeof input === 'string') return parseCsv(input, subject)
  if (!Array.isArray(input)) {
    throw new InputError(subject, [{ path: '', found: describeValue(input), expected: 'a list of rows' }])
  }
  // A list may have holes.
  const given: unknown[] = Array.from(input)
  const issues = given.flatMap((row, index): InputIssue[] =>
    typeof row === 'object' && row !== null && !Array.isArray(row)
      ? []
      : [{ path: formatPath([index]), found: describeValue(row), expected: 'a mapping of columns to values' }]
  )
  if (given.length === 0) issues.push({ path: '', found: 'an empty list', expected: 'at least one row' })
  if (issues.length > 0) throw new InputError(subject, issues)
  const rows = given as readonly Record<string, unknown>[]
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  return {
    subject,
    form: 'json',
    columns,
    headerLine: 0,
    rows: rows.map((row, line) => ({
      line,
      cells: columns.map((column) => (Object.hasOwn(row, column) ? (row[column] ?? '') : ''))
    }))
  }
}
