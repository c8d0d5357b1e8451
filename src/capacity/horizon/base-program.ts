import type { PatternProblem } from '../../../models/formulations/pattern-problem.js'
import { type LinearProgram, ProgramBuilder } from '../../../models/linear-program/program.js'
import type { FleetKind } from '../fleet/fleet.js'

/** What some periods together cost at least beyond a base: constant − Σ slope · base. */
export interface Cut {
  readonly group: number
  readonly constant: number
  /** [kind]. */
  readonly slope: Float64Array
}

/** What limits the base by itself: Σ weight · base ≥ least, whatever is had by the hour. */
export interface BaseLimit {
  readonly least: number
  /** [kind]. */
  readonly weight: Float64Array
}

/** The linking rows in which nodes only take: quotas. */
export function baseLimits({ kinds, deployments, linkLeast, linkNode, linkCopy }: PatternProblem): BaseLimit[] {
  const width = linkCopy.length === 0 ? 0 : kinds * deployments
  return [...linkLeast].flatMap((least, row) => {
    const weight = linkNode.slice(row * kinds, (row + 1) * kinds)
    const copies = linkCopy.subarray(row * width, (row + 1) * width)
    return weight.every((each) => each <= 0) && copies.every((each) => each <= 0) ? [{ least, weight }] : []
  })
}

export interface BaseProgramOptions {
  readonly hours: number
  readonly groups: number
  readonly cuts: readonly Cut[]
  readonly limits: readonly BaseLimit[]
  readonly isWhole: boolean
  /** Whether nothing is committed to: only what is there may be in the base. */
  readonly isUncommitted: boolean
}

/**
 * The choice of the base (Benders, 1962): min Σ cost · base + Σ θ over the groups of periods, with θ at least what each cut says.
 * Columns: the kinds, then a θ for each group.
 */
export function formulateBase(kinds: readonly FleetKind[], options: BaseProgramOptions): LinearProgram {
  const { hours, groups, cuts, limits, isWhole, isUncommitted } = options
  const builder = new ProgramBuilder()
  for (const { type, base, offered } of kinds) {
    const { least = 0, most = 0, costPerHour = 0 } = base ?? {}
    const upper = isUncommitted && offered > 0 ? 0 : most
    builder.column(`base ${type}`, { cost: costPerHour * hours, lower: least, upper, integer: isWhole })
  }
  for (let group = 0; group < groups; group++) builder.column(`group ${group}`, { cost: 1 })
  const entriesOf = (weights: Float64Array) =>
    [...weights].flatMap((value, kind): [number, number][] =>
      kinds[kind]?.base === null || value === 0 ? [] : [[kind, value]]
    )
  for (const [index, { least, weight }] of limits.entries()) {
    builder.row(`limit ${index}`, least, Infinity, entriesOf(weight))
  }
  for (const [index, { group, constant, slope }] of cuts.entries()) {
    builder.row(`cut ${index}`, constant, Infinity, [...entriesOf(slope), [kinds.length + group, 1]])
  }
  return builder.build('base')
}
