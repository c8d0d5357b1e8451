/**
 * The least time in which a target is reached without stop-overs: branch and bound over who starts where at which moment, deliberate
 * waiting included. Only moments at which something ends need be looked at: whoever starts between two of them may start earlier.
 * One execution in order of time is all that is asked for, so that no plan that is safe in every order is faster.
 */
import { NOWHERE, nodeOf, nth } from './cluster.mjs'
import { leastEnd } from './least-end.mjs'
import { occupy } from './occupancy.mjs'

/** @import { Cluster } from './cluster.mjs' */

/** @typedef {{ replica: number, from: number, to: number, ready: number, stopped: number, isReady: boolean }} Flight */
/** @typedef {{ replica: number, place: number }} Start */
/**
 * isExact: false where it gave up; `seconds` is then the best that is known. starts: how to be that fast; null where the makespan that was
 * known is the least.
 *
 * @typedef {{ seconds: number, isExact: boolean, starts: readonly (Start & { at: number })[] | null }} Makespan
 */

/**
 * @param {Cluster} cluster Without pending and surplus replicas.
 * @param {number} known A makespan that is possible.
 * @param {number} mostStates
 * @returns {Makespan}
 */
export function leastMakespan(cluster, known, mostStates) {
  return new Search(cluster, known, mostStates).run()
}

class Search {
  /** @param {Cluster} cluster @param {number} known @param {number} mostStates */
  constructor(cluster, known, mostStates) {
    const homes = cluster.replicas.map(({ home }) => home)
    this.cluster = cluster
    this.best = known
    this.left = mostStates
    this.occupancy = occupy(cluster, homes, NOWHERE)
    /** Where everybody is or is on the way to. */
    this.places = homes
    /** @type {Flight[]} */
    this.flights = []
    /** Who may take each other's place: a number for each replica. */
    this.groups = cluster.replicas.map(({ index, deployment }) => (cluster.rungs.has('relabel') ? deployment : index))
    /** Copies missing, or below 0 to go, at [group × nodes.length + node]. @type {number[]} */
    this.missing = new Array((1 + Math.max(0, ...this.groups)) * cluster.nodes.length).fill(0)
    for (const { index, home, goal } of cluster.replicas) {
      this.change(index, nodeOf(home), -1)
      this.change(index, goal, 1)
    }
    /** @type {(Start & { at: number })[]} */
    this.starts = []
    /** @type {(Start & { at: number })[] | null} */
    this.bestStarts = null
    /** The earliest moment at which each state was seen. @type {Map<string, number>} */
    this.seen = new Map()
  }

  /** @returns {Makespan} */
  run() {
    this.explore(0, 0)
    return { seconds: this.best, isExact: this.left > 0, starts: this.bestStarts }
  }

  /** @type {(now: number, first: number) => void} */
  explore(now, first) {
    if (--this.left <= 0 || leastEnd(this.occupancy, now, this.flights, this.missing) >= this.best - 1e-9) return
    if (this.missing.every((count) => count === 0)) {
      this.best = this.flights.reduce((latest, { stopped }) => Math.max(latest, stopped), now)
      this.bestStarts = [...this.starts]
      return
    }
    for (const start of this.possibleStarts()) {
      // Who begins at one moment is listed in one order only.
      if (order(this.cluster, start) < first) continue
      this.starts.push({ ...start, at: now })
      this.begin(now, start)
      this.explore(now, order(this.cluster, start) + 1)
      this.takeBack(start)
      this.starts.pop()
    }
    this.advance()
  }

