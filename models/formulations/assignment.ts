import type { Instance, InstanceCopy, InstanceDeployment } from '../instance/instance.js'
import { mayStart } from '../instance/instance.js'
import type { Arrival, Packing } from '../instance/packing.js'
import { ProgramBuilder } from '../linear-program/program.js'
import { type CopyGroup, groupCopies, mustStay } from './copy-groups.js'
import { addDeviceRows } from './device-rows.js'
import { addActiveColumns, addUnplacedColumns, type Entry, type Presence, type ProgramDraft } from './draft.js'
import type { Formulation } from './formulation.js'
import { addMoveRows, type Moved } from './move-rows.js'
import { addCapacityRows, addEmptyRows, addOrderRows, addPlacesRows, anyOrderNodesOf, findAlikes } from './node-rows.js'
import { Objectives } from './objective-levels.js'
import { addRuleRows } from './rule-rows.js'

/** A wanted copy: one that runs, with the group that it alone is, or one that is still to come. */
interface Seeker {
  readonly deployment: number
  readonly group: CopyGroup | null
  /** x: the column of each node where it may be, home included. */
  readonly columns: ReadonlyMap<number, number>
}

/**
 * The assignment formulation, as in the textbooks: x[replica, node] for every wanted replica, running, pending or new, and every
 * node where it may be. It has a column where the aggregated formulation has a part of a count, so it is larger by an order of
 * magnitude and full of symmetries; it is here to be compared with. Its mathematics stand in models/README.md.
 */
export function formulateAssignment(instance: Instance): Formulation {
  const { draft, seekers } = draftColumns(instance)
  const { builder, objectives } = draft
  addActivityRows(draft, seekers)
  addCapacityRows(draft, anyOrderNodesOf(instance))
  addPlacesRows(draft)
  addEmptyRows(draft)
  addDemandRows(draft, seekers)
  addDeviceRows(draft)
  addMoveRows(draft, countMoves(seekers))
  addRuleRows(draft)
  addOrderRows(draft, findAlikes(draft))
  const name = instance.problem.name ?? 'problem'
  return {
    program: (level, atMost = []) => objectives.assemble(builder, name, level, atMost),
    toPacking: (point) => readPacking(instance, seekers, point)
  }
}

function draftColumns(instance: Instance) {
  const builder = new ProgramBuilder()
  const objectives = new Objectives()
  const nodes = instance.nodes.map(({ index }) => index)
  const active = addActiveColumns(instance, builder, objectives, nodes)
  const groups = groupCopies(instance, nodes, true)
  const seekers = [
    ...groups.map((group) => addRunning(instance, builder, group)),
    ...instance.deployments.flatMap((deployment) =>
      Array.from({ length: Math.max(0, deployment.desired - deployment.placed) }, (_, number) =>
        addNewcomer(instance, builder, deployment, number)
      )
    )
  ]
  const byNode = presencesOf(instance, seekers)
  const draft: ProgramDraft = {
    instance,
    builder,
    objectives,
    nodes,
    isOpen: () => true,
    active,
    groups,
    stay: groups.map(({ node }, index) => seekers[index]?.columns.get(node) as number),
    presence: byNode.flat(),
    byNode,
    unplaced: addUnplacedColumns(instance, builder, objectives),
    outside: { packing: null, count: new Int32Array(instance.deployments.length) }
  }
  return { draft, seekers }
}

/** A running copy: at home, and, if it may be moved, wherever a copy of its deployment may start. */
function addRunning(instance: Instance, builder: ProgramBuilder, group: CopyGroup): Seeker {
  const { deployment, node: home, hold, copies } = group
  const { id } = instance.copies[copies[0] as number] as InstanceCopy
  const isHeld = mustStay(instance, group)
  const columns = new Map<number, number>()
  for (const { index, id: node, mustEmpty } of instance.nodes) {
    const isHome = index === home
    if (!isHome && (hold !== 'none' || !mayStart(instance, deployment, index))) continue
    const upper = isHome && mustEmpty && !isHeld ? 0 : 1
    const lower = isHome && isHeld ? 1 : 0
    columns.set(index, builder.column(`assign ${id} ${node}`, { lower, upper, integer: true }))
  }
  return { deployment, group, columns }
}

