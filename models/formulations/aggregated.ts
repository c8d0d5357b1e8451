import type { Instance, InstanceDeployment, InstanceNode } from '../instance/instance.js'
import { mayStart } from '../instance/instance.js'
import type { Packing } from '../instance/packing.js'
import { type LinearProgram, ProgramBuilder, type ProgramNames } from '../linear-program/program.js'
import { type CopyGroup, groupCopies } from './copy-groups.js'
import { addDeviceRows } from './device-rows.js'
import { addMoveRows } from './move-rows.js'
import { amountNow, capacityInequalities, mostCopies, roundedInequalities } from './node-inequality.js'
import { addRuleRows } from './rule-rows.js'
import { addSurrogateRows } from './surrogate-rows.js'

/** Which of the objectives, in their order, the program minimises; those before it are held by `atMost`. */
export type ObjectiveLevel = 'broken-rules' | 'unplaced' | 'total' | 'moves'

export interface AggregatedOptions {
  /** Where arrivals are allowed beyond what the Problem allows: the (deployment, node) pairs that are kept. Default: all. */
  readonly keepArrival?: (deployment: number, node: number) => boolean
  /** The nodes whose contents are open; all others keep what `outside` has there. Default: all nodes. */
  readonly nodes?: readonly number[]
  /** The contents of the nodes that are not open. Needed with `nodes`. */
  readonly outside?: Packing
  /** Nodes where arrivals must fit beside everything that is there now: moves onto them are safe in every order. */
  readonly anyOrderNodes?: ReadonlySet<number>
  /** Redundant rows that tighten the relaxation and speed up the root. Default true. */
  readonly surrogates?: boolean
}

/** Columns of the aggregated formulation, by what they mean. */
export interface AggregatedColumns {
  readonly nodes: readonly number[]
  /** Whether a node is one of `nodes`. */
  readonly isOpen: (node: number) => boolean
  readonly groups: readonly CopyGroup[]
  /** y: whether a node is active; −1 for a node that always is. By position in `nodes`. */
  readonly active: readonly number[]
  /** s: copies of a group that stay. By position in `groups`. */
  readonly stay: readonly number[]
  /** a: copies of a deployment that arrive on a node; key deployment × all nodes + node. */
  readonly arrive: ReadonlyMap<number, number>
  /** Wanted copies that get no place. By deployment; only where the Problem is best-effort. */
  readonly unplaced: ReadonlyMap<number, number>
}

/** The counts of one deployment on one node. */
export interface Presence {
  readonly deployment: number
  readonly node: number
  /** Columns of its stays and of its arrivals, each counting one copy. */
  readonly columns: readonly number[]
  readonly most: number
}

/** What the parts of the formulation build on. */
export interface AggregatedDraft {
  readonly instance: Instance
  readonly builder: ProgramBuilder
  readonly columns: AggregatedColumns
  readonly presence: readonly Presence[]
  /** Presences of each node, by position in `columns.nodes`. */
  readonly byNode: readonly (readonly Presence[])[]
  /** Copies of each deployment on the nodes that are not open. */
  readonly outside: { readonly packing: Packing | null; readonly count: Int32Array; readonly staying: Int32Array }
  /** Adds a column that measures a broken rule, when the start breaks it; its value counts in the first objective. */
  readonly slack: (name: string, most: number) => number
  /** Coefficients of each objective, and its constant part. */
  readonly objectives: Readonly<Record<ObjectiveLevel, Map<number, number>>>
  readonly constants: Readonly<Record<ObjectiveLevel, number>>
  readonly addConstant: (level: ObjectiveLevel, amount: number) => void
}

/** The program, with the way from its points to packings and back. */
export interface AggregatedModel {
  readonly program: (
    level: ObjectiveLevel,
    atMost?: readonly LevelLimit[]
  ) => { program: LinearProgram; names: ProgramNames }
  readonly columns: AggregatedColumns
  readonly hasSlack: boolean
}

export interface LevelLimit {
  readonly level: ObjectiveLevel
  readonly atMost: number
}

/**
 * The aggregated formulation: per deployment and node the copies that stay and those that arrive, and per node whether it is
 * active. Its mathematics stand in README.md beside this folder.
 */
