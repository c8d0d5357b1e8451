import { appendTo, groupBy } from '../grouping.js'
import { type BindingLimit, bindingLimits, mostWithSlack } from '../instance/binding-limit.js'
import type { Instance, InstanceCopy, InstanceDeployment, InstanceNode } from '../instance/instance.js'
import { isLegal, TOLERANCE } from '../instance/instance.js'
import { mustStay, overloadedDevices } from './copy-groups.js'
import { addExcessColumn, entriesOf, type Presence, type ProgramDraft } from './draft.js'
import { amountNow, capacityInequalities, roundedInequalities } from './node-inequality.js'

/** Σ demand · copies ≤ capacity · y (+ slack), and the same for what follows from whole copies. */
export function addCapacityRows(draft: ProgramDraft, anyOrderNodes: ReadonlySet<number> = new Set()): void {
  const { instance, builder } = draft
  const inequalities = [...capacityInequalities(instance), ...roundedInequalities(instance)]
  const peaks = anyOrderNodes.size > 0 ? peakDemands(instance) : []
  for (const [position, presences] of draft.byNode.entries()) {
    const { index: node, id, capacity: stated } = instance.nodes[draft.nodes[position] as number] as InstanceNode
    const y = draft.active[position] as number
    // Roundings say nothing of what an overfull start keeps.
    const overfull = new Set(overloadedDevices(instance, node).map(({ resource }) => resource))
    for (const { name, resource, isRounded, weight, limits } of inequalities) {
      const { limit, slack } = limits[node] as BindingLimit
      const most = limit + slack
      const weigh = (deployment: number) => weight[deployment] as number
      if (presences.reduce((sum, of) => sum + weigh(of.deployment) * of.most, 0) <= most) continue
      const entries = entriesOf(presences, 'columns', weigh)
      const now = amountNow(instance, node, weight)
      const excess = now - most
      if (isRounded && (overfull.has(resource) || excess > TOLERANCE)) continue
      if (!isRounded && excess > 0 && !isLegal(now, stated[resource] as number)) {
        overfull.add(resource)
        // Counted in itself: a byte beside a copy of billions is nothing to a solver.
        const joining = { entries: entriesOf(presences, 'arrivals', weigh), most }
        entries.push([addExcessColumn(draft, `${name} ${id}`, excess, joining, excess), -excess])
      }
      if (y >= 0) builder.row(`capacity ${name} ${id}`, -Infinity, slack, [...entries, [y, -limit]])
      else builder.row(`capacity ${name} ${id}`, -Infinity, most, entries)
    }
    if (anyOrderNodes.has(node)) addAnyOrderRows(draft, node, presences, peaks)
  }
}

/** Of each resource what arrives, at its peak, fits beside everything that is there now. */
function addAnyOrderRows(
  { instance, builder }: ProgramDraft,
  node: number,
  presences: readonly Presence[],
  peaks: readonly PeakDemand[]
): void {
  const { id } = instance.nodes[node] as InstanceNode
  for (const [resource, demand] of peaks.entries()) {
    const { peak } = demand
    const room = arrivalRoom(instance, node, demand)
    const weigh = (deployment: number) => peak[deployment] as number
    if (presences.reduce((sum, { deployment, most }) => sum + weigh(deployment) * most, 0) <= room) continue
    const name = `any order ${instance.resources[resource]} ${id}`
    builder.row(name, -Infinity, room, entriesOf(presences, 'arrivals', weigh))
  }
}

/** The nodes where arrivals must fit beside everything that is there now: all of them, where the Problem asks for that. */
export function anyOrderNodesOf({ nodes, problem }: Instance): ReadonlySet<number> {
  return new Set(problem.migration.level === 'any-order' ? nodes.map(({ index }) => index) : [])
}

