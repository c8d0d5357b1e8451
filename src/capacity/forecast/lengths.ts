import { describeValue } from '../../../models/contract/describe-input.js'
import type { InputIssue } from '../../../models/contract/input-issues.js'
import { InputError } from '../../../models/contract/parse.js'
import type { ForecastChoice } from '../../../models/contract/study.js'
import { counted } from '../../result/conflict/words.js'
import type { DemandSeries, DemandUnit } from './forecast.js'

/** The values of a series, and where a message says that it ends. */
export interface RaggedSeries {
  readonly values: readonly number[]
  readonly end: string
}

/**
 * Series of one length: that of the longest. Shorter ones are repeated from their beginning, and a note says so, or refused. Throws
 * InputError that names the last place of each.
 */
export function equalise(
  series: ReadonlyMap<string, RaggedSeries>,
  unit: DemandUnit,
  { shorter }: Pick<ForecastChoice, 'shorter'>
): { periods: number; series: Map<string, DemandSeries>; notes: string[] } {
  const longest = [...series].reduce((best, item) => (item[1].values.length > best[1].values.length ? item : best))
  const periods = longest[1].values.length
  const issues: InputIssue[] = []
  const repeated: string[] = []
  for (const [name, { values, end }] of series) {
    if (values.length === periods) continue
    const found = `the end of ${describeValue(name)} after ${counted(values.length, 'value')}`
    if (values.length === 0) issues.push({ path: end, found: 'no values', expected: 'at least one' })
    else if (shorter === 'error') {
      const expected = `${periods}, as ${describeValue(longest[0])} has`
      issues.push({ path: end, found, expected, hint: '"shorter": "repeat" in the forecast of a study repeats it' })
    } else repeated.push(`${describeValue(name)} (${values.length})`)
  }
  if (issues.length > 0) throw new InputError('forecast', issues)
  const notes = repeated.length === 0 ? [] : [`forecast: repeated up to ${periods} values: ${repeated.join(', ')}`]
  return {
    periods,
    series: new Map(
      [...series].map(([name, { values }]) => [
        name,
        { unit, values: Float64Array.from({ length: periods }, (_, index) => values[index % values.length] as number) }
      ])
    ),
    notes
  }
}
