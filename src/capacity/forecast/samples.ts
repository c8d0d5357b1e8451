import { describeValue } from '../../../models/contract/describe-input.js'
import type { ReportIssue } from '../../../models/contract/input-issues.js'
import { readAmount } from '../table/amounts.js'
import { placeOf, type Table, type TableRow } from '../table/table.js'
import type { DemandUnit } from './forecast.js'
import type { Layout } from './layout.js'
import { type Moment, readMoment } from './moments.js'

/** A value of a series, and the row and column that say it. */
export interface Sample {
  readonly line: number
  readonly column: number
  readonly moment: Moment
  readonly value: number
}

/** The samples of each series, by name, in the order of their rows. What is wrong with a cell is reported, and its row passed over. */
export function readSamples(
  table: Table,
  layout: Exclude<Layout, { form: 'trace' }>,
  report: ReportIssue
): Map<string, Sample[]> {
  const moments = readMoments(table, layout.time, report)
  const isWide = layout.form === 'wide'
  const series = new Map<string, Sample[]>(
    isWide ? layout.series.map((column) => [table.columns[column] as string, []]) : []
  )
  const ends = isWide ? layout.series.map((column) => lastFilled(table.rows, column)) : []
  for (const [index, { line, cells }] of table.rows.entries()) {
    const moment = moments[index]
    if (moment === undefined) continue
    const add = (name: string, column: number) => {
      const value = readAmount(cells[column], WORDS[layout.unit])
      if (typeof value !== 'number')
        return report(placeOf(table, line, column), value.found, value.expected, value.hint)
      const samples = series.get(name) ?? []
      if (samples.length === 0) series.set(name, samples)
      samples.push({ line, column, moment, value })
    }
    if (!isWide) {
      const name = cells[layout.name]
      if (typeof name === 'string' && name !== '') add(name, layout.value)
      else report(placeOf(table, line, layout.name), nameless(name), 'the name of a deployment or workload')
    } else {
      // Below its last value a series has ended; an empty cell above it is a gap.
      for (const [position, column] of layout.series.entries())
        if (index <= (ends[position] as number)) add(table.columns[column] as string, column)
    }
  }
  return series
}

const WORDS: Readonly<Record<DemandUnit, string>> = {
  requestsPerSecond: 'requests per second',
  replicas: 'replicas'
}

/** The moment of each row: all in seconds, or all date-times. */
export function readMoments(table: Table, column: number, report: ReportIssue): (Moment | undefined)[] {
  let first: { moment: Moment; line: number } | undefined
  return table.rows.map(({ line, cells }) => {
    const moment = readMoment(cells[column])
    if ('found' in moment) {
      report(placeOf(table, line, column), moment.found, moment.expected, moment.hint)
      return undefined
    }
    first ??= { moment, line }
    if (first.moment.isDate === moment.isDate) return moment
    const expected = `${first.moment.isDate ? 'a date-time' : 'seconds'}, as in ${placeOf(table, first.line)}`
    report(placeOf(table, line, column), describeValue(cells[column]), expected)
    return undefined
  })
}

function nameless(cell: unknown): string {
  return cell === '' ? 'an empty cell' : describeValue(cell)
}

function lastFilled(rows: readonly TableRow[], column: number): number {
  return rows.reduce((last, { cells }, index) => (cells[column] === '' ? last : index), -1)
}
