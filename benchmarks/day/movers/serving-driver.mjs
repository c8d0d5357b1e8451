/** The simulated serving cluster as a driver: what a plan asks for while autoscalers do what they like. */
import { StepError } from 'replica-compactor'
import { Operations } from '../../../dist/src/simulation/operations.js'

/** @import { Call, Driver, Observation, Result, StepOf } from 'replica-compactor' */
/** @import { ServingCluster } from '../serving-cluster.mjs' */
/** @import { ServingNode } from '../serving-node.mjs' */
/** @import { Copy, Replica } from '../serving-parts.mjs' */

/** How long the cluster takes to answer. */
const ANSWER_MS = 500

/**
 * Made for each plan. A node that the plan buys is kept for it: the scheduler of the cluster does not use it before the plan has started
 * there what it wants to.
 *
 * @implements {Driver}
 */
export class ServingDriver {
  #cluster
  #operations = new Operations(() => {})
  /** Starts that are still to come, by node that the plan buys. */
  #expected

  /** @param {ServingCluster} cluster @param {Pick<Result, 'newNodes' | 'plan'>} result */
  constructor(cluster, { newNodes, plan }) {
    this.#cluster = cluster
    this.#expected = new Map(newNodes.map(({ id }) => [id, 0]))
    for (const { action, ...step } of plan.steps) {
      const node = action === 'start' && 'node' in step ? step.node : ''
      const starts = this.#expected.get(node)
      if (starts !== undefined) this.#expected.set(node, starts + 1)
    }
    // What a plan of before has not used is anybody's.
    for (const node of cluster.nodes.values()) node.isReserved = false
  }

  /** @param {StepOf<'cordon'>} step @param {Call} call */
  cordon(step, call) {
    return this.#once('cordon', step, call, async () => this.#cluster.setClosed(this.#nodeOf(step.node), true))
  }

  /** @param {StepOf<'uncordon'>} step @param {Call} call */
  uncordon(step, call) {
    return this.#once('uncordon', step, call, async () => {
      const node = this.#cluster.nodes.get(step.node)
      if (node !== undefined) this.#cluster.setClosed(node, false)
    })
  }

  /** @param {StepOf<'provision'>} step @param {Call} call */
  provision(step, call) {
    return this.#once('provision', step, call, async () => {
      const machine = this.#cluster.machines.find(({ type }) => type === step.type)
      if (machine === undefined) throw new StepError('refused', `${step.type} cannot be had`)
      if (this.#cluster.nodes.has(step.node)) throw new StepError('changed', `there is a node ${step.node} already`)
      const node = this.#cluster.pool.buy(machine, { id: step.node, cause: 'move' })
      node.isReserved = true
      await node.arrival.promise
    })
  }

  /** @param {StepOf<'start'>} step @param {Call} call */
  start(step, call) {
    return this.#once('start', step, call, async () => {
      const replica = this.#replicaOf(step)
      const node = this.#nodeOf(step.node)
      if (this.#copyOn(step) !== undefined) return
      const devices = step.devices?.gpu ?? node.findRoom(replica.service)
      if (!node.isOpen || devices === null || !node.hasRoom(replica.service, devices)) {
        throw new StepError('changed', `${node.id} has no room for ${replica.id}: others have taken it`)
      }
      this.#cluster.start(replica, node, devices, { cause: 'move', opensWhenReady: false })
      const left = (this.#expected.get(node.id) ?? 0) - 1
      this.#expected.set(node.id, left)
      if (left <= 0) node.isReserved = false
    })
  }

  /** @param {StepOf<'start'>} step @param {Call} call */
  ready(step, call) {
    return this.#once('ready', step, call, async () => {
      const replica = this.#replicaOf(step)
      const copy = this.#copyOn(step)
      if (copy === undefined) throw new StepError('changed', `${replica.id} is gone from ${step.node}`)
      await copy.ready.promise
    })
  }

  /** @param {StepOf<'shift'>} step @param {Call} call */
  shift(step, call) {
    return this.#once('shift', step, call, async () => {
      const replica = this.#replicaOf(step)
      const [from, to] = [step.from, step.to].map((node) => this.#copyOn({ ...step, node }))
      if (to === undefined) throw new StepError('changed', `${replica.id} is gone from ${step.to}`)
      this.#cluster.open(to)
      if (from !== undefined) this.#cluster.close(from, 'move')
    })
  }

  /** @param {StepOf<'drain'>} step @param {Call} call */
  drain(step, call) {
    return this.#once('drain', step, call, async () => {
      const copy = this.#copyOn(step)
      if (copy === undefined) return
      this.#cluster.drain(copy, 'move', false)
      await copy.emptied.promise
    })
  }

  /** @param {StepOf<'stop'>} step @param {Call} call */
  stop(step, call) {
    return this.#once('stop', step, call, async () => {
      const copy = this.#copyOn(step)
      if (copy?.state === 'draining') await copy.emptied.promise
      if (copy !== undefined) this.#cluster.remove(copy, 'move')
    })
  }

  /** @param {StepOf<'release'>} step @param {Call} call */
  release(step, call) {
    return this.#once('release', step, call, async () => {
      const node = this.#cluster.nodes.get(step.node)
      if (node === undefined) return
      if (node.copies.size > 0) throw new StepError('refused', `${node.id} is not empty`)
      this.#cluster.pool.release(node, 'move')
    })
  }

  /** @param {StepOf<'start'>} step @returns {Promise<Observation>} */
  async observe(step) {
    const replica = this.#cluster.replicas.get(nameOf(step))
    const hosts = [...(replica?.copies ?? [])].map(({ node }) => node.id)
    const node = this.#cluster.nodes.get(step.node)
    if (node === undefined) return { hosts, isOpen: false }
    const [gpu = 0, cpu = 0, memory = 0] = node.free
    return { hosts, isOpen: node.isOpen, free: { gpu, cpu, memory } }
  }

  /**
   * @param {Parameters<Operations['once']>[0]} verb
   * @param {Parameters<Operations['once']>[1]} step
   * @param {Call} call
   * @param {() => Promise<void>} operate
   */
  #once(verb, step, call, operate) {
    return this.#operations.once(verb, step, call, async () => {
      await this.#cluster.clock.sleep(ANSWER_MS)
      await operate()
    })
  }

  /** @param {string} id @returns {ServingNode} */
  #nodeOf(id) {
    const node = this.#cluster.nodes.get(id)
    if (node === undefined) throw new StepError('changed', `there is no node ${id} any more`)
    return node
  }

  /** @param {{ readonly replica: string }} step @returns {Replica} */
  #replicaOf(step) {
    const replica = this.#cluster.replicas.get(nameOf(step))
    if (replica === undefined || replica.isRetired) {
      throw new StepError('changed', `${nameOf(step)} is not wanted any more`)
    }
    return replica
  }

  /** @param {{ readonly replica: string, readonly node: string }} step @returns {Copy | undefined} */
  #copyOn(step) {
    const copies = this.#cluster.replicas.get(nameOf(step))?.copies ?? []
    return [...copies].find(({ node }) => node.id === step.node)
  }
}

/** The replica of a copy: the snapshot numbers its further copies. @type {(step: { readonly replica: string }) => string} */
const nameOf = ({ replica }) => replica.replace(/~\d+$/, '')
