/**
 * Whether the places that are wanted can be reached by legs that are safe one after the other, and with how few migrations: a best-first
 * search over where everybody stands. An order of whole legs exists exactly when an asynchronous plan does, so legs are atomic here.
 *
 * Bounded, and says so: a replica that returns to the node where it was takes the devices that it had, and states are counted.
 */
import { devicesOf, NOWHERE, nodeOf, nth } from './cluster.mjs'
import { encodeHomes, isReached, stillNeeded } from './goal.mjs'
import { occupy } from './occupancy.mjs'

/** @import { Cluster, Rung } from './cluster.mjs' */
/** @import { Occupancy } from './occupancy.mjs' */

/** A replica comes to a place; NOWHERE: it is stopped. @typedef {{ replica: number, place: number }} Leg */

/**
 * @typedef {object} Allowed
 * @property {Set<Rung>} rungs
 * @property {boolean} displaces Whether who stays in the end may step aside meanwhile.
 * @property {number} mostMigrations
 * @property {number} mostStates
 */

/** undefined: it gave up. null: there is none. @typedef {{ migrations: number, legs: Leg[] } | null | undefined} Reached */

/** @typedef {{ places: string, migrations: number, parent: State | null }} State */

/** @type {(cluster: Cluster, allowed: Allowed) => Reached} */
export function reach(cluster, allowed) {
  const first = encodeHomes(cluster)
  /** @type {Map<string, number>} */
  const known = new Map([[first, 0]])
  /** States to look at by the migrations that they need at least. @type {State[][]} */
  const queue = []
  // Without stop-overs nobody moves twice.
  const direct = allowed.rungs.has('hop') ? Infinity : stillNeeded(cluster, allowed.rungs, first)
  const most = Math.min(allowed.mostMigrations, direct)
  /** @type {(state: State) => void} */
  const add = (state) => {
    const least = state.migrations + stillNeeded(cluster, allowed.rungs, state.places)
    if (least > most) return
    known.set(state.places, state.migrations)
    const others = queue[least] ?? []
    others.push(state)
    queue[least] = others
  }
  add({ places: first, migrations: 0, parent: null })
  let states = 0
  for (let least = 0; least < queue.length; least++) {
    const level = queue[least] ?? []
    for (let state = level.pop(); state !== undefined; state = level.pop()) {
      if ((known.get(state.places) ?? 0) < state.migrations) continue
      if (isReached(cluster, allowed.rungs, state.places)) {
        return { migrations: state.migrations, legs: traceLegs(state) }
      }
      if (++states > allowed.mostStates) return undefined
      for (const { replica, place, migrations } of nextLegs(cluster, allowed, state.places)) {
        const places = `${state.places.slice(0, replica)}${String.fromCharCode(place)}${state.places.slice(replica + 1)}`
        const total = state.migrations + migrations
        if ((known.get(places) ?? Infinity) > total) add({ places, migrations: total, parent: state })
      }
    }
  }
  return null
}

/** The place of every replica. @type {(places: string) => number[]} */
const decode = (places) => Array.from(places, (_, index) => places.charCodeAt(index))

/** @type {(last: State) => Leg[]} */
function traceLegs(last) {
  /** @type {Leg[]} */
  const legs = []
  for (let state = last; state.parent !== null; state = state.parent) {
    const [before, after] = [decode(state.parent.places), decode(state.places)]
    const replica = after.findIndex((place, index) => place !== before[index])
    legs.unshift({ replica, place: nth(after, replica) })
  }
  return legs
}

