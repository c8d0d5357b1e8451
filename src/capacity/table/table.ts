import { describeValue, formatPath } from '../../../models/contract/describe-input.js'

/** One row: a cell for each column, and its line in the file as an editor counts (of JSON its index in the list). */
export interface TableRow {
  readonly line: number
  readonly cells: readonly unknown[]
}

/** Rows of named cells. What a message says of a place is `placeOf`'s. */
export interface Table {
  /** What was read, for messages: `catalogue` or `forecast`. */
  readonly subject: string
  readonly form: 'csv' | 'json'
  readonly columns: readonly string[]
  /** Line of the header, 0 in JSON. */
  readonly headerLine: number
  readonly rows: readonly TableRow[]
}

/** Where a cell stands: `row 17, column requestsPerSecond`, or in JSON `[16].requestsPerSecond`. */
export function placeOf({ form, columns }: Pick<Table, 'form' | 'columns'>, line: number, column?: number): string {
  const name = column === undefined ? undefined : (columns[column] as string)
  if (form === 'json') return formatPath(name === undefined ? [line] : [line, name])
  const row = `row ${line}`
  return name === undefined ? row : `${row}, column ${/^[\w.:/-]+$/.test(name) ? name : describeValue(name)}`
}

/** Where the names of the columns stand. */
export function headerPlace(table: Table): string {
  return table.form === 'json' ? '' : placeOf(table, table.headerLine)
}

/** Names as a message lists them. */
export function listNames(names: readonly string[]): string {
  return names.map((name) => (/^[\w.:/-]+$/.test(name) ? name : describeValue(name))).join(', ')
}
