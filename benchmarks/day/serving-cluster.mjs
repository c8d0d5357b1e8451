/** The simulated serving cluster: nodes that are got and given back, replicas that come and go, and requests that are served meanwhile. */
import { StepError } from 'replica-compactor'
import { Dice } from '../../dist/src/simulation/dice.js'
import { NodePool } from './node-pool.mjs'
import { RequestDesk } from './request-desk.mjs'
import { drawServiceTimes } from './service-times.mjs'
import { makeCopy, Names } from './serving-parts.mjs'

/** @import { SimulatedClock } from '../../dist/src/simulation/simulated-clock.js' */
/** @import { Service } from './fleet.mjs' */
/** @import { Machine } from './machines.mjs' */
/** @import { ServingNode } from './serving-node.mjs' */
/** @import { Cause, Copy, Deployment, Pending, Replica, ServingEvent } from './serving-parts.mjs' */

/** graceful_shutdown_timeout_s: longer than any request takes, so that nobody is cut off. */
const GRACE_SECONDS = 120

export class ServingCluster {
  /** @type {Map<string, Deployment>} */
  deployments = new Map()
  /** @type {Map<string, Replica>} */
  replicas = new Map()
  /** @type {Set<Pending>} */
  pending = new Set()
  /** Rises with every change. */
  version = 0
  /** @type {Set<Copy>} */
  #draining = new Set()
  #names
  #listen

  /**
   * @param {readonly Service[]} services
   * @param {readonly Machine[]} machines
   * @param {SimulatedClock} clock
   * @param {number} seed
   * @param {(event: ServingEvent) => void} listen
   */
  constructor(services, machines, clock, seed, listen) {
    this.machines = machines
    this.clock = clock
    this.#names = new Names(seed)
    this.#listen = listen
    this.pool = new NodePool(clock, this.#names, (event) => this.#tell(event))
    const dice = new Dice(seed)
    for (const service of services) {
      const random = dice.of(`routes of ${service.id}`)
      const desk = new RequestDesk(service.maxOngoing, drawServiceTimes(service, seed), random)
      this.deployments.set(service.id, { service, desk, target: 0, replicas: new Set() })
    }
  }

  /** @param {ServingEvent} event */
  #tell(event) {
    this.version++
    this.#listen(event)
  }

  get nodes() {
    return this.pool.nodes
  }

  /** Whether nothing new may start on a node. @param {ServingNode} node @param {boolean} isClosed */
  setClosed(node, isClosed) {
    node.isClosed = isClosed
    this.version++
  }

  /** One replica more is wanted: it waits for a node. @param {Deployment} deployment */
  addReplica(deployment) {
    const { service } = deployment
    /** @type {Replica} */
    const replica = {
      id: this.#names.next(service.id),
      service,
      deployment,
      copies: new Set(),
      isRetired: false,
      isMissing: false
    }
    deployment.replicas.add(replica)
    this.replicas.set(replica.id, replica)
    this.request(replica, 'scale')
    return replica
  }

  /** A replica wants a (further) copy somewhere. @param {Replica} replica @param {Cause} cause */
  request(replica, cause) {
    this.pending.add({ replica, cause, since: this.clock.now(), isLate: false })
    this.version++
  }

  /** A copy that waits no longer. @param {Pending} pending @param {boolean} goesOn Whether it has found a node. */
  settle(pending, goesOn) {
    this.pending.delete(pending)
    if (pending.isLate && !goesOn) pending.replica.deployment.desk.trouble(-1)
  }