export function formulateAggregated(instance: Instance, options: AggregatedOptions = {}): AggregatedModel {
  const draft = draftColumns(instance, options)
  addLinkRows(draft)
  addCapacityRows(draft, options.anyOrderNodes ?? new Set())
  addDemandRows(draft)
  addDeviceRows(draft)
  addMoveRows(draft)
  addRuleRows(draft)
  if (options.surrogates !== false && options.nodes === undefined) addSurrogateRows(draft)
  addOrderOfAlikes(draft)
  return {
    columns: draft.columns,
    hasSlack: draft.objectives['broken-rules'].size > 0,
    program: (level, atMost = []) => assemble(draft, level, atMost)
  }
}

function draftColumns(instance: Instance, options: AggregatedOptions): AggregatedDraft {
  const builder = new ProgramBuilder()
  const nodes = options.nodes ?? instance.nodes.map(({ index }) => index)
  const open = new Set(nodes)
  const groups = groupCopies(instance, nodes)
  const constants = { 'broken-rules': 0, unplaced: 0, total: 0, moves: 0 }
  const objectives = { 'broken-rules': new Map(), unplaced: new Map(), total: new Map(), moves: new Map() }
  const active = nodes.map((index) => {
    const node = instance.nodes[index] as InstanceNode
    if (!node.releasable) {
      constants.total += node.costPerHour * (instance.problem.objective.horizonHours ?? 1)
      return -1
    }
    const column = builder.column(`active ${node.id}`, { upper: 1, integer: true })
    objectives.total.set(column, node.costPerHour * (instance.problem.objective.horizonHours ?? 1))
    return column
  })
  const stay = groups.map((group) => {
    const { mustEmpty, id } = instance.nodes[group.node] as InstanceNode
    const name = (instance.deployments[group.deployment] as InstanceDeployment).id
    const held = group.hold !== 'none' && (group.neverSurplus || instance.deployments[group.deployment]?.surplus === 0)
    const lower = held ? group.copies.length : 0
    return builder.column(`stay ${name} ${id} ${group.copies[0]}`, {
      lower,
      upper: mustEmpty ? lower : group.copies.length,
      integer: true
    })
  })
  const arrive = new Map<number, number>()
  const presence: Presence[] = []
  const byNode = nodes.map(() => [] as Presence[])
  const groupsOf = new Map<number, number[]>()
  for (const [position, { deployment, node }] of groups.entries()) {
    const key = deployment * instance.nodes.length + node
    const known = groupsOf.get(key)
    if (known === undefined) groupsOf.set(key, [position])
    else known.push(position)
  }
  for (const [position, node] of nodes.entries()) {
    const home = instance.nodes[node] as InstanceNode
    for (const { index: deployment, id, desired, isHeadroom } of instance.deployments) {
      const key = deployment * instance.nodes.length + node
      const staying = groupsOf.get(key) ?? []
      const most = Math.min(desired, mostCopies(instance, deployment, home))
      const columns = staying.map((group) => stay[group] as number)
      const kept = options.keepArrival?.(deployment, node) ?? true
      if (mayStart(instance, deployment, node) && most > 0 && kept) {
        const name = `${isHeadroom ? 'headroom' : 'arrive'} ${id} ${home.id}`
        const column = builder.column(name, { upper: most, integer: true })
        arrive.set(key, column)
        columns.push(column)
      }
      if (columns.length === 0) continue
      const now = staying.reduce((sum, group) => sum + (groups[group] as CopyGroup).copies.length, 0)
      const entry = { deployment, node, columns, most: Math.max(most, now) }
      presence.push(entry)
      byNode[position]?.push(entry)
    }
  }
  const unplaced = new Map<number, number>()
  if (instance.problem.pending === 'best-effort') {
    for (const { index, id, desired, placed, isHeadroom } of instance.deployments) {
      if (isHeadroom || desired <= placed) continue
      unplaced.set(index, builder.column(`unplaced ${id}`, { upper: desired - placed, integer: true }))
    }
    weighByPriority(instance, unplaced, objectives.unplaced)
  }
  return {
    instance,
    builder,
    columns: { nodes, isOpen: (node) => open.has(node), groups, active, stay, arrive, unplaced },
    presence,
    byNode,
    outside: countOutside(instance, nodes, options.outside ?? null),
    slack: (name, most) => {
      const column = builder.column(`broken ${name}`, { upper: most })
      objectives['broken-rules'].set(column, 1)
      return column
    },
    objectives,
    constants,
    addConstant: (level, amount) => {
      constants[level] += amount
    }
  }
}

