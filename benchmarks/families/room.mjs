/** What is free on every node, device by device, while replicas come and go. */
import { labelOf, matchesCondition } from '../../dist/models/instance/selector.js'
import { at } from './crowd.mjs'

/** @import { LabelCondition } from '../../dist/models/contract/quantities.js' */
/** @import { ProblemInput } from 'replica-compactor' */
/** @typedef {Record<string, number[]>} Devices What a copy holds, by resource. */
/** @typedef {'emptiest' | 'fullest'} Preferred Of the devices that take a share of one. */

/**
 * What a copy of one deployment needs. Resources are positions in `names`.
 *
 * @typedef {object} Want
 * @property {readonly { readonly resource: number, readonly amount: number }[]} amounts Above 0.
 * @property {readonly number[]} unwanted Devices that it does not need.
 * @property {readonly (readonly [label: string, condition: LabelCondition])[]} selector
 * @property {number} most Copies on one node.
 * @property {Map<number, number>} hosted Copies by node.
 */

/** Decimal shares that fill a device sum up to a trifle more than 1. */
const ROUNDING = 1e-9
/** How much fuller a node with devices is for those who need none of them. */
const UNWANTED_DEVICES = 0.25

export class Room {
  /** @param {Pick<ProblemInput, 'nodes' | 'deployments' | 'resources'>} problem */
  constructor({ nodes, deployments, resources = {} }) {
    this.nodes = nodes
    const amounts = [...nodes.map(({ capacity }) => capacity), ...deployments.map(({ demand }) => demand)]
    this.names = [...new Set(amounts.flatMap((named) => Object.keys(named)))]
    this.isDevice = this.names.map((name) => (resources[name]?.kind ?? (name === 'gpu' ? 'device' : '')) === 'device')
    // Node after node, resource after resource: these are asked for millions of times.
    this.capacity = Float64Array.from(nodes.flatMap(({ capacity }) => this.names.map((name) => capacity[name] ?? 0)))
    this.held = new Float64Array(this.capacity.length)
    /** How much of each device is held, by node and resource. */
    this.devices = nodes.map(({ capacity }) =>
      this.names.map((name, resource) => new Array(this.isDevice[resource] ? (capacity[name] ?? 0) : 0).fill(0))
    )
    this.wants = new Map(deployments.map((deployment) => [deployment.id, this.#want(deployment)]))
  }

  /** @param {ProblemInput['deployments'][number]} deployment @returns {Want} */
  #want({ demand, nodeSelector = {}, maxReplicasPerNode = Infinity }) {
    const isWanted = (/** @type {string} */ name) => (demand[name] ?? 0) > 0
    return {
      amounts: this.names.flatMap((name, resource) =>
        isWanted(name) ? [{ resource, amount: demand[name] ?? 0 }] : []
      ),
      unwanted: [...this.names.keys()].filter(
        (resource) => at(this.isDevice, resource) && !isWanted(at(this.names, resource))
      ),
      selector: Object.entries(nodeSelector).map(([label, value]) => [
        label,
        typeof value === 'string' ? [value] : value
      ]),
      most: maxReplicasPerNode,
      hosted: new Map()
    }
  }

  /** @param {string} deployment */
  want(deployment) {
    const want = this.wants.get(deployment)
    if (want === undefined) throw new RangeError(`no deployment ${deployment}`)
    return want
  }

  /** Whether there is enough of everything in sum. @param {Want} want @param {number} node */
  hasAmounts({ amounts }, node) {
    const first = node * this.names.length
    for (const { resource, amount } of amounts) {
      if (!((this.held[first + resource] ?? 0) + amount <= (this.capacity[first + resource] ?? 0) + ROUNDING))
        return false
    }
    return true
  }

  /**
   * The devices that a copy would get on a node; null where they do not suffice.
   *
   * @param {Want} want
   * @param {number} node
   * @param {Preferred} preferred
   */
  devicesFor({ amounts }, node, preferred) {
    /** @type {Devices} */
    const offered = {}
    for (const { resource, amount } of amounts) {
      if (!at(this.isDevice, resource)) continue
      const chosen = chooseDevices(at(at(this.devices, node), resource), amount, preferred)
      if (chosen === null) return null
      offered[at(this.names, resource)] = chosen
    }
    return offered
  }

  /**
   * The devices that a new copy would get on a node; null where none may start.
   *
   * @param {Want} want
   * @param {number} node
   * @param {Preferred} preferred
   */
  offer(want, node, preferred) {
    const { labels = {}, acceptsReplicas = true, mustEmpty = false } = at(this.nodes, node)
    if (!acceptsReplicas || mustEmpty || (want.hosted.get(node) ?? 0) >= want.most) return null
    if (!want.selector.every(([label, condition]) => matchesCondition(condition, labelOf(labels, label)))) return null
    return this.hasAmounts(want, node) ? this.devicesFor(want, node, preferred) : null
  }

  /** A copy comes (1), or goes (−1). @param {Want} want @param {number} node @param {Devices} devices @param {1 | -1} sign */
  seat({ amounts, hosted }, node, devices, sign) {
    for (const { resource, amount } of amounts) {
      const index = node * this.names.length + resource
      this.held[index] = (this.held[index] ?? 0) + sign * amount
      const loads = at(at(this.devices, node), resource)
      for (const device of devices[at(this.names, resource)] ?? []) {
        loads[device] = at(loads, device) + sign * Math.min(1, amount)
      }
    }
    hosted.set(node, (hosted.get(node) ?? 0) + sign)
  }

  /**
   * How full a node is for those who want this: the mean, over the resources they want, of the share that is held. A quarter is
   * added where there are devices that they do not want, so that these are left to others.
   *
   * @param {Want} want
   * @param {number} node
   * @param {0 | 1} copies As if so many more of them were there.
   */
  fullness({ amounts, unwanted }, node, copies) {
    const first = node * this.names.length
    let sum = 0
    for (const { resource, amount } of amounts) {
      sum += ((this.held[first + resource] ?? 0) + copies * amount) / (this.capacity[first + resource] ?? 0)
    }
    const isKept = unwanted.some((resource) => (this.capacity[first + resource] ?? 0) > 0)
    return sum / Math.max(1, amounts.length) + (isKept ? UNWANTED_DEVICES : 0)
  }

  /**
   * The node of some that is least full, the first of several, with the devices there; null where none takes a copy.
   *
   * @param {Want} want
   * @param {Iterable<number>} nodes
   * @param {0 | 1} copies As for `fullness`.
   */
  findLeastFull(want, nodes, copies) {
    let least = Infinity
    /** @type {{ node: number, devices: Devices } | null} */
    let found = null
    for (const node of nodes) {
      if (!this.hasAmounts(want, node)) continue
      const fullness = this.fullness(want, node, copies)
      if (fullness >= least) continue
      const devices = this.offer(want, node, 'emptiest')
      if (devices === null) continue
      least = fullness
      found = { node, devices }
    }
    return found
  }

  /** Share of a resource that is held, over all nodes; 0 where there is none of it. @param {string} name */
  heldShare(name) {
    const resource = this.names.indexOf(name)
    const sum = (/** @type {Float64Array} */ amounts) =>
      this.nodes.reduce((total, _, node) => total + (amounts[node * this.names.length + resource] ?? 0), 0)
    const capacity = sum(this.capacity)
    return capacity === 0 ? 0 : sum(this.held) / capacity
  }
}

/** @type {(loads: readonly number[], amount: number, preferred: Preferred) => number[] | null} */
function chooseDevices(loads, amount, preferred) {
  const fitting = [...loads.keys()].filter((device) => at(loads, device) + Math.min(1, amount) <= 1 + ROUNDING)
  const wanted = Math.max(1, amount)
  if (fitting.length < wanted) return null
  const sign = preferred === 'emptiest' ? 1 : -1
  fitting.sort((left, right) => sign * (at(loads, left) - at(loads, right)) || left - right)
  return fitting.slice(0, wanted).sort((left, right) => left - right)
}