  /** Goes on at the next moment at which something ends. */
  advance() {
    const next = this.flights.reduce(
      (soonest, { ready, stopped, isReady }) => Math.min(soonest, isReady ? stopped : ready),
      Infinity
    )
    if (next === Infinity) return
    const ready = this.flights.filter((flight) => !flight.isReady && flight.ready <= next)
    const before = this.flights
    for (const flight of ready) {
      flight.isReady = true
      this.occupancy.settle(flight.replica, flight.to)
    }
    const gone = before.filter(({ isReady, stopped }) => isReady && stopped <= next)
    for (const { replica, from } of gone) this.occupancy.hold(replica, from, -1)
    this.flights = before.filter((flight) => !gone.includes(flight))
    const key = this.describe(next)
    if ((this.seen.get(key) ?? Infinity) > next) {
      this.seen.set(key, next)
      this.explore(next, 0)
    }
    this.flights = before
    for (const { replica, from } of gone) this.occupancy.hold(replica, from, 1)
    for (const flight of ready) {
      flight.isReady = false
      this.occupancy.settle(flight.replica, flight.to, -1)
    }
  }

  /** @type {(now: number) => string} */
  describe(now) {
    const flights = this.flights.map(({ replica, from, ready, stopped }) =>
      [replica, from, Math.max(0, ready - now), stopped - now].join(':')
    )
    return `${this.places.join()}|${flights.sort().join()}`
  }

  /** Who may start where now. */
  possibleStarts() {
    const { replicas, nodes, limits } = this.cluster
    /** @type {Start[]} */
    const starts = []
    if (this.flights.length >= (limits.inFlight ?? Infinity)) return starts
    const alike = new Set()
    for (const { index, deployment, home, isPinned } of replicas) {
      if (isPinned || this.places[index] !== home || this.missingAt(index, nodeOf(home)) >= 0) continue
      const kind = `${this.groups[index]}@${home}`
      if (alike.has(kind)) continue
      alike.add(kind)
      const own = this.flights.filter(({ replica }) => nth(replicas, replica).deployment === deployment)
      if (own.length >= (limits.perDeployment ?? Infinity)) continue
      for (const { index: node } of nodes) {
        if (this.missingAt(index, node) <= 0 || !this.occupancy.mayStart(deployment, node)) continue
        const starting = this.flights.filter(({ to, isReady }) => !isReady && nodeOf(to) === node)
        if (starting.length >= (limits.startsPerNode ?? Infinity)) continue
        for (const place of this.occupancy.placesFor(deployment, node)) starts.push({ replica: index, place })
      }
    }
    return starts.sort((left, right) => order(this.cluster, left) - order(this.cluster, right))
  }

  /** @type {(replica: number, node: number) => number} */
  missingAt(replica, node) {
    return nth(this.missing, nth(this.groups, replica) * this.cluster.nodes.length + node)
  }

  /** @type {(replica: number, node: number, copies: 1 | -1) => void} */
  change(replica, node, copies) {
    const key = nth(this.groups, replica) * this.cluster.nodes.length + node
    this.missing[key] = nth(this.missing, key) + copies
  }

  /** @type {(now: number, start: Start) => void} */
  begin(now, { replica, place }) {
    const { startupSeconds, drainSeconds } = this.occupancy.deploymentOf(replica)
    const ready = now + startupSeconds
    const from = nth(this.places, replica)
    this.occupancy.hold(replica, place, 1, true)
    this.change(replica, nodeOf(from), 1)
    this.change(replica, nodeOf(place), -1)
    this.places[replica] = place
    this.flights = [...this.flights, { replica, from, to: place, ready, stopped: ready + drainSeconds, isReady: false }]
  }

  /** @type {(start: Start) => void} */
  takeBack({ replica, place }) {
    const { from } = nth(this.flights, this.flights.length - 1)
    this.flights = this.flights.slice(0, -1)
    this.places[replica] = from
    this.change(replica, nodeOf(from), -1)
    this.change(replica, nodeOf(place), 1)
    this.occupancy.settle(replica, place)
    this.occupancy.hold(replica, place, -1)
  }
}

/** The order in which starts of one moment are listed: by replica. @type {(cluster: Cluster, start: Start) => number} */
function order({ nodes }, { replica, place }) {
  return replica * nodes.length * 256 + place
}