/** One replica of a higher priority outweighs all those below it. */
function weighByPriority(
  instance: Instance,
  unplaced: ReadonlyMap<number, number>,
  weights: Map<number, number>
): void {
  const priorities = [...new Set([...unplaced.keys()].map((index) => instance.deployments[index]?.priority ?? 0))]
  let weight = 1
  for (const priority of priorities.sort((left, right) => left - right)) {
    let count = 0
    for (const [index, column] of unplaced) {
      const deployment = instance.deployments[index] as InstanceDeployment
      if (deployment.priority !== priority) continue
      weights.set(column, weight)
      count += deployment.desired - deployment.placed
    }
    weight *= count + 1
  }
}

function countOutside(
  instance: Instance,
  nodes: readonly number[],
  packing: Packing | null
): AggregatedDraft['outside'] {
  const count = new Int32Array(instance.deployments.length)
  const staying = new Int32Array(instance.deployments.length)
  if (packing !== null) {
    const open = new Set(nodes)
    for (const { index, node, deployment } of instance.copies) {
      if (packing.stays[index] === 0 || open.has(node)) continue
      count[deployment] = (count[deployment] as number) + 1
      staying[deployment] = (staying[deployment] as number) + 1
    }
    for (const { deployment, node } of packing.arrivals) {
      if (!open.has(node)) count[deployment] = (count[deployment] as number) + 1
    }
  }
  return { packing, count, staying }
}

/** Nothing on a node that is not active: s ≤ now · y and s + a ≤ most · y. */
function addLinkRows({ instance, builder, columns, byNode }: AggregatedDraft): void {
  for (const [position, presences] of byNode.entries()) {
    const y = columns.active[position] as number
    const node = columns.nodes[position] as number
    for (const { deployment, columns: copies, most } of presences) {
      const entries: [number, number][] = copies.map((column) => [column, 1])
      const name = `link ${instance.deployments[deployment]?.id} ${instance.nodes[node]?.id}`
      const { family, isHeadroom } = instance.deployments[deployment] as InstanceDeployment
      if (y >= 0) builder.row(name, -Infinity, 0, [...entries, [y, -most]])
      else builder.row(name, -Infinity, most, entries)
      if (!isHeadroom) continue
      // Headroom takes a place of its deployment's own limit per node.
      const limit = instance.deployments[family]?.maxReplicasPerNode as number
      const kin = presences.find((other) => other.deployment === family)
      if (!Number.isFinite(limit) || kin === undefined) continue
      const together: [number, number][] = [...entries, ...kin.columns.map((column): [number, number] => [column, 1])]
      builder.row(`${name} family`, -Infinity, Math.max(limit, kin.most), together)
    }
  }
  for (const [position, group] of columns.groups.entries()) {
    const y = columns.active[columns.nodes.indexOf(group.node)] as number
    const stay = columns.stay[position] as number
    if (y >= 0)
      builder.row(`home ${position}`, -Infinity, 0, [
        [stay, 1],
        [y, -group.copies.length]
      ])
  }
}

