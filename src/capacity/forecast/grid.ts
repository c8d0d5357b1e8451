import { describeValue } from '../../../models/contract/describe-input.js'
import type { ReportIssue } from '../../../models/contract/input-issues.js'
import { placeOf, type Table } from '../table/table.js'
import { formatMoment } from './moments.js'
import type { Sample } from './samples.js'

/** Seconds from one value to the next: the difference that is met most often, of equally frequent ones the first; null where all stand alone. */
export function findStep(series: ReadonlyMap<string, readonly Sample[]>): number | null {
  const met = new Map<number, number>()
  for (const samples of series.values()) {
    for (let index = 1; index < samples.length; index++) {
      const difference = roundSeconds(secondsBetween(samples[index - 1] as Sample, samples[index] as Sample))
      if (difference > 0) met.set(difference, (met.get(difference) ?? 0) + 1)
    }
  }
  const ranked = [...met].sort(([, often], [, oftener]) => oftener - often)
  return ranked[0]?.[0] ?? null
}

/** Reports every value that does not come `step` seconds after the one before it, and series that begin at another time than the first. */
export function checkGrid(
  table: Table,
  timeColumn: number,
  series: ReadonlyMap<string, readonly Sample[]>,
  step: number,
  report: ReportIssue
): void {
  const [first] = [...series].flatMap(([name, [sample]]) => (sample === undefined ? [] : [{ name, sample }]))
  for (const [name, samples] of series) {
    for (const [index, sample] of samples.entries()) {
      const before = samples[index - 1]
      const fault =
        before !== undefined
          ? describeStep(table, before, sample, step)
          : first !== undefined && !isSame(sample.moment.seconds, first.sample.moment.seconds, step)
            ? {
                found: `${formatMoment(sample.moment)} as the first time of ${describeValue(name)}`,
                expected: `${formatMoment(first.sample.moment)}, with which ${describeValue(first.name)} begins`
              }
            : null
      if (fault !== null) report(placeOf(table, sample.line, timeColumn), fault.found, fault.expected)
    }
  }
}

function describeStep(table: Table, before: Sample, sample: Sample, step: number) {
  const now = formatMoment(sample.moment)
  const earlier = placeOf(table, before.line)
  const difference = secondsBetween(before, sample)
  if (isSame(difference, step, step)) return null
  const next = formatMoment({ ...before.moment, seconds: before.moment.seconds + step })
  if (difference === 0) return { found: `${now} a second time`, expected: `every time once: ${earlier} has it` }
  if (difference < 0)
    return { found: `${now} after ${formatMoment(before.moment)}`, expected: 'times in ascending order' }
  const missing = Math.round(difference / step) - 1
  if (missing > 0 && isSame(difference, (missing + 1) * step, step)) {
    return { found: `${now}, with ${missing} missing after ${earlier}`, expected: `${next}: a value every ${step} s` }
  }
  return {
    found: `${now}, ${roundSeconds(difference)} s after ${earlier}`,
    expected: `${next}: a value every ${step} s`
  }
}

function secondsBetween(before: Sample, after: Sample): number {
  return after.moment.seconds - before.moment.seconds
}

function isSame(left: number, right: number, step: number): boolean {
  return Math.abs(left - right) <= 1e-6 * Math.max(1, step)
}

/** Differences of date-times are exact to a microsecond. */
function roundSeconds(seconds: number): number {
  return Math.round(seconds * 1e6) / 1e6
}