  /**
   * A copy begins on a node that has room.
   *
   * @param {Replica} replica
   * @param {ServingNode} node
   * @param {readonly number[]} devices
   * @param {{ cause: Cause, opensWhenReady?: boolean, isLate?: boolean, isReady?: boolean }} options
   */
  start(replica, node, devices, { cause, opensWhenReady = true, isLate = false, isReady = false }) {
    const startedAt = this.clock.now()
    const copy = makeCopy(replica, node, devices, { cause, opensWhenReady, isLate, startedAt })
    node.take(replica.service, devices)
    node.copies.add(copy)
    if (cause === 'scale') node.isEmptiedByMoves = false
    node.changedAt = this.clock.now()
    replica.copies.add(copy)
    this.#tell({ kind: 'started', copy, cause })
    const getReady = () => {
      if (copy.state !== 'starting' || !node.copies.has(copy)) return
      copy.state = 'ready'
      this.#endLateness(copy)
      node.changedAt = this.clock.now()
      this.#tell({ kind: 'ready', copy, cause })
      if (copy.opensWhenReady) this.open(copy)
      copy.ready.resolve()
    }
    const name = this.#names.next(`start of ${replica.id}`)
    if (isReady) getReady()
    else this.clock.after(this.#names.duration(name, replica.service.startupSeconds), getReady)
    return copy
  }

  /** Requests come to a copy. @param {Copy} copy */
  open(copy) {
    copy.replica.deployment.desk.open(copy.seat)
    this.#countMissing(copy.replica)
    this.#tell({ kind: 'opened', copy, cause: copy.cause })
  }

  /** No more requests come to a copy. @param {Copy} copy @param {Cause} cause */
  close(copy, cause) {
    if (!copy.seat.isOpen) return
    copy.replica.deployment.desk.close(copy.seat)
    this.#countMissing(copy.replica, cause)
    this.#tell({ kind: 'closed', copy, cause })
  }

  /** A copy takes no more requests and ends those it has. @param {Copy} copy @param {Cause} cause @param {boolean} leavesWhenEmpty */
  drain(copy, cause, leavesWhenEmpty) {
    this.close(copy, cause)
    copy.leavesWhenEmpty ||= leavesWhenEmpty
    if (copy.state === 'draining') return
    copy.state = 'draining'
    copy.cause = cause
    copy.drainsUntil = this.clock.now() + GRACE_SECONDS * 1000
    copy.node.changedAt = this.clock.now()
    this.version++
    this.#draining.add(copy)
  }

  /** A copy is gone, with what was in service there. @param {Copy} copy @param {Cause} cause */
  remove(copy, cause) {
    const { replica, node, devices } = copy
    if (!node.copies.delete(copy)) return
    this.close(copy, cause)
    this.#draining.delete(copy)
    this.#endLateness(copy)
    replica.deployment.desk.cut(copy.seat, cause === 'move')
    replica.copies.delete(copy)
    node.take(replica.service, devices, -1)
    node.changedAt = this.clock.now()
    this.#tell({ kind: 'removed', copy, cause })
    const gone = new StepError('changed', `${replica.id} is gone from ${node.id}`)
    copy.ready.reject(gone)
    copy.emptied.resolve()
    if (replica.isRetired && replica.copies.size === 0) this.replicas.delete(replica.id)
  }

  /** A replica is no longer wanted: what starts ends at once, what serves ends what it has. @param {Replica} replica */
  retire(replica) {
    replica.isRetired = true
    replica.deployment.replicas.delete(replica)
    for (const pending of this.pending) if (pending.replica === replica) this.settle(pending, false)
    this.#countMissing(replica)
    this.#tell({ kind: 'retired', replica })
    for (const copy of [...replica.copies]) {
      if (copy.state === 'starting') this.remove(copy, 'scale')
      else this.drain(copy, 'scale', true)
    }
    if (replica.copies.size === 0) this.replicas.delete(replica.id)
  }

  /** @param {Deployment} deployment @param {number} target */
  aim(deployment, target) {
    deployment.target = target
    this.#tell({ kind: 'targeted', deployment })
  }

  /** A second of requests. @param {number} second @param {readonly Uint16Array[]} arrivals */
  tick(second, arrivals) {
    let index = 0
    for (const { desk } of this.deployments.values()) desk.tick(second, arrivals[index++]?.[second] ?? 0)
    for (const copy of [...this.#draining]) {
      const isEmpty = copy.seat.ongoing === 0
      if (isEmpty) copy.emptied.resolve()
      if (copy.leavesWhenEmpty && (isEmpty || this.clock.now() >= copy.drainsUntil)) this.remove(copy, copy.cause)
    }
  }

  /** A replica without a copy that takes requests, by a move, is missing until it has one again or is not wanted. @param {Replica} replica @param {Cause} [cause] */
  #countMissing(replica, cause) {
    const isServed = [...replica.copies].some(({ seat }) => seat.isOpen)
    const isMissing = !replica.isRetired && !isServed && (replica.isMissing || cause === 'move')
    if (isMissing === replica.isMissing) return
    replica.isMissing = isMissing
    replica.deployment.desk.trouble(isMissing ? 1 : -1)
  }

  /** @param {Copy} copy */
  #endLateness(copy) {
    if (copy.isLate) copy.replica.deployment.desk.trouble(-1)
    copy.isLate = false
  }
}
