import { type LinearProgram, ProgramBuilder } from '../../models/linear-program/program.js'

const [items, bins, capacity] = [12, 5, 50]

/**
 * A small packing program that takes a solver through presolve, root, cuts and a few nodes, so that the engine has
 * compiled them before the first program that matters.
 */
export function warmProgram(): LinearProgram {
  const builder = new ProgramBuilder()
  const open = Array.from({ length: bins }, (_, bin) =>
    builder.column(`open ${bin}`, { cost: 10 + (bin % 3), upper: 1, integer: true })
  )
  const contents = open.map((column): [column: number, value: number][] => [[column, -capacity]])
  for (let item = 0; item < items; item++) {
    const places = open.map((_, bin) =>
      builder.column(`${item} in ${bin}`, { cost: (item * bin) % 5, upper: 1, integer: true })
    )
    builder.row(
      `place ${item}`,
      1,
      1,
      places.map((place) => [place, 1] as const)
    )
    for (const [bin, place] of places.entries()) contents[bin]?.push([place, 5 + ((item * 7) % 13)])
  }
  for (const [bin, entries] of contents.entries()) builder.row(`capacity ${bin}`, Number.NEGATIVE_INFINITY, 0, entries)
  return builder.build('warm')
}
