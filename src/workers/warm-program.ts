import { type LinearProgram, ProgramBuilder } from '../../models/linear-program/program.js'

/**
 * A small packing program that takes a solver through presolve, root, cuts and a few nodes, so that the engine has compiled them
 * before the first program that matters.
 */
export function warmProgram(items = 24, bins = 8): LinearProgram {
  const builder = new ProgramBuilder()
  const open = Array.from({ length: bins }, (_, bin) =>
    builder.column(`open ${bin}`, { cost: 10 + (bin % 3), upper: 1, integer: true })
  )
  const capacityRows = open.map((column): [number, number][] => [[column, -50]])
  for (let item = 0; item < items; item++) {
    const size = 5 + ((item * 7) % 13)
    const places = open.map((_, bin) =>
      builder.column(`${item} in ${bin}`, { cost: (item * bin) % 5, upper: 1, integer: true })
    )
    builder.row(
      `place ${item}`,
      1,
      1,
      places.map((place) => [place, 1] as const)
    )
    for (const [bin, place] of places.entries()) capacityRows[bin]?.push([place, size])
  }
  for (const [bin, row] of capacityRows.entries()) builder.row(`capacity ${bin}`, Number.NEGATIVE_INFINITY, 0, row)
  return builder.build('warm')
}
