import type { InputIssue } from '../../../models/contract/input-issues.js'
import { headerPlace, listNames, type Table } from './table.js'

/** Index of the first column with one of these names, upper and lower case alike; −1 where there is none. */
export function findColumn({ columns }: Table, ...names: readonly string[]): number {
  const wanted = names.map((name) => name.toLowerCase())
  return columns.findIndex((column) => wanted.includes(column.toLowerCase()))
}

/** What to say where a column is missing: the columns that there are, and what was looked for. */
export function missingColumn(table: Table, expected: string, hint?: string): InputIssue {
  const found = `the columns ${listNames(table.columns)}`
  return { path: headerPlace(table), found, expected, ...(hint === undefined ? {} : { hint }) }
}
