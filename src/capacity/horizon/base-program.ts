import { type LinearProgram, ProgramBuilder } from '../../../models/linear-program/program.js'
import type { FleetKind } from '../fleet/fleet.js'

/** What some periods together cost at least beyond a base: constant − Σ slope · base. */
export interface Cut {
  readonly group: number
  readonly constant: number
  /** [kind]. */
  readonly slope: Float64Array
}

/**
 * The choice of the base (Benders, 1962): min Σ cost · base + Σ θ over the groups of periods, with θ at least what each cut says.
 * Columns: the kinds, then a θ for each group.
 */
export function formulateBase(
  kinds: readonly FleetKind[],
  hours: number,
  groups: number,
  cuts: readonly Cut[],
  integer: boolean
): LinearProgram {
  const builder = new ProgramBuilder()
  for (const { type, base } of kinds) {
    const { least = 0, most = 0, costPerHour = 0 } = base ?? {}
    builder.column(`base ${type}`, { cost: costPerHour * hours, lower: least, upper: most, integer })
  }
  for (let group = 0; group < groups; group++) builder.column(`group ${group}`, { cost: 1 })
  for (const [index, { group, constant, slope }] of cuts.entries()) {
    const entries = [...slope].flatMap((value, kind): [number, number][] =>
      kinds[kind]?.base === null || value === 0 ? [] : [[kind, value]]
    )
    builder.row(`cut ${index}`, constant, Infinity, [...entries, [kinds.length + group, 1]])
  }
  return builder.build('base')
}