/** What is left on a node beside everything that is there now. */
export function arrivalRoom(instance: Instance, node: number, { resource, demands, bind }: PeakDemand): number {
  const { capacity, copies } = instance.nodes[node] as InstanceNode
  // Draining copies hold, too, until they are gone.
  const demandOf = (copy: number) => demands[(instance.copies[copy] as InstanceCopy).deployment] as number
  const held = copies.reduce((sum, copy) => sum + demandOf(copy), 0)
  return Math.max(0, mostWithSlack(bind(capacity[resource] as number)) - held)
}

/** What copies hold of a resource while they start or after, whichever is more; and what binds sums of that and of demands. */
export interface PeakDemand {
  readonly resource: number
  readonly demands: Float64Array
  readonly peak: readonly number[]
  readonly bind: (limit: number) => BindingLimit
}

export function peakDemands({ deployments, resources }: Instance): PeakDemand[] {
  return resources.map((_, resource) => {
    const demands = Float64Array.from(deployments, ({ demand }) => demand[resource] as number)
    const peak = deployments.map(({ startupDemand }, index) =>
      Math.max(demands[index] as number, startupDemand[resource] as number)
    )
    return { resource, demands, peak, bind: bindingLimits([...demands, ...peak]) }
  })
}

/** At most maxReplicasPerNode copies of a deployment on a node, its headroom included. */
export function addPlacesRows(draft: ProgramDraft): void {
  const { instance, builder } = draft
  for (const [position, presences] of draft.byNode.entries()) {
    const { index: node, id, copies } = instance.nodes[draft.nodes[position] as number] as InstanceNode
    const families = groupBy(
      presences,
      ({ deployment }) => (instance.deployments[deployment] as InstanceDeployment).family
    )
    for (const [family, kin] of families) {
      const { id: deployment, maxReplicasPerNode: limit } = instance.deployments[family] as InstanceDeployment
      if (kin.reduce((most, presence) => most + presence.most, 0) <= limit) continue
      const name = `places ${deployment} ${id}`
      const now = copies.filter((index) => {
        const copy = instance.copies[index]
        return copy?.deployment === family && copy.state !== 'draining' && copy.node === node
      }).length
      const entries = entriesOf(kin, 'columns')
      if (now > limit) {
        const joining = { entries: entriesOf(kin, 'arrivals'), most: limit }
        entries.push([addExcessColumn(draft, name, now - limit, joining), -1])
      }
      builder.row(name, -Infinity, limit, entries)
    }
  }
}

/** What must be empty hosts nothing. Copies that must stay there contradict it: then there is no solution. */
export function addEmptyRows({ instance, builder, groups, stay }: ProgramDraft): void {
  for (const [position, group] of groups.entries()) {
    const { id, mustEmpty } = instance.nodes[group.node] as InstanceNode
    if (!mustEmpty || !mustStay(instance, group)) continue
    builder.row(`empty ${id}`, -Infinity, 0, [[stay[position] as number, 1]])
  }
}

/**
 * Open nodes that nothing tells apart, by kind: releasable, without copies, alike in all that limits and rules look at. Their order
 * is that of the instance.
 */
export function findAlikes({ instance, nodes }: Pick<ProgramDraft, 'instance' | 'nodes'>): number[][] {
  const alikes = new Map<number, number[]>()
  for (const index of nodes) {
    const { kind, copies, releasable } = instance.nodes[index] as InstanceNode
    if (!releasable || copies.length > 0) continue
    appendTo(alikes, kind, index)
  }
  return [...alikes.values()].filter(({ length }) => length > 1)
}

/** Of nodes alike the first ones are used: without this the solver tries every selection of them. */
export function addOrderRows({ builder, nodes, active }: ProgramDraft, alikes: readonly (readonly number[])[]): void {
  const columnOf = new Map(nodes.map((node, position) => [node, active[position] as number]))
  for (const chain of alikes) {
    for (const [order, node] of chain.slice(1).entries()) {
      builder.row(`order ${node}`, 0, Infinity, [
        [columnOf.get(chain[order] as number) as number, 1],
        [columnOf.get(node) as number, -1]
      ])
    }
  }
}
