/** A point of a line; null where nothing is known, which interrupts the line. */
export interface Point {
  readonly x: number
  readonly y: number | null
}

/** A line of a chart. Points by ascending x; those out of order are sorted. */
export interface Series {
  readonly name: string
  readonly points: readonly Point[]
  /** step: a value holds until the next point, as costs and counts do. = line */
  readonly shape?: 'line' | 'step'
}

/** What happens in periods: bands on top of each other, and lines that they are held against, such as demand or a bound. */
export interface Stack {
  /** When each period begins, ascending. */
  readonly starts: readonly number[]
  /** When the last period ends; = as long after its begin as the one before. */
  readonly end?: number
  /** From the bottom up: one value, 0 or more, for each period. */
  readonly bands: readonly Band[]
  readonly lines?: readonly Line[]
}

export interface Band {
  readonly name: string
  readonly values: readonly number[]
}

export interface Line {
  readonly name: string
  readonly values: readonly (number | null)[]
}

/** Larger numbers would leave nothing of floating-point arithmetic. */
const LARGEST = 1e150

const isDrawable = (value: number) => Number.isFinite(value) && Math.abs(value) <= LARGEST

/** The points that can be drawn, by ascending x: a y that is no number becomes null. */
export function readPoints(points: readonly Point[]): Point[] {
  return points
    .filter(({ x }) => isDrawable(x))
    .map(({ x, y }) => ({ x, y: readValue(y) }))
    .sort((left, right) => left.x - right.x)
}

/** A number that can be drawn, or null. */
export function readValue(value: number | null | undefined): number | null {
  return typeof value === 'number' && isDrawable(value) ? value : null
}

/** A stack whose numbers can be drawn: as many values as periods, none in a band below 0. */
export function readStack({ starts, end, bands, lines = [] }: Stack): Required<Stack> {
  const last = starts.at(-1) ?? 0
  const step = last - (starts.at(-2) ?? last - 1)
  return {
    starts,
    end: Math.max(last, readValue(end) ?? last + step),
    bands: bands.map(({ name, values }) => ({
      name,
      values: starts.map((_, index) => Math.max(0, readValue(values[index]) ?? 0))
    })),
    lines: lines.map(({ name, values }) => ({ name, values: starts.map((_, index) => readValue(values[index])) }))
  }
}

/** The height of a stack in each period. */
export function sumBands({ starts, bands }: Stack): number[] {
  return starts.map((_, index) => bands.reduce((sum, { values }) => sum + (values[index] ?? 0), 0))
}