/** Σ demand · (s + a) ≤ capacity · y, and the same for what follows from whole copies. */
function addCapacityRows(draft: AggregatedDraft, anyOrderNodes: ReadonlySet<number>): void {
  const { instance, builder, columns, byNode } = draft
  const plain = capacityInequalities(instance)
  const inequalities = [...plain, ...roundedInequalities(instance)]
  for (const [position, presences] of byNode.entries()) {
    const node = columns.nodes[position] as number
    const y = columns.active[position] as number
    const id = instance.nodes[node]?.id
    for (const [order, { name, weight, capacity }] of inequalities.entries()) {
      const limit = capacity[node] as number
      const entries: [number, number][] = []
      let most = 0
      for (const { deployment, columns: copies, most: count } of presences) {
        const amount = weight[deployment] as number
        if (amount === 0) continue
        most += amount * count
        for (const column of copies) entries.push([column, amount])
      }
      if (most <= limit) continue
      const excess = amountNow(instance, node, weight) - limit
      if (excess > 1e-6 * Math.max(1, limit)) {
        if (order >= plain.length) continue
        entries.push([draft.slack(`${name} ${id}`, excess), -1])
      }
      if (y >= 0) builder.row(`capacity ${name} ${id}`, -Infinity, 0, [...entries, [y, -limit]])
      else builder.row(`capacity ${name} ${id}`, -Infinity, limit, entries)
      if (order >= plain.length || !anyOrderNodes.has(node)) continue
      const arrivals = presences.flatMap(({ deployment }) => {
        const column = columns.arrive.get(deployment * instance.nodes.length + node)
        return column === undefined ? [] : [[column, weight[deployment] as number] as [number, number]]
      })
      builder.row(`any order ${name} ${id}`, -Infinity, Math.max(0, -excess), arrivals)
    }
  }
}

/** Every wanted copy somewhere: Σ s + Σ a (+ unplaced) = desired. */
function addDemandRows({ instance, builder, columns, presence, outside }: AggregatedDraft): void {
  const byDeployment = instance.deployments.map(() => [] as [number, number][])
  for (const { deployment, columns: copies } of presence) {
    for (const column of copies) byDeployment[deployment]?.push([column, 1])
  }
  for (const { index, id, desired } of instance.deployments) {
    const entries = byDeployment[index] as [number, number][]
    const unplaced = columns.unplaced.get(index)
    if (unplaced !== undefined) entries.push([unplaced, 1])
    const wanted = desired - (outside.count[index] as number)
    builder.row(`desired ${id}${index >= instance.realDeployments ? ' headroom' : ''}`, wanted, wanted, entries)
  }
}

/** Of nodes alike and empty, the first ones are used: without this the solver tries every selection of them. */
function addOrderOfAlikes({ instance, builder, columns }: AggregatedDraft): void {
  // Rules may tell nodes apart that are alike in all else.
  if (instance.problem.rules.length > 0) return
  const last = new Map<number, number>()
  for (const [position, index] of columns.nodes.entries()) {
    const { kind, copies } = instance.nodes[index] as InstanceNode
    const y = columns.active[position] as number
    if (y < 0 || copies.length > 0) continue
    const before = last.get(kind)
    if (before !== undefined)
      builder.row(`order ${index}`, 0, Infinity, [
        [before, 1],
        [y, -1]
      ])
    last.set(kind, y)
  }
}

function assemble(draft: AggregatedDraft, level: ObjectiveLevel, atMost: readonly LevelLimit[]) {
  const { builder, objectives, constants, instance } = draft
  const program = builder.build(`${instance.problem.name ?? 'problem'} ${level}`)
  const cost = new Float64Array(program.columns)
  for (const [column, weight] of objectives[level]) cost[column] = weight
  const limits = atMost.map(({ level: limited, atMost: most }) => ({
    entries: [...objectives[limited]],
    upper: most - constants[limited]
  }))
  const entries = limits.flatMap((limit) => limit.entries)
  const starts = [...program.rowStart]
  for (const limit of limits) starts.push((starts.at(-1) as number) + limit.entries.length)
  return {
    names: {
      columns: builder.names().columns,
      rows: [...builder.names().rows, ...atMost.map(({ level: limited }) => `at most ${limited}`)]
    },
    program: {
      ...program,
      cost,
      offset: constants[level],
      rows: program.rows + limits.length,
      rowLower: Float64Array.from([...program.rowLower, ...limits.map(() => -Infinity)]),
      rowUpper: Float64Array.from([...program.rowUpper, ...limits.map(({ upper }) => upper)]),
      rowStart: Int32Array.from(starts),
      entryColumn: Int32Array.from([...program.entryColumn, ...entries.map(([column]) => column)]),
      entryValue: Float64Array.from([...program.entryValue, ...entries.map(([, value]) => value)])
    }
  }
}
