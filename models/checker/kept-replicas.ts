import { type Cluster, isPinned } from './cluster.js'
import { Tally } from './excess.js'
import type { PlacedReplica } from './placed-copies.js'
import type { Report } from './violations.js'

type PlacedById = ReadonlyMap<string, PlacedReplica>

/** Pinned replicas stay, and are never the surplus ones. */
export function checkPins(cluster: Cluster, placed: PlacedById, report: Report): void {
  const pinned = [...cluster.replicas.values()].filter((replica) => {
    return replica.node !== null && replica.state !== 'draining' && isPinned(cluster, replica)
  })
  const counts = new Tally<string>()
  for (const { deployment } of pinned) counts.add(deployment)
  for (const replica of pinned) {
    const end = placed.get(replica.id)
    if (end?.migrates)
      report('pinned', replica.id, `${replica.id} is pinned to ${replica.node}, yet placed on ${end.node.id}`)
    // Where more are pinned with their deployment than are wanted, a surplus must still be taken from somebody.
    const desired = cluster.deployments.get(replica.deployment)?.desired ?? 0
    if (end === undefined && (replica.movable === false || counts.count(replica.deployment) <= desired))
      report('pinned', replica.id, `${replica.id} is pinned, yet stopped`)
  }
}

/** Members of a gang move together or not at all. */
export function checkGangs(cluster: Cluster, placed: PlacedById, report: Report): void {
  const gangs = new Map<string, { moving: number; staying: number }>()
  for (const { id, node, gang } of cluster.replicas.values()) {
    const end = placed.get(id)
    if (gang === undefined || node === null || end === undefined) continue
    const count = gangs.get(gang) ?? { moving: 0, staying: 0 }
    if (end.migrates) count.moving++
    else count.staying++
    gangs.set(gang, count)
  }
  for (const [gang, { moving, staying }] of gangs) {
    if (moving === 0 || staying === 0) continue
    report('gang', gang, `gang ${gang}: ${moving} move, ${staying} stay`, Math.min(moving, staying))
  }
}

/**
 * Replicas of one deployment are interchangeable: they are named so that the fewest move.
 * Not judged where a replica is tied to its name by devices or by a gang.
 */
export function checkNaming(cluster: Cluster, placed: PlacedById, report: Report): void {
  const runningOn = new Map<string, Tally<string>>()
  const tied = new Set<string>()
  for (const { deployment, node, state, gang } of cluster.replicas.values()) {
    if (node === null || state === 'draining') continue
    if (gang !== undefined) tied.add(deployment)
    const counts = runningOn.get(deployment) ?? new Tally<string>()
    counts.add(node)
    runningOn.set(deployment, counts)
  }
  const endsOn = new Map<string, Tally<string>>()
  const moving = new Tally<string>()
  for (const { deployment, node, migrates } of placed.values()) {
    const counts = endsOn.get(deployment.id) ?? new Tally<string>()
    counts.add(node.id)
    endsOn.set(deployment.id, counts)
    if (migrates) moving.add(deployment.id)
  }
  for (const { id, deviceResources } of cluster.deployments.values()) {
    if (deviceResources.length > 0 || tied.has(id)) continue
    const before = runningOn.get(id) ?? new Tally<string>()
    const after = endsOn.get(id) ?? new Tally<string>()
    let staying = 0
    for (const [node, number] of before) staying += Math.min(number, after.count(node))
    const needed = Math.max(0, Math.min(total(before), total(after)) - staying)
    if (moving.count(id) <= needed) continue
    const message = `${id}: ${moving.count(id)} replicas move, named otherwise ${needed} would`
    report('naming', id, message, moving.count(id) - needed)
  }
}

function total(counts: Tally<string>): number {
  let sum = 0
  for (const number of counts.values()) sum += number
  return sum
}
