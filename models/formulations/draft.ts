import type { Instance, InstanceNode } from '../instance/instance.js'
import type { Packing } from '../instance/packing.js'
import type { ProgramBuilder } from '../linear-program/program.js'
import type { CopyGroup } from './copy-groups.js'
import { type Objectives, unplacedLevel } from './objective-levels.js'

/** Coefficient of a column in a row. */
export type Entry = [column: number, value: number]

/** The copies of one deployment on one node: the sum of some columns, each counting copies. */
export interface Presence {
  readonly deployment: number
  readonly node: number
  /** Columns of those that stay and of those that arrive. */
  readonly columns: readonly number[]
  /** The columns of those that arrive. */
  readonly arrivals: readonly number[]
  /** What the sum of the columns never exceeds. */
  readonly most: number
}

/** A program that is being written: its columns by what they mean. Every formulation fills one; the rows are shared. */
export interface ProgramDraft {
  readonly instance: Instance
  readonly builder: ProgramBuilder
  readonly objectives: Objectives
  /** The nodes whose contents the program decides. */
  readonly nodes: readonly number[]
  readonly isOpen: (node: number) => boolean
  /** y: whether a node is active; −1 for a node that always is. By position in `nodes`. */
  readonly active: readonly number[]
  readonly groups: readonly CopyGroup[]
  /** s: copies of a group that stay. By position in `groups`. */
  readonly stay: readonly number[]
  readonly presence: readonly Presence[]
  /** Presences of each node, by position in `nodes`. */
  readonly byNode: readonly (readonly Presence[])[]
  /** Wanted copies that get no place. By deployment; only where the Problem is best-effort. */
  readonly unplaced: ReadonlyMap<number, number>
  /** What the nodes that are not open keep, and how many copies of each deployment that is. */
  readonly outside: { readonly packing: Packing | null; readonly count: Int32Array }
}

/** One column per node that may be idle: what the node costs, in every level that has a price for it. */
export function addActiveColumns(
  instance: Instance,
  builder: ProgramBuilder,
  objectives: Objectives,
  nodes: readonly number[]
): number[] {
  const hours = instance.problem.objective.horizonHours ?? 1
  return nodes.map((index) => {
    const { id, releasable, costPerHour } = instance.nodes[index] as InstanceNode
    if (!releasable) {
      objectives.addConstant('total', costPerHour * hours)
      return -1
    }
    const column = builder.column(`active ${id}`, { upper: 1, integer: true })
    objectives.add('total', column, costPerHour * hours)
    return column
  })
}

/** Wanted copies without a place, where that is allowed: one column per deployment that waits for some, counted by priority. */
export function addUnplacedColumns(
  instance: Instance,
  builder: ProgramBuilder,
  objectives: Objectives
): Map<number, number> {
  const unplaced = new Map<number, number>()
  if (instance.problem.pending !== 'best-effort') return unplaced
  for (const { index, id, desired, placed, priority, isHeadroom } of instance.deployments) {
    if (isHeadroom || desired <= placed) continue
    const column = builder.column(`unplaced ${id}`, { upper: desired - placed, integer: true })
    unplaced.set(index, column)
    objectives.add(unplacedLevel(priority), column, 1)
  }
  return unplaced
}

/**
 * A column that measures, in a unit, by how much a limit is exceeded that the start exceeds already: at most as much as now, and counted
 * in the first objective. Nothing joins before it is repaired: while it is above 0, Σ value · column over `joining` is 0, else it is at most `most`.
 */
export function addExcessColumn(
  { builder, objectives }: ProgramDraft,
  name: string,
  excessNow: number,
  joining: { readonly entries: readonly Entry[]; readonly most: number } = { entries: [], most: 0 },
  unit = 1
): number {
  const most = excessNow / unit
  const excess = builder.column(`broken ${name}`, { upper: most })
  objectives.add('broken-rules', excess, unit)
  if (joining.entries.length === 0) return excess
  const isBroken = builder.column(`unrepaired ${name}`, { upper: 1, integer: true })
  builder.row(`unrepaired ${name}`, -Infinity, 0, [
    [excess, 1],
    [isBroken, -most]
  ])
  builder.row(`joining ${name}`, -Infinity, joining.most, [...joining.entries, [isBroken, joining.most]])
  return excess
}

/** The columns of presences, all of them or only the arrivals, each with the coefficient of its deployment. */
export function entriesOf(
  presences: readonly Presence[],
  of: 'columns' | 'arrivals',
  weigh: (deployment: number) => number = () => 1
): Entry[] {
  const entries: Entry[] = []
  for (const presence of presences) {
    const weight = weigh(presence.deployment)
    if (weight === 0) continue
    for (const column of presence[of]) entries.push([column, weight])
  }
  return entries
}
