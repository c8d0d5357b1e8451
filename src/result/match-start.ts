import { describeValue } from '../../models/contract/describe-input.js'
import type { Assignment, Placement } from '../../models/contract/placement.js'
import { groupBy } from '../../models/grouping.js'
import type { Instance, InstanceCopy, InstanceDeployment } from '../../models/instance/instance.js'
import type { Arrival } from '../../models/instance/packing.js'

/** What a placement by names means for an instance. */
export interface MatchedStart {
  /** Copies that leave their places, to go elsewhere or to be stopped. */
  readonly leaving: readonly number[]
  readonly arrivals: readonly Arrival[]
  /** What was left out, for people. */
  readonly notes: string[]
}

const MOST_NAMED = 5

/**
 * Looks a placement up in an instance by names. Replicas and nodes that are unknown are left out; so is what goes beyond the wanted
 * number of a deployment, and moves of copies that must stay. Copies that it does not name stay where they are.
 */
export function matchStart(instance: Instance, { placement, headroom }: Placement): MatchedStart {
  const { copies, deployments, problem } = instance
  // Nodes of the Problem come last, so that their names count before those of bought ones.
  const nodes = new Map([...instance.nodes].reverse().map(({ id, index }) => [id, index]))
  const copyOf = new Map(copies.map((copy) => [copy.id, copy]))
  const owners = new Map(problem.replicas.map((replica) => [replica.id, replica.deployment]))
  const deploymentOf = new Map(problem.deployments.map(({ id }, index) => [id, index]))
  const unknown: string[] = []
  const held: string[] = []
  const gone = new Set<string>()
  const named = new Set<string>()
  const leaving = new Set<number>()
  const arrivals = deployments.map(() => [] as Arrival[])

  const send = (copy: InstanceCopy, node: number | undefined) => {
    if (copy.state === 'draining' || node === copy.node) return
    if (copy.hold !== 'none') return void held.push(copy.id)
    leaving.add(copy.index)
    if (node !== undefined) arrivals[copy.deployment]?.push({ deployment: copy.deployment, node })
  }
  // Those of the Problem first: new ones take what is left of the wanted number.
  const isListed = ({ replica }: Assignment) => owners.has(replica)
  const ordered = [...placement.filter(isListed), ...placement.filter((entry) => !isListed(entry))]
  for (const { replica, deployment: owner, node: id } of ordered) {
    const deployment = deploymentOf.get(owners.get(replica) ?? owner ?? '')
    const node = nodes.get(id)
    if (named.has(replica)) continue
    named.add(replica)
    if (deployment === undefined) {
      unknown.push(replica)
      continue
    }
    if (node === undefined) gone.add(id)
    const copy = copyOf.get(replica)
    if (copy !== undefined) send(copy, node)
    else if (node !== undefined) arrivals[deployment]?.push({ deployment, node })
  }
  const shadows = new Map(
    deployments.filter(({ isHeadroom }) => isHeadroom).map(({ family, index }) => [family, index])
  )
  for (const room of headroom) {
    const deployment = shadows.get(deploymentOf.get(room.deployment) ?? -1)
    const node = nodes.get(room.node)
    if (deployment !== undefined && node !== undefined) arrivals[deployment]?.push({ deployment, node })
  }
  for (const deployment of deployments) {
    const own = keepAtHome(instance, leaving, arrivals[deployment.index] as Arrival[])
    arrivals[deployment.index] = own
    let excess = countStaying(instance, deployment, leaving) + own.length - deployment.desired
    for (const { index, id, deployment: of, state, neverSurplus } of copies) {
      if (excess <= 0) break
      if (of !== deployment.index || state === 'draining' || neverSurplus || named.has(id)) continue
      leaving.add(index)
      excess--
    }
    if (excess > 0) own.splice(Math.max(0, own.length - excess))
  }
  return {
    leaving: [...leaving],
    arrivals: arrivals.flat(),
    notes: [
      ...tell('replicas that the problem does not know, left out', unknown),
      ...tell('nodes that the problem does not know, what it puts there is placed anew', [...gone]),
      ...tell('replicas that must stay where they are', held)
    ]
  }
}

/**
 * Lets copies stay that leave a node to which another of their deployment comes: that is no move at all. Takes them out of `leaving`;
 * returns the arrivals that are left.
 */
export function keepAtHome({ copies }: Instance, leaving: Set<number>, arrivals: readonly Arrival[]): Arrival[] {
  const key = ({ deployment, node }: Arrival) => `${deployment} ${node}`
  const leavers = groupBy(leaving, (index) => key(copies[index] as InstanceCopy))
  return arrivals.filter((arrival) => {
    const copy = leavers.get(key(arrival))?.pop()
    if (copy !== undefined) leaving.delete(copy)
    return copy === undefined
  })
}

function countStaying({ copies }: Instance, { index }: InstanceDeployment, leaving: ReadonlySet<number>): number {
  return copies.filter((copy) => copy.deployment === index && copy.state !== 'draining' && !leaving.has(copy.index))
    .length
}

/** `nodes that are gone: "a", "b"`; nothing of nothing. */
function tell(what: string, names: readonly string[]): string[] {
  if (names.length === 0) return []
  const more = names.length > MOST_NAMED ? ` and ${names.length - MOST_NAMED} more` : ''
  return [`${what}: ${names.slice(0, MOST_NAMED).map(describeValue).join(', ')}${more}`]
}
