import * as z from 'zod'
import type { InputIssue, ReportIssue } from '../../../models/contract/input-issues.js'
import { InputError } from '../../../models/contract/parse.js'
import { parseValue } from '../../../models/contract/parse-value.js'
import { identifier, quantity } from '../../../models/contract/quantities.js'
import { type ForecastChoice, forecastChoice } from '../../../models/contract/study.js'
import type { Unchecked } from '../../../models/contract/unchecked.js'
import { readTable, type TableInput } from '../table/read-table.js'
import { listNames, placeOf, type Table } from '../table/table.js'
import type { Forecast } from './forecast.js'
import { checkGrid, findStep } from './grid.js'
import { findLayout, type Layout } from './layout.js'
import { equalise } from './lengths.js'
import { dateOf } from './moments.js'
import { readSamples, type Sample } from './samples.js'
import { selectPeriods } from './selection.js'
import { countRequests, TRACE_SERIES } from './trace.js'

/** Series as a JSON file has them: `{ "stepSeconds": 600, "unit": "replicas", "series": { "chat": [3, 4, 4] } }`. */
const seriesList = z.strictObject({
  stepSeconds: z.number().min(1e-9).max(1e15),
  startsAt: z.iso.datetime({ offset: true }).optional(),
  unit: z.enum(['replicas', 'requestsPerSecond']).default('replicas'),
  series: z.record(identifier, z.array(quantity).min(1))
})
/** Series as a JSON file has them. */
export type SeriesList = z.input<typeof seriesList>

/**
 * Demand over time from the text of a CSV file, from rows with the same columns, or from a `SeriesList`. `findLayout` says which
 * columns a table may have; of a trace every row is a request, and its one series is called `requests`. Every series begins at
 * the same time and has a value every `step` seconds, without gaps. Throws InputError that names row and column.
 */
export function readForecast(
  input: Unchecked<TableInput | SeriesList>,
  choice: ForecastChoice = forecastChoice.parse({})
): Forecast {
  const isTable = typeof input === 'string' || Array.isArray(input)
  return selectPeriods(isTable ? fromTable(readTable(input, 'forecast'), choice) : fromList(input, choice), choice)
}

function fromList(input: unknown, choice: ForecastChoice): Forecast {
  const read = parseValue('forecast', seriesList, input, 'rows, or series { stepSeconds, series }')
  const { stepSeconds, startsAt, unit } = read
  const entries = Object.entries(read.series)
  if (entries.length === 0) {
    throw new InputError('forecast', [{ path: 'series', found: 'an empty mapping', expected: 'at least one series' }])
  }
  if (choice.step !== undefined && choice.step !== stepSeconds) {
    const expected = `${choice.step}, the "step" of the study`
    throw new InputError('forecast', [{ path: 'stepSeconds', found: String(stepSeconds), expected }])
  }
  const series = new Map(entries.map(([name, values]) => [name, { values, end: `series.${name}` }]))
  const start = startsAt === undefined ? {} : { startsAt: new Date(startsAt).toISOString() }
  return { stepSeconds, ...start, ...equalise(series, unit, choice) }
}

function fromTable(table: Table, choice: ForecastChoice): Forecast {
  const layout = findLayout(table, choice)
  const issues = new Map<string, InputIssue>()
  // A place is named once: in a table with a column for each series, a wrong time is wrong for all of them.
  const report: ReportIssue = (path, found, expected, hint) => {
    if (!issues.has(path)) issues.set(path, { path, found, expected, ...(hint === undefined ? {} : { hint }) })
  }
  const refuse = () => {
    if (issues.size > 0) throw new InputError('forecast', [...issues.values()])
  }
  if (layout.form === 'trace') {
    const trace = countRequests(table, layout.time, choice.step, report)
    refuse()
    const { rates, notes, ...grid } = trace as NonNullable<typeof trace>
    const series = new Map([[TRACE_SERIES, { values: rates, end: '' }]])
    return { ...grid, ...equalise(series, 'requestsPerSecond', choice), notes }
  }
  const samples = readSamples(table, layout, report)
  refuse()
  const stepSeconds = choice.step ?? findStep(samples)
  if (stepSeconds === null) throw new InputError('forecast', [noStep(table)])
  checkGrid(table, layout.time, samples, stepSeconds, report)
  refuse()
  const series = new Map(
    [...samples].map(([name, own]) => [
      name,
      { values: own.map(({ value }) => value), end: endOf(table, layout, name, own) }
    ])
  )
  const equal = equalise(series, layout.unit, choice)
  const isUnitAssumed = layout.form === 'wide' && choice.unit === undefined
  return {
    stepSeconds,
    ...startOf(samples),
    ...equal,
    ...(isUnitAssumed && { isUnitAssumed }),
    notes: [...passedOver(table, layout), ...equal.notes]
  }
}

/** Where a series ends: with its last row, or in the column that has no more. */
function endOf(table: Table, layout: Layout, name: string, samples: readonly Sample[]): string {
  const last = samples.at(-1)
  if (layout.form === 'long') return placeOf(table, (last as Sample).line, layout.time)
  const line = last?.line ?? table.headerLine
  return placeOf(table, line, table.columns.indexOf(name))
}

function startOf(samples: ReadonlyMap<string, readonly Sample[]>): { startsAt?: string } {
  const first = [...samples.values()].flat()[0]
  return first?.moment.isDate === true ? { startsAt: dateOf(first.moment.seconds) } : {}
}

function noStep(table: Table): InputIssue {
  const { line } = table.rows[0] as { line: number }
  return {
    path: placeOf(table, line),
    found: 'a single moment',
    expected: 'a second one, or the "step" in the forecast of the study'
  }
}

function passedOver({ columns }: Table, layout: Layout): string[] {
  if (layout.form !== 'long') return []
  const used = [layout.time, layout.name, layout.value]
  const others = columns.filter((_, index) => !used.includes(index))
  return others.length === 0 ? [] : [`forecast: columns passed over: ${listNames(others)}`]
}
