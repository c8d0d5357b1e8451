import { type LinearProgram, ProgramBuilder } from '../../models/linear-program/program.js'

/**
 * Items into bins of capacity 50 at differing cost: columns open[bin], then in[item][bin]. 24 items in 8 bins take
 * about a second, 60 in 24 do not end for a long while.
 */
export function packingProgram(items: number, bins: number): LinearProgram {
  const builder = new ProgramBuilder()
  const open = Array.from({ length: bins }, (_, bin) =>
    builder.column('', { cost: 10 + (bin % 3), upper: 1, integer: true })
  )
  const capacity = open.map((column): [column: number, value: number][] => [[column, -50]])
  for (let item = 0; item < items; item++) {
    const places = open.map((_, bin) => builder.column('', { cost: (item * bin) % 5, upper: 1, integer: true }))
    builder.row(
      '',
      1,
      1,
      places.map((place) => [place, 1] as const)
    )
    for (const [bin, place] of places.entries()) capacity[bin]?.push([place, sizeOf(item)])
  }
  for (const entries of capacity) builder.row('', Number.NEGATIVE_INFINITY, 0, entries)
  return builder.build('packing')
}

/** Each item into the first bin that has room. */
export function firstFit(items: number, bins: number): Float64Array {
  const point = new Float64Array(bins + items * bins)
  const room = new Float64Array(bins).fill(50)
  for (let item = 0; item < items; item++) {
    const bin = room.findIndex((left) => left >= sizeOf(item))
    room[bin] = (room[bin] as number) - sizeOf(item)
    point[bin] = 1
    point[bins + item * bins + bin] = 1
  }
  return point
}

function sizeOf(item: number): number {
  return 5 + ((item * 7) % 13)
}
