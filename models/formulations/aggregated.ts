import { appendTo } from '../grouping.js'
import type { Instance, InstanceDeployment, InstanceNode } from '../instance/instance.js'
import { mayStart } from '../instance/instance.js'
import type { Packing } from '../instance/packing.js'
import { ProgramBuilder } from '../linear-program/program.js'
import { type ActiveOfKind, addActivityRows } from './activity-rows.js'
import type { AggregatedColumns } from './aggregated-columns.js'
import { pointToPacking } from './aggregated-points.js'
import { type CopyGroup, groupCopies, mustStay } from './copy-groups.js'
import { addDeviceRows } from './device-rows.js'
import { addActiveColumns, addUnplacedColumns, entriesOf, type Presence, type ProgramDraft } from './draft.js'
import { addElsewhereRows } from './elsewhere-rows.js'
import type { Formulation } from './formulation.js'
import { countLeavers } from './leaver-counts.js'
import { addMoveRows } from './move-rows.js'
import { mostCopies, mostHosted } from './node-inequality.js'
import { addCapacityRows, addEmptyRows, addOrderRows, addPlacesRows, anyOrderNodesOf, findAlikes } from './node-rows.js'
import { Objectives } from './objective-levels.js'
import { addRuleRows } from './rule-rows.js'
import { addSurrogateRows } from './surrogate-rows.js'

export type { LevelLimit, ObjectiveLevel } from './objective-levels.js'

export interface AggregatedOptions {
  /** Where arrivals are allowed beyond what the Problem allows: the (deployment, node) pairs that are kept. Default: all. */
  readonly keepArrival?: (deployment: number, node: number) => boolean
  /** The nodes whose contents are open; all others keep what `outside` has there. Default: all nodes. */
  readonly nodes?: readonly number[]
  /** The contents of the nodes that are not open. Needed with `nodes`. */
  readonly outside?: Packing
  /**
   * Nodes where arrivals must fit beside everything that is there now: moves onto them are safe in every order. At the level
   * `any-order` all of them are.
   */
  readonly anyOrderNodes?: ReadonlySet<number>
  /** How many of the open nodes of a kind that may be released are active: at least and at most. */
  readonly activeOfKind?: ActiveOfKind | undefined
  /** Redundant rows that tighten the relaxation and speed up the root. Default true. */
  readonly surrogates?: boolean
}

/** The program, with the way from its points to packings and back. */
export interface AggregatedModel extends Formulation {
  readonly columns: AggregatedColumns
}

/**
 * The aggregated formulation: per deployment and node the copies that stay and those that arrive, and per node whether it is
 * active. Its mathematics stand in models/README.md.
 */
export function formulateAggregated(instance: Instance, options: AggregatedOptions = {}): AggregatedModel {
  const steps = formulateInSteps(instance, options)
  for (;;) {
    const { done, value } = steps.next()
    if (done === true) return value
  }
}

/** The same in steps: it yields null again and again, for whoever has something else to do. */
export function* formulateInSteps(
  instance: Instance,
  options: AggregatedOptions = {}
): Generator<null, AggregatedModel> {
  const { draft, arrive } = draftColumns(instance, options)
  yield null
  const { builder, objectives, nodes, isOpen, active, groups, stay, unplaced } = draft
  // Nodes to which different copies may come are not alike.
  const alikes = options.keepArrival === undefined ? findAlikes(draft) : []
  const parts = [
    () => addLinkRows(draft),
    () => addCapacityRows(draft, new Set([...anyOrderNodesOf(instance), ...(options.anyOrderNodes ?? [])])),
    () => addPlacesRows(draft),
    () => addEmptyRows(draft),
    () => addDemandRows(draft),
    () => addDeviceRows(draft),
    () => addElsewhereRows(draft, arrive),
    () => addMoveRows(draft, countLeavers(draft)),
    () => addRuleRows(draft),
    () => options.surrogates !== false && options.nodes === undefined && addSurrogateRows(draft),
    () => addOrderRows(draft, alikes),
    () => addActivityRows(draft, options.activeOfKind)
  ]
  for (const add of parts) {
    add()
    yield null
  }
  const columns = { nodes, isOpen, active, groups, stay, arrive, unplaced, alikes }
  const name = instance.problem.name ?? 'problem'
  return {
    columns,
    program: (level, atMost = []) => objectives.assemble(builder, name, level, atMost),
    toPacking: (point) => pointToPacking(instance, columns, point, options.outside)
  }
}

