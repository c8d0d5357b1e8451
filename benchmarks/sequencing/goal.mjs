/** What is still missing of what is wanted. Places are the characters of a string, one for each replica. */
import { NOWHERE, nodeOf, nth } from './cluster.mjs'

/** @import { Cluster, Rung } from './cluster.mjs' */

/** Migrations of the moves themselves, without stop-overs. @type {(cluster: Cluster, rungs: Set<Rung>) => number} */
export function countMoves(cluster, rungs) {
  return stillNeeded(cluster, rungs, encodeHomes(cluster))
}

/** @type {(cluster: Cluster) => string} */
export const encodeHomes = ({ replicas }) => String.fromCharCode(...replicas.map(({ home }) => home))

/** Migrations that are missing at least: no leg brings more than one replica to a node where one is wanting. @type {(cluster: Cluster, rungs: Set<Rung>, places: string) => number} */
export function stillNeeded(cluster, rungs, places) {
  const { replicas, deployments, nodes, wanted } = cluster
  if (!rungs.has('relabel')) {
    return replicas.filter(
      ({ index, home, goal }) => home !== NOWHERE && goal >= 0 && nodeOf(places.charCodeAt(index)) !== goal
    ).length
  }
  const missing = [...wanted]
  const newcomers = deployments.map(() => 0)
  for (const { index, deployment, home } of replicas) {
    const place = places.charCodeAt(index)
    if (place !== NOWHERE) {
      const key = deployment * nodes.length + nodeOf(place)
      missing[key] = nth(missing, key) - 1
    } else if (home === NOWHERE) newcomers[deployment] = nth(newcomers, deployment) + 1
  }
  let sum = 0
  for (const { index } of deployments) {
    const own = missing.slice(index * nodes.length, (index + 1) * nodes.length)
    sum += Math.max(0, own.reduce((total, count) => total + Math.max(0, count), 0) - nth(newcomers, index))
  }
  return sum
}

/** @type {(cluster: Cluster, rungs: Set<Rung>, places: string) => boolean} */
export function isReached(cluster, rungs, places) {
  const { replicas, nodes, wanted } = cluster
  if (!rungs.has('relabel')) {
    return replicas.every(({ index, goal }) => {
      const place = places.charCodeAt(index)
      return place === NOWHERE ? goal < 0 : nodeOf(place) === goal
    })
  }
  const missing = [...wanted]
  for (const { index, deployment } of replicas) {
    const place = places.charCodeAt(index)
    if (place === NOWHERE) continue
    const key = deployment * nodes.length + nodeOf(place)
    missing[key] = nth(missing, key) - 1
  }
  return missing.every((count) => count === 0)
}
