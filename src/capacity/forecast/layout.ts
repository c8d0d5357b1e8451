import { InputError } from '../../../models/contract/parse.js'
import type { ForecastChoice } from '../../../models/contract/study.js'
import { findColumn, missingColumn } from '../table/columns.js'
import { headerPlace, type Table } from '../table/table.js'
import type { DemandUnit } from './forecast.js'

/** What the columns of a table of demand are, by index. */
export type Layout =
  /** A row for each series and moment. */
  | {
      readonly form: 'long'
      readonly time: number
      readonly name: number
      readonly value: number
      readonly unit: DemandUnit
    }
  /** A row for each moment, a column for each series. */
  | { readonly form: 'wide'; readonly time: number; readonly series: readonly number[]; readonly unit: DemandUnit }
  /** A row for each request. */
  | { readonly form: 'trace'; readonly time: number }

const TIME = ['t_s', 'time', 'timestamp', 'datetime', 'date', 'seconds']
const NAME = ['workload', 'deployment']
const UNITS = ['requestsPerSecond', 'replicas'] as const
/** What traces of requests say of each; beside a time and nothing else, such columns are no series. */
const OF_A_REQUEST = [
  'contexttokens',
  'generatedtokens',
  'inputtokens',
  'outputtokens',
  'prompttokens',
  'request_id',
  'model'
]

/**
 * What a table of demand is, by the names of its columns; throws InputError where they leave it open. Beside a time (`t_s`, `time`,
 * `timestamp`, `datetime`, `date`, `seconds`):
 * - long: `workload` or `deployment`, and `requestsPerSecond` or `replicas`; others are passed over;
 * - trace: nothing, or only what is said of single requests, such as `ContextTokens`;
 * - wide: a column for each series.
 */
export function findLayout(table: Table, choice: Pick<ForecastChoice, 'unit'>): Layout {
  const time = findColumn(table, ...TIME)
  const name = findColumn(table, ...NAME)
  const values = UNITS.filter((unit) => findColumn(table, unit) >= 0)
  if (time < 0) throw refuse(table, `a column of times: ${TIME.join(', ')}`)
  if (name >= 0) {
    const [unit] = values
    if (unit === undefined) throw refuse(table, `a column "${UNITS[0]}" or "${UNITS[1]}"`)
    if (values.length > 1) {
      const found = `both "${UNITS[0]}" and "${UNITS[1]}"`
      throw new InputError(table.subject, [{ path: headerPlace(table), found, expected: 'one of them' }])
    }
    return { form: 'long', time, name, value: findColumn(table, unit), unit }
  }
  if (values.length > 0)
    throw refuse(table, `a column "${NAME[0]}" or "${NAME[1]}"`, 'or a column for each deployment, named after it')
  const series = table.columns.flatMap((_, index) => (index === time ? [] : [index]))
  if (series.every((index) => OF_A_REQUEST.includes((table.columns[index] as string).toLowerCase()))) {
    return { form: 'trace', time }
  }
  return { form: 'wide', time, series, unit: choice.unit ?? 'replicas' }
}

function refuse(table: Table, expected: string, hint?: string): InputError {
  return new InputError(table.subject, [missingColumn(table, expected, hint)])
}
