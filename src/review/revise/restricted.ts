import type { Decisions } from '../../../models/contract/decisions.js'
import { groupBy } from '../../../models/grouping.js'
import {
  holdsDevices,
  type Instance,
  type InstanceCopy,
  type InstanceDeployment,
  type InstanceNode
} from '../../../models/instance/instance.js'
import type { Place } from '../../../models/instance/packing.js'
import { readDevices } from '../../result/adopt-placement.js'
import type { PlannedReplica } from '../planned-moves.js'

/** A move that was accepted, by indices. */
export interface Accepted {
  readonly planned: PlannedReplica
  readonly place: Place
  /** Index of its copy in the restricted instance. */
  readonly copy: number
}

/** So many copies of a deployment may come to a node at most. */
export interface ArrivalLimit {
  readonly deployment: number
  readonly node: number
  readonly most: number
}

/** An instance whose packings obey decisions, and what ties it to the one that it was made from. */
export interface Restricted {
  /** As if accepted moves were made. Copies keep their numbers; those that run nowhere yet, and what keeps room, come after them. */
  readonly instance: Instance
  readonly original: Instance
  readonly accepted: readonly Accepted[]
  /** Nodes on which a replica must not end, by its id. */
  readonly barred: ReadonlyMap<string, ReadonlySet<number>>
  readonly limits: readonly ArrivalLimit[]
  /** Copies that were pinned. */
  readonly pinned: readonly number[]
  /** Migrations that were accepted, and what they cost to move. */
  readonly acceptedMigrations: number
  readonly acceptedMoveCost: number
}

/**
 * Restricts an instance to packings that obey decisions. A bound on the restricted one is one on all placements that obey them.
 *
 * accept: the copy is on its node already, pinned, and its migration is taken off the budgets. Where the checker asks for names with which the
 * fewest move, none of its deployment comes to where it was, and where it is, those stay that the plan lets stay: named otherwise, it would not
 * have moved. Others may follow it, as whoever stays keeps its own devices. reject: so many of the deployment may come to the node as the plan
 * had others. pin: the copy is pinned.
 */
export function restrict(
  original: Instance,
  planned: ReadonlyMap<string, PlannedReplica>,
  decisions: Decisions
): Restricted {
  const copies = [...original.copies]
  const indexOf = new Map(original.copies.map(({ id, index }) => [id, index]))
  const nodeIndex = new Map(original.nodes.map(({ id, index }) => [id, index]))
  const deploymentIndex = new Map(original.problem.deployments.map(({ id }, index) => [id, index]))
  const pinned = decisions.pin.map(({ replica }) => checked(indexOf.get(replica), replica))
  for (const index of pinned) copies[index] = pin(copies[index] as InstanceCopy)

  const comes = new Set<string>()
  for (const { deployment, node, starts } of planned.values()) if (starts) comes.add(`${deployment} ${node}`)
  const closed: [deployment: number, node: number][] = []
  const tied = tiedDeployments(original)
  const accepted = decisions.accept.map(({ replica, node }): Accepted => {
    const move = checked(planned.get(replica), replica)
    if (original.nodes[move.node]?.id !== node) throw notChecked(replica)
    const place = { node: move.node, devices: readDevices(original, move.devices) }
    const home = copies[move.copy]
    if (home !== undefined && !tied.has(move.deployment) && !comes.has(`${move.deployment} ${home.node}`))
      closed.push([move.deployment, home.node])
    const copy = home === undefined ? copies.length : move.copy
    copies[copy] = arrivedCopy(original, move, place, copy)
    return { planned: move, place, copy }
  })
  for (const { planned: move } of accepted) {
    if (tied.has(move.deployment)) continue
    for (const index of original.nodes[move.node]?.copies ?? []) {
      const copy = copies[index] as InstanceCopy
      const stays = planned.get(copy.id)?.starts === false
      if (stays && copy.deployment === move.deployment && copy.state !== 'draining' && copy.node === move.node)
        copies[index] = pin(copy)
    }
  }
  const migrations = accepted.flatMap(({ planned: { copy } }) => original.copies[copy] ?? [])
  // At this level who leaves gives no room: it is as if somebody drained there.
  if (original.problem.migration.level === 'any-order') {
    for (const copy of migrations) {
      copies.push({ ...copy, index: copies.length, id: `${copy.id} `, state: 'draining', gang: undefined })
    }
  }

  const limits: ArrivalLimit[] = []
  const barred = new Map<string, Set<number>>()
  for (const { replica, deployment: owner, node: name, type, others } of decisions.reject) {
    const deployment = checked(deploymentIndex.get(owner), owner)
    const node = nodeIndex.get(name)
    // Nodes to buy are alike: who must not come to one must not come to another that nobody of its deployment needs.
    const alike = original.nodes.filter(
      ({ index, purchase }) =>
        index !== node &&
        type !== undefined &&
        original.problem.nodeTypes[purchase]?.type === type &&
        !comes.has(`${deployment} ${index}`)
    )
    const nodes = [...(node === undefined ? [] : [node]), ...alike.map(({ index }) => index)]
    barred.set(replica, new Set([...(barred.get(replica) ?? []), ...nodes]))
    for (const index of nodes) limits.push({ deployment, node: index, most: index === node ? others : 0 })
  }

  const moveCost = migrations.reduce((sum, copy) => sum + copy.moveCost, 0)
  const { budget } = original
  return {
    instance: narrow(original, copies, accepted, closed, limits, {
      ...budget,
      migrations: budget.migrations - migrations.length,
      moveCost: budget.moveCost - moveCost
    }),
    original,
    accepted,
    barred,
    limits,
    pinned,
    acceptedMigrations: migrations.length,
    acceptedMoveCost: moveCost
  }
}

