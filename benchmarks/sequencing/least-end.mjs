/** A bound on makespans. */
import { nodeOf, nth } from './cluster.mjs'

/** @import { Flight } from './makespan.mjs' */
/** @import { Occupancy } from './occupancy.mjs' */

/**
 * When everything has ended at the earliest, by the limits at a time and by what each move takes.
 *
 * @param {Occupancy} occupancy
 * @param {number} now
 * @param {readonly Flight[]} flights
 * @param {readonly number[]} missing Copies missing at [group × nodes.length + node].
 */
export function leastEnd(occupancy, now, flights, missing) {
  const { cluster } = occupancy
  const { deployments, nodes, limits, replicas } = cluster
  let latest = now
  let flying = 0
  const startups = nodes.map(() => 0)
  const shortestDrain = nodes.map(() => Infinity)
  const byDeployment = deployments.map(() => 0)
  for (const { replica, ready, stopped, to, isReady } of flights) {
    const { index, drainSeconds } = occupancy.deploymentOf(replica)
    latest = Math.max(latest, stopped)
    flying += stopped - now
    byDeployment[index] = nth(byDeployment, index) + stopped - now
    if (isReady) continue
    const node = nodeOf(to)
    startups[node] = nth(startups, node) + ready - now
    shortestDrain[node] = Math.min(nth(shortestDrain, node), drainSeconds)
  }
  for (const [key, count] of missing.entries()) {
    if (count <= 0) continue
    const group = Math.floor(key / nodes.length)
    const deployment = cluster.rungs.has('relabel') ? group : nth(replicas, group).deployment
    const { index, startupSeconds, drainSeconds } = nth(deployments, deployment)
    const node = key % nodes.length
    const seconds = startupSeconds + drainSeconds
    latest = Math.max(latest, now + seconds)
    flying += count * seconds
    byDeployment[index] = nth(byDeployment, index) + count * seconds
    startups[node] = nth(startups, node) + count * startupSeconds
    shortestDrain[node] = Math.min(nth(shortestDrain, node), drainSeconds)
  }
  latest = Math.max(latest, now + flying / (limits.inFlight ?? Infinity))
  for (const seconds of byDeployment) latest = Math.max(latest, now + seconds / (limits.perDeployment ?? Infinity))
  for (const [node, seconds] of startups.entries()) {
    if (seconds > 0) {
      latest = Math.max(latest, now + seconds / (limits.startsPerNode ?? Infinity) + nth(shortestDrain, node))
    }
  }
  return latest
}