function draftColumns(instance: Instance, options: AggregatedOptions) {
  const builder = new ProgramBuilder()
  const objectives = new Objectives()
  const nodes = options.nodes ?? instance.nodes.map(({ index }) => index)
  const open = new Set(nodes)
  const active = addActiveColumns(instance, builder, objectives, nodes)
  const groups = groupCopies(instance, nodes)
  const stay = groups.map((group) => addStayColumn(instance, builder, group))
  const arrive = new Map<number, number>()
  const byNode = nodes.map(() => [] as Presence[])
  const groupsOf = new Map<number, number[]>()
  for (const [position, { deployment, node }] of groups.entries()) {
    const key = deployment * instance.nodes.length + node
    appendTo(groupsOf, key, position)
  }
  for (const [position, node] of nodes.entries()) {
    const home = instance.nodes[node] as InstanceNode
    for (const { index: deployment, id, desired, isHeadroom } of instance.deployments) {
      const key = deployment * instance.nodes.length + node
      const staying = groupsOf.get(key) ?? []
      const most = Math.min(desired, mostCopies(instance, deployment, home))
      const columns = staying.map((group) => stay[group] as number)
      const arrivals: number[] = []
      const kept = options.keepArrival?.(deployment, node) ?? true
      if (mayStart(instance, deployment, node) && most > 0 && kept) {
        const name = `${isHeadroom ? 'headroom' : 'arrive'} ${id} ${home.id}`
        const column = builder.column(name, { upper: most, integer: true })
        arrive.set(key, column)
        arrivals.push(column)
        columns.push(column)
      }
      if (columns.length === 0) continue
      const now = staying.reduce((sum, group) => sum + (groups[group] as CopyGroup).copies.length, 0)
      const hosted = Math.max(now, Math.min(desired, mostHosted(instance, deployment, home, now)))
      byNode[position]?.push({ deployment, node, columns, arrivals, most: hosted })
    }
  }
  const draft: ProgramDraft = {
    instance,
    builder,
    objectives,
    nodes,
    isOpen: (node) => open.has(node),
    active,
    groups,
    stay,
    presence: byNode.flat(),
    byNode,
    unplaced: addUnplacedColumns(instance, builder, objectives),
    outside: countOutside(instance, open, options.outside ?? null)
  }
  return { draft, arrive }
}

function addStayColumn(instance: Instance, builder: ProgramBuilder, group: CopyGroup): number {
  const { mustEmpty, id } = instance.nodes[group.node] as InstanceNode
  const { id: deployment } = instance.deployments[group.deployment] as InstanceDeployment
  const members = group.copies.length
  const isHeld = mustStay(instance, group)
  return builder.column(`stay ${deployment} ${id} ${group.copies[0]}`, {
    lower: isHeld ? members : 0,
    upper: mustEmpty && !isHeld ? 0 : members,
    integer: true
  })
}

function countOutside(instance: Instance, open: ReadonlySet<number>, packing: Packing | null): ProgramDraft['outside'] {
  const count = new Int32Array(instance.deployments.length)
  for (const { index, node, deployment } of instance.copies) {
    if (packing?.stays[index] === 1 && !open.has(node)) count[deployment] = (count[deployment] as number) + 1
  }
  for (const { deployment, node } of packing?.arrivals ?? []) {
    if (!open.has(node)) count[deployment] = (count[deployment] as number) + 1
  }
  return { packing, count }
}

/** Nothing on a node that is not active: s ≤ now · y and s + a ≤ most · y. */
function addLinkRows({ instance, builder, nodes, active, byNode, groups, stay }: ProgramDraft): void {
  const activeOf = new Map(nodes.map((node, position) => [node, active[position] as number]))
  for (const presences of byNode) {
    for (const { deployment, node, columns, most } of presences) {
      const y = activeOf.get(node) as number
      const name = `link ${instance.deployments[deployment]?.id} ${instance.nodes[node]?.id}`
      const entries = columns.map((column): [number, number] => [column, 1])
      if (y >= 0) builder.row(name, -Infinity, 0, [...entries, [y, -most]])
      else builder.row(name, -Infinity, most, entries)
    }
  }
  for (const [position, group] of groups.entries()) {
    const y = activeOf.get(group.node) as number
    if (y < 0) continue
    builder.row(`home ${position}`, -Infinity, 0, [
      [stay[position] as number, 1],
      [y, -group.copies.length]
    ])
  }
}

/** Every wanted copy somewhere: Σ s + Σ a (+ unplaced) = desired. */
function addDemandRows({ instance, builder, presence, unplaced, outside }: ProgramDraft): void {
  const byDeployment = instance.deployments.map(() => [] as Presence[])
  for (const entry of presence) byDeployment[entry.deployment]?.push(entry)
  for (const { index, id, desired, isHeadroom } of instance.deployments) {
    const entries = entriesOf(byDeployment[index] as Presence[], 'columns')
    const missing = unplaced.get(index)
    if (missing !== undefined) entries.push([missing, 1])
    const wanted = desired - (outside.count[index] as number)
    builder.row(`desired ${id}${isHeadroom ? ' headroom' : ''}`, wanted, wanted, entries)
  }
}