/** Deployments whose replicas are tied to their names, by devices or by a gang: for them the checker takes any names. */
function tiedDeployments(instance: Instance): Set<number> {
  const inGangs = instance.copies.flatMap(({ gang, state, deployment }) =>
    gang === undefined || state === 'draining' ? [] : [deployment]
  )
  const withDevices = instance.deployments.flatMap(({ index }) => (holdsDevices(instance, index) ? [index] : []))
  return new Set([...inGangs, ...withDevices])
}

/** What a decision names. Throws RangeError where there is none: decisions are checked before they get here. */
function checked<Named>(named: Named | undefined, id: string): Named {
  if (named === undefined) throw notChecked(id)
  return named
}

function notChecked(id: string): RangeError {
  return new RangeError(`a decision on ${id} that the plan does not know: read decisions with readDecisions`)
}

function pin(copy: InstanceCopy): InstanceCopy {
  return { ...copy, hold: 'pinned', neverSurplus: true }
}

/** A copy as if it had arrived. */
function arrivedCopy(instance: Instance, move: PlannedReplica, place: Place, index: number): InstanceCopy {
  const home = instance.copies[move.copy]
  return {
    index,
    id: move.id,
    deployment: move.deployment,
    state: 'running',
    moveCost: home?.moveCost ?? 0,
    gang: undefined,
    replaces: home?.replaces,
    ...place,
    devicesAssumed: false,
    hold: 'pinned',
    neverSurplus: true
  }
}

function narrow(
  original: Instance,
  copies: readonly InstanceCopy[],
  accepted: readonly Accepted[],
  closed: readonly (readonly [deployment: number, node: number])[],
  limits: readonly ArrivalLimit[],
  budget: Instance['budget']
): Instance {
  const { deployments, problem } = original
  const width = original.nodes.length
  const eligible = original.eligible.slice()
  const counters = [...original.counters]
  /** What tells a node from those of its kind, by node. */
  const marks = new Map<number, string>()
  const mark = (node: number, text: string) => marks.set(node, `${marks.get(node) ?? ''} ${text}`)
  const close = (deployment: number, node: number) => {
    eligible[deployment * width + node] = 0
    mark(node, `closed ${deployment}`)
  }
  for (const [deployment, node] of closed) close(deployment, node)
  for (const { deployment, node, most } of limits) {
    if (most <= 0) {
      close(deployment, node)
      continue
    }
    const here = (original.nodes[node] as InstanceNode).copies.filter((copy) => {
      const { deployment: owner, state } = original.copies[copy] as InstanceCopy
      return owner === deployment && state !== 'draining'
    })
    mark(node, `limit ${counters.length}`)
    counters.push({
      code: 'anti-affinity',
      rule: problem.rules.length + counters.length,
      domain: original.nodes[node]?.id as string,
      limit: here.length + most,
      deployments: [deployment],
      nodes: [node]
    })
  }
  const acceptedOf = groupBy(accepted, ({ planned }) => planned.deployment)
  return {
    ...original,
    copies,
    deployments: deployments.map((deployment): InstanceDeployment => {
      const own = acceptedOf.get(deployment.index) ?? []
      if (own.length === 0) return deployment
      const newcomers = own.filter(({ planned }) => planned.copy < 0)
      const ids = new Set(newcomers.map(({ planned }) => planned.id))
      const placed = deployment.placed + newcomers.length
      return {
        ...deployment,
        placed,
        surplus: Math.max(0, placed - deployment.desired),
        pending: deployment.pending.filter((id) => !ids.has(id)),
        migrated: deployment.migrated + own.length - newcomers.length
      }
    }),
    nodes: renumberKinds(withCopies(original.nodes, copies), marks),
    eligible,
    counters,
    budget
  }
}

/** Nodes with the copies that are on them, and not releasable where one of them stays for good. */
function withCopies(nodes: readonly InstanceNode[], copies: readonly InstanceCopy[]): InstanceNode[] {
  const here = nodes.map(() => [] as number[])
  for (const { index, node } of copies) here[node]?.push(index)
  return nodes.map((node) => {
    const own = here[node.index] as number[]
    const staysForGood = own.some((index) => {
      const { hold, state, neverSurplus } = copies[index] as InstanceCopy
      return hold === 'pinned' && state !== 'draining' && neverSurplus
    })
    return { ...node, copies: own, releasable: node.releasable && !staysForGood }
  })
}

/** Nodes are of one kind where they were before, and nothing that was decided tells them apart. */
function renumberKinds(nodes: readonly InstanceNode[], marks: ReadonlyMap<number, string>): InstanceNode[] {
  const kinds = new Map<string, number>()
  return nodes.map((node) => {
    const key = `${node.kind} ${node.releasable}${marks.get(node.index) ?? ''}`
    const kind = node.kind < 0 ? -1 : (kinds.get(key) ?? kinds.size)
    if (kind >= 0) kinds.set(key, kind)
    return { ...node, kind }
  })
}