function addNewcomer(
  instance: Instance,
  builder: ProgramBuilder,
  { index: deployment, id, isHeadroom }: InstanceDeployment,
  number: number
): Seeker {
  const columns = new Map<number, number>()
  const name = `${isHeadroom ? 'headroom' : 'new'} ${id} ${number}`
  for (const node of instance.nodes) {
    if (!mayStart(instance, deployment, node.index)) continue
    columns.set(node.index, builder.column(`assign ${name} ${node.id}`, { upper: 1, integer: true }))
  }
  return { deployment, group: null, columns }
}

function presencesOf(instance: Instance, seekers: readonly Seeker[]): Presence[][] {
  return instance.nodes.map(({ index: node }) => {
    const presences = new Map<number, { columns: number[]; arrivals: number[] }>()
    for (const { deployment, group, columns } of seekers) {
      const column = columns.get(node)
      if (column === undefined) continue
      const known = presences.get(deployment) ?? { columns: [], arrivals: [] }
      presences.set(deployment, known)
      known.columns.push(column)
      if (group?.node !== node) known.arrivals.push(column)
    }
    return [...presences].map(([deployment, { columns, arrivals }]) => {
      return { deployment, node, columns, arrivals, most: columns.length }
    })
  })
}

/** x ≤ y. */
function addActivityRows({ builder, active }: ProgramDraft, seekers: readonly Seeker[]): void {
  for (const [seeker, { columns }] of seekers.entries()) {
    for (const [node, column] of columns) {
      const y = active[node] as number
      if (y < 0) continue
      builder.row(`active ${seeker} ${node}`, -Infinity, 0, [
        [column, 1],
        [y, -1]
      ])
    }
  }
}

/** Every copy on one node: Σ x = 1; at most one where some are surplus or may stay unplaced, and then Σ Σ x (+ unplaced) = desired. */
function addDemandRows({ instance, builder, unplaced }: ProgramDraft, seekers: readonly Seeker[]): void {
  const all = instance.deployments.map(() => [] as Entry[])
  for (const [order, { deployment, group, columns }] of seekers.entries()) {
    const { surplus } = instance.deployments[deployment] as InstanceDeployment
    const mayBeNowhere = group === null ? unplaced.has(deployment) : surplus > 0
    const entries = [...columns.values()].map((column): Entry => [column, 1])
    builder.row(`assign ${order}`, mayBeNowhere ? -Infinity : 1, 1, entries)
    all[deployment]?.push(...entries)
  }
  for (const { index, id, desired, surplus } of instance.deployments) {
    const missing = unplaced.get(index)
    if (surplus === 0 && missing === undefined) continue
    const nowhere: Entry[] = missing === undefined ? [] : [[missing, 1]]
    builder.row(`desired ${id}`, desired, desired, [...(all[index] as Entry[]), ...nowhere])
  }
}

/** A running copy that is assigned to another node than its own. */
function countMoves(seekers: readonly Seeker[]): Moved[] {
  return seekers.flatMap(({ deployment, group, columns }) => {
    if (group === null) return []
    const away = [...columns].filter(([node]) => node !== group.node)
    return [
      { deployment, moveCost: group.moveCost, constant: 0, entries: away.map(([, column]): Entry => [column, 1]) }
    ]
  })
}

function readPacking(instance: Instance, seekers: readonly Seeker[], point: Float64Array): Packing {
  const stays = new Uint8Array(instance.copies.length)
  const arrivals: Arrival[] = []
  for (const { deployment, group, columns } of seekers) {
    for (const [node, column] of columns) {
      if (Math.round(point[column] as number) === 0) continue
      if (group?.node === node) stays[group.copies[0] as number] = 1
      else arrivals.push({ deployment, node })
    }
  }
  return { stays, arrivals }
}
