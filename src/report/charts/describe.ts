import { type Axis, nameAxis } from './axis.js'

const MOST_TOLD = 12

/** A chart in words, for those who do not see it: what is drawn against what, and where each series begins, ends and is highest. */
export function describeChart(
  x: Axis,
  y: Axis,
  series: readonly { readonly name: string; readonly values: readonly (number | null)[] }[]
): string {
  const write = (value: number) => (y.format ?? formatValue)(value)
  const told = series.slice(0, MOST_TOLD).map(({ name, values }) => {
    const known = values.flatMap((value) => value ?? [])
    const [first, last] = [known[0], known.at(-1)]
    if (first === undefined || last === undefined) return `${name}: nothing known.`
    const most = known.reduce((greatest, value) => Math.max(greatest, value))
    return `${name}: ${write(first)} to ${write(last)}, at most ${write(most)}.`
  })
  const untold = series.length - told.length
  return [`${nameAxis(y)} against ${nameAxis(x)}.`, ...told, ...(untold > 0 ? [`And ${untold} more.`] : [])].join(' ')
}

const VALUE = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 6 })

/** A value whose axis does not say how it reads. */
export function formatValue(value: number): string {
  const size = Math.abs(value)
  return size >= 1e15 || (size > 0 && size < 1e-6) ? value.toExponential(3) : VALUE.format(value)
}