/** Every leg that is safe and allowed, and what it counts. @type {(cluster: Cluster, allowed: Allowed, places: string) => (Leg & { migrations: number })[]} */
function nextLegs(cluster, allowed, places) {
  const { replicas } = cluster
  const occupancy = occupy(cluster, decode(places), NOWHERE)
  /** @type {(Leg & { migrations: number })[]} */
  const legs = []
  for (const { index, home, isPinned } of replicas) {
    const place = places.charCodeAt(index)
    if (isPinned) continue
    if (place === NOWHERE) {
      // Who was stopped to be started again counts when it starts; a pending replica never does.
      const migrations = home === NOWHERE ? 0 : 1
      for (const to of placesToStart(cluster, allowed, occupancy, places, index)) {
        legs.push({ replica: index, place: to, migrations })
      }
      continue
    }
    if (mayStop(cluster, allowed, occupancy, index)) legs.push({ replica: index, place: NOWHERE, migrations: 0 })
    if (!mayLeave(cluster, allowed, occupancy, index, place)) continue
    for (const to of placesToStart(cluster, allowed, occupancy, places, index)) {
      if (nodeOf(to) !== nodeOf(place)) legs.push({ replica: index, place: to, migrations: 1 })
    }
  }
  return legs
}

/** Whether a replica may go from where it is, by what is wanted. @type {(cluster: Cluster, allowed: Allowed, occupancy: Occupancy, replica: number, place: number) => boolean} */
function mayLeave({ replicas, nodes, wanted }, { rungs, displaces }, occupancy, replica, place) {
  const { home, goal, deployment } = nth(replicas, replica)
  if (place !== home || (displaces && rungs.has('hop'))) return true
  if (!rungs.has('relabel')) return goal !== nodeOf(place)
  return occupancy.countAt(deployment, nodeOf(place)) > nth(wanted, deployment * nodes.length + nodeOf(place))
}

/** Surplus copies, and with stop-first whoever may be missed. @type {(cluster: Cluster, allowed: Allowed, occupancy: Occupancy, replica: number) => boolean} */
function mayStop({ replicas, deployments }, { rungs }, occupancy, replica) {
  const { deployment, home, goal } = nth(replicas, replica)
  const { leastReady, surplus } = nth(deployments, deployment)
  const ready = nth(occupancy.totals, deployment)
  if (home === NOWHERE || ready - 1 < leastReady) return false
  if (rungs.has('stop-first')) return true
  if (!rungs.has('relabel')) return goal < 0
  const own = replicas.filter((other) => other.deployment === deployment)
  const placed = own.filter((other) => other.home !== NOWHERE).length
  return surplus > 0 && ready > placed - surplus
}

/** Where a replica may start now: what is wanted there, or a stop-over. @type {(cluster: Cluster, allowed: Allowed, occupancy: Occupancy, places: string, replica: number) => number[]} */
function placesToStart(cluster, allowed, occupancy, places, replica) {
  const { replicas, nodes, wanted, deployments } = cluster
  const { rungs } = allowed
  const { deployment, goal, home } = nth(replicas, replica)
  return nodes.flatMap(({ index, isForRent, isReleasable }) => {
    const key = deployment * nodes.length + index
    const isWanted = rungs.has('relabel') ? occupancy.countAt(deployment, index) < nth(wanted, key) : goal === index
    if (!isWanted) {
      if (!rungs.has('hop') || home === NOWHERE) return []
      if (isForRent && !rungs.has('rent')) return []
      const isEmptied = deployments.every((other) => wanted[other.index * nodes.length + index] === 0)
      if (isEmptied && isReleasable && !isForRent && !rungs.has('delay-release')) return []
    }
    if (!occupancy.mayStart(deployment, index)) return []
    // Devices whose former holders may come back are not alike.
    const formerHolders = (/** @type {number} */ device) =>
      replicas
        .filter((other) => nodeOf(other.home) === index && ((devicesOf(other.home) >> device) & 1) === 1)
        .filter((other) => places.charCodeAt(other.index) !== other.home)
        .map((other) => other.index)
        .join()
    const found = occupancy.placesFor(deployment, index, formerHolders)
    if (index !== nodeOf(home)) return found
    return hasFree(occupancy, home, nth(deployments, deployment).share) ? [home] : []
  })
}

/** Whether the devices of a place are free for a share of each. @type {(occupancy: Occupancy, place: number, share: number) => boolean} */
function hasFree(occupancy, place, share) {
  const load = nth(occupancy.load, nodeOf(place))
  return load.every(
    (amount, device) => ((devicesOf(place) >> device) & 1) === 0 || amount + Math.min(1, share) <= 1 + 1e-6
  )
}
