/** A simulated day: requests come, replicas and nodes follow them, and somebody moves replicas, or nobody does. */
import { SimulatedClock } from '../../dist/src/simulation/simulated-clock.js'
import { LostRoom } from './lost-room.mjs'
import { NodeAutoscaler } from './node-autoscaler.mjs'
import { openCluster } from './open-cluster.mjs'
import { placePending } from './pack-placement.mjs'
import { ReplicaAutoscaler } from './replica-autoscaler.mjs'
import { countRequests } from './request-counts.mjs'
import { ServingCluster } from './serving-cluster.mjs'

/** @import { Service } from './fleet.mjs' */
/** @import { Machine } from './machines.mjs' */
/** @import { RequestCounts } from './request-counts.mjs' */
/** @import { ServingEvent } from './serving-parts.mjs' */

/**
 * Who moves replicas. tick: every second. run: meanwhile, until the signal is aborted. report: what it says of itself in the end.
 *
 * @typedef {{ tick?: (second: number) => void, run?: (signal: AbortSignal) => Promise<void>, report?: () => Record<string, number> }} Mover
 */

/** The same for every mover. @typedef {{ services: readonly Service[], machines: readonly Machine[], arrivals: readonly Uint16Array[], seconds: number, seed: number }} Day */

/**
 * What a day came to. moves: copies that were started to move a replica. released: nodes given back after moves. bought: nodes that were
 * bought in the course of the day. account: what the mover says of itself.
 *
 * @typedef {RequestCounts & { nodeHours: number, dollars: number, moves: number, released: number, bought: number, mostNodes: number, account: Record<string, number> }} DayOutcome
 */

/** Seconds between two looks at the nodes. */
const NODE_INTERVAL = 10
/** Whoever has begun something when the day is over may end it: for so many seconds, which count nowhere. */
const AFTERWARDS = 7200

/**
 * Second by second: requests, then replicas, then nodes, then the mover. The same day and mover give the same outcome.
 *
 * @type {(day: Day, makeMover: (cluster: ServingCluster) => Mover, listen?: (event: ServingEvent) => void) => Promise<DayOutcome>}
 */
export async function runDay({ services, machines, arrivals, seconds, seed }, makeMover, listen = () => {}) {
  const clock = new SimulatedClock()
  const lostRoom = new LostRoom(clock)
  const counts = { moves: 0, released: 0, bought: 0, mostNodes: 0 }
  const cluster = new ServingCluster(services, machines, clock, seed, (event) => {
    if (event.kind === 'started' && event.cause === 'move') counts.moves++
    if (event.kind === 'bought') counts.bought++
    if (event.kind === 'released' && event.cause === 'move') {
      counts.released++
      lostRoom.add(event.node.machine)
    }
    counts.mostNodes = Math.max(counts.mostNodes, cluster.nodes.size)
    listen(event)
  })
  openCluster(cluster)
  counts.bought = 0
  const scalers = [...cluster.deployments.values()].map((deployment) => new ReplicaAutoscaler(cluster, deployment))
  const nodes = new NodeAutoscaler(cluster, lostRoom)
  const mover = makeMover(cluster)
  const pass = async (/** @type {number} */ second) => {
    await clock.sleep(1000)
    cluster.tick(second, arrivals)
    for (const scaler of scalers) scaler.tick(second)
    if (cluster.pending.size > 0) placePending(cluster)
    if (second % NODE_INTERVAL === 0) nodes.tick()
    mover.tick?.(second)
  }
  return clock.run(async () => {
    const stop = new AbortController()
    let isRunning = mover.run !== undefined
    const running = mover.run?.(stop.signal).finally(() => {
      isRunning = false
    })
    for (let second = 0; second < seconds; second++) await pass(second)
    stop.abort()
    const outcome = { ...cluster.pool.bill, ...counts, ...countRequests(cluster), account: mover.report?.() ?? {} }
    for (let second = seconds; isRunning && second < seconds + AFTERWARDS; second++) await pass(second)
    await running
    return outcome
  })
}
