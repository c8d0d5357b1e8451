import { parse } from '#csv-parse'
import { describeValue } from '../../../models/contract/describe-input.js'
import type { InputIssue } from '../../../models/contract/input-issues.js'
import { InputError } from '../../../models/contract/parse.js'
import { listNames, placeOf, type Table, type TableRow } from './table.js'

/**
 * A CSV text (RFC 4180: commas, a header, quotes where a cell contains a comma) as a table. Empty lines are passed over, spaces
 * around a cell belong to nobody. Throws InputError that names the rows at fault.
 */
export function parseCsv(text: string, subject: string): Table {
  const records = readRecords(text, subject)
  const [header, ...rows] = records
  if (header === undefined) {
    throw new InputError(subject, [{ path: '', found: 'nothing in it', expected: 'a line of column names, then rows' }])
  }
  const columns = header.cells as readonly string[]
  const table: Table = { subject, form: 'csv', columns, headerLine: header.line, rows }
  const issues = checkHeader(table)
  if (issues.length === 0) issues.push(...checkWidths(table))
  if (issues.length > 0) throw new InputError(subject, issues)
  return table
}

function readRecords(text: string, subject: string): TableRow[] {
  // One kind of line end, so that lines are counted as an editor counts them.
  const lines = text.replace(/\r\n?/g, '\n')
  const options = { bom: true, info: true, relax_column_count: true, skip_empty_lines: true, trim: true } as const
  try {
    const records = parse(lines, { ...options, record_delimiter: '\n' }) as unknown
    return (records as { record: string[]; info: { lines: number } }[]).map(({ record, info }) => ({
      // A quoted cell may go over several lines, and the parser says the last one.
      line: info.lines - record.reduce((sum, cell) => sum + cell.split('\n').length - 1, 0),
      cells: record
    }))
  } catch (error) {
    const issue = describeSyntax(error, lines)
    if (issue === null) throw error
    throw new InputError(subject, [issue])
  }
}

/** What the parser found wrong with quotes; null for anything else. */
function describeSyntax(error: unknown, text: string): InputIssue | null {
  const { code, lines } = error as { code?: string; lines?: number }
  switch (code) {
    case 'CSV_QUOTE_NOT_CLOSED': {
      const expected = 'a second one at the end of the cell'
      return { path: `row ${lineOfOpenQuote(text)}`, found: 'a quote that is never closed', expected }
    }
    case 'CSV_INVALID_CLOSING_QUOTE':
    case 'CSV_NON_TRIMABLE_CHAR_AFTER_CLOSING_QUOTE':
      return { path: `row ${lines}`, found: 'more after a closing quote', expected: 'a comma or the end of the line' }
    case 'INVALID_OPENING_QUOTE': {
      const expected = 'quotes around the whole cell, and two for each inside'
      return { path: `row ${lines}`, found: 'a quote inside a cell', expected }
    }
    default:
      return null
  }
}

/** The line of the quote that opens a cell and is never closed; two in a row stand for one inside. */
function lineOfOpenQuote(text: string): number {
  let opening = 0
  let closing = -1
  let isOpen = false
  for (let at = text.indexOf('"'); at !== -1; at = text.indexOf('"', at + 1)) {
    if (isOpen) closing = at
    else if (at !== closing + 1 || closing === -1) opening = at
    isOpen = !isOpen
  }
  return text.slice(0, opening).split('\n').length
}

function checkHeader(table: Table): InputIssue[] {
  const { columns, headerLine, rows } = table
  const path = placeOf(table, headerLine)
  const [only = ''] = columns
  const separator = [';', '\t', '|'].find((mark) => columns.length === 1 && only.includes(mark))
  if (separator !== undefined) {
    const expected = 'columns with commas between them, and points in numbers'
    return [{ path, found: `columns with ${describeValue(separator)} between them`, expected }]
  }
  const issues: InputIssue[] = []
  for (const [index, name] of columns.entries()) {
    if (name === '') {
      issues.push({ path, found: `no name for column ${index + 1}`, expected: 'a name for every column' })
    } else if (columns.indexOf(name) < index) {
      const expected = 'every column once'
      issues.push({ path: placeOf(table, headerLine, index), found: 'a second column of this name', expected })
    }
  }
  if (issues.length === 0 && rows.length === 0) {
    issues.push({ path: '', found: `the columns ${listNames(columns)}, and no rows`, expected: 'at least one row' })
  }
  return issues
}

function checkWidths(table: Table): InputIssue[] {
  const { columns, rows } = table
  return rows.flatMap(({ line, cells }): InputIssue[] => {
    if (cells.length === columns.length) return []
    return [
      {
        path: placeOf(table, line),
        found: `${cells.length} ${cells.length === 1 ? 'cell' : 'cells'}`,
        expected: `${columns.length}: ${listNames(columns)}`,
        ...(cells.length > columns.length ? { hint: 'a cell with a comma in it needs quotes around it' } : {})
      }
    ]
  })
}
