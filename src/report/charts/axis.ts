import { scaleLinear } from 'd3-scale'
import { timeTicks } from './time-ticks.js'

/** What is drawn along one side of a chart. */
export interface Axis {
  readonly label: string
  /** Said beside the label: `an hour`, `GPUs`. */
  readonly unit?: string
  /** time: seconds, marked at whole minutes, hours or days. whole: counts, marked at whole numbers. = number */
  readonly kind?: 'number' | 'whole' | 'time'
  /** How marks and values read; = as many digits as the marks need. */
  readonly format?: (value: number) => string
  /** Whether the axis begins at 0 in any case. = true for what is drawn upwards, false for what is drawn across */
  readonly zero?: boolean
}

/** An axis laid out: where values are, and where its marks. */
export interface Scale {
  readonly first: number
  readonly last: number
  /** Where a value is: 0 at the first, 1 at the last. */
  readonly at: (value: number) => number
  /** About so many marks at round values, ascending, never outside. */
  readonly marks: (count: number) => Mark[]
}

export interface Mark {
  readonly value: number
  readonly label: string
}

/** The label with its unit: `cost, an hour`. */
export function nameAxis({ label, unit }: Axis): string {
  return unit === undefined || unit === '' ? label : `${label}, ${unit}`
}

/** A scale that has room for all values. `round`: whether it ends at round values, for so many marks. */
export function layOutAxis(axis: Axis, values: readonly number[], round?: number): Scale {
  const [low, high] = extentOf(axis.zero === true ? [0, ...values] : values)
  const linear = scaleLinear().domain([low, high])
  if (round !== undefined) linear.nice(round)
  const [first = 0, last = 1] = linear.domain()
  const marksOf = (count: number): number[] => {
    if (axis.kind === 'time') return timeTicks(first, last, count).map(({ value }) => value)
    const ticks = linear.ticks(count)
    return axis.kind === 'whole' ? ticks.filter(Number.isInteger) : ticks
  }
  return {
    first,
    last,
    at: (value) => (value - first) / (last - first),
    marks: (count) => {
      const { format } = axis
      if (axis.kind === 'time' && format === undefined) return timeTicks(first, last, count)
      const marked = marksOf(count)
      const write = format ?? formatMarks(marked)
      return marked.map((value) => ({ value, label: write(value) }))
    }
  }
}

/** What is less is 0: floating-point numbers have no steps left to mark. */
const SMALLEST = 1e-100

/** The least and the greatest; room around a single value, and 0 to 1 where there is none. */
function extentOf(values: readonly number[]): [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const value of values) {
    if (value < low) low = value
    if (value > high) high = value
  }
  const size = Math.max(Math.abs(low), Math.abs(high))
  if (low > high || size < SMALLEST) return [0, 1]
  // What differs by less than rounding does is drawn as one value.
  if (high - low > 1e-9 * size) return [low, high]
  return low > 0 ? [0, high] : [low, 0]
}

const COMPACT = new Intl.NumberFormat('en-US', { notation: 'compact', maximumFractionDigits: 2 })

/** Writes numbers with the digits that tell these from each other: `0.5`, `1,500`, `2.5M`, `3e+20`. */
function formatMarks(values: readonly number[]): (value: number) => string {
  const greatest = Math.max(0, ...values.map(Math.abs))
  if (greatest >= 1e15) return (value) => (value === 0 ? '0' : value.toExponential(1))
  if (greatest >= 1e6) return (value) => COMPACT.format(value)
  const step = Math.min(...values.slice(1).map((value, index) => value - (values[index] ?? 0)))
  if (greatest < 1e-6) return (value) => (value === 0 ? '0' : value.toExponential(1))
  const digits = Number.isFinite(step) && step > 0 ? Math.max(0, Math.ceil(-Math.log10(step) - 1e-9)) : 2
  const plain = new Intl.NumberFormat('en-US', { maximumFractionDigits: Math.min(digits, 12) })
  return (value) => plain.format(value === 0 ? 0 : value)
}
