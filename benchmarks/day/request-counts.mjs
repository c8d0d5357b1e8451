/** What became of the requests of all deployments. */

/** @import { ServingCluster } from './serving-cluster.mjs' */

/**
 * late: waited for a replica for more than 5 s; lost: dropped after a minute, or cut off. Those through moves are counted in both.
 *
 * @typedef {{ requests: number, late: number, lost: number, lateThroughMoves: number, lostThroughMoves: number, cutByMoves: number, p99WaitSeconds: number }} RequestCounts
 */

/** @type {(cluster: Pick<ServingCluster, 'deployments'>) => RequestCounts} */
export function countRequests({ deployments }) {
  const counts = { requests: 0, late: 0, lost: 0, lateThroughMoves: 0, lostThroughMoves: 0, cutByMoves: 0 }
  /** @type {number[]} */
  const waits = []
  for (const { desk } of deployments.values()) {
    const { tally } = desk
    counts.requests += tally.requests
    counts.late += tally.late
    counts.lost += tally.lost
    counts.lateThroughMoves += tally.lateThroughMoves
    counts.lostThroughMoves += tally.lostThroughMoves
    counts.cutByMoves += tally.cutByMoves
    for (const [seconds, count] of tally.waits.entries()) waits[seconds] = (waits[seconds] ?? 0) + count
  }
  return { ...counts, p99WaitSeconds: percentile(waits, 0.99) }
}

/** The seconds that so large a share waited at most. @type {(waits: readonly number[], share: number) => number} */
function percentile(waits, share) {
  let left = waits.reduce((sum, count) => sum + count, 0) * share
  const found = waits.findIndex((count) => {
    left -= count
    return left <= 0
  })
  return Math.max(0, found)
}
