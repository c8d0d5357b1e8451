import { groupBy } from '../grouping.js'
import { type ClusterNode, devicesHeld, devicesOf } from './cluster.js'
import { type Counter, hold } from './counters.js'
import type { PlannedCopy } from './planned-copies.js'
import type { Precedence } from './precedence.js'
import { exceeds } from './tolerance.js'
import type { Report } from './violations.js'
import { worstLevel } from './worst-orders.js'

/** Trials after which the search for an assignment gives up and says that there is none. */
const MOST_TRIALS = 5_000
/** Deeper searches would not end within the trials, and not on the call stack. */
const DEEPEST_SEARCH = 1_000

/**
 * Draining copies may hold devices that neither Problem nor Result names. A running copy keeps its devices, so one
 * assignment of them must be safe in every order of the steps; where none is found, that is reported.
 */
export function checkUnstatedDevices(precedence: Precedence, copies: readonly PlannedCopy[], report: Report): void {
  const vague = copies.filter(
    ({ deployment, devices, start }) =>
      start === undefined && devices === undefined && deployment.deviceResources.length > 0
  )
  const byNode = groupBy(copies, (copy) => copy.node)
  for (const [node, unstated] of groupBy(vague, (copy) => copy.node)) {
    const there = byNode.get(node) ?? []
    for (const resource of new Set(unstated.flatMap((copy) => copy.deployment.deviceResources))) {
      const waiting = unstated.filter((copy) => copy.deployment.deviceResources.includes(resource))
      const newcomers = there.filter(
        ({ start, devices }) => start !== undefined && devicesOf(devices, resource)?.length
      )
      if (newcomers.every((newcomer) => comesAfter(precedence, newcomer, waiting))) continue
      if (new DeviceAssignment(precedence, node, resource, there).canHold(waiting)) continue
      const message = `in some order copies of unknown devices of ${resource} and newcomers may not fit on ${node.id}`
      report('devices', node.id, message)
    }
  }
}

function comesAfter(precedence: Precedence, { start }: PlannedCopy, leaving: readonly PlannedCopy[]): boolean {
  return leaving.every(({ stop }) => stop !== undefined && start !== undefined && precedence.isBefore(stop, start))
}

/** A depth-first search for devices that copies hold from the outset, on one node. */
class DeviceAssignment {
  readonly #holders: PlannedCopy[][]
  #trials = 0

  constructor(
    readonly precedence: Precedence,
    readonly node: ClusterNode,
    readonly resource: string,
    there: readonly PlannedCopy[]
  ) {
    this.#holders = Array.from({ length: node.capacity.get(resource) ?? 0 }, () => [])
    for (const copy of there) {
      for (const device of devicesOf(copy.devices, resource) ?? []) this.#holders[device]?.push(copy)
    }
  }

  canHold(copies: readonly PlannedCopy[]): boolean {
    const demandOf = ({ deployment }: PlannedCopy) => deployment.demand.get(this.resource) ?? 0
    const pieces = [...copies]
      .sort((a, b) => demandOf(b) - demandOf(a))
      .flatMap((copy) => new Array<PlannedCopy>(devicesHeld(demandOf(copy))).fill(copy))
    return pieces.length <= DEEPEST_SEARCH && this.#place(pieces, 0, 0)
  }

  /** Places one device's worth of a copy after the other; those of one copy on devices in rising order. */
  #place(pieces: readonly PlannedCopy[], next: number, from: number): boolean {
    const copy = pieces[next]
    if (copy === undefined) return true
    for (let device = from; device < this.#holders.length; device++) {
      const holders = this.#holders[device] ?? []
      if (this.#trials++ >= MOST_TRIALS) return false
      holders.push(copy)
      const fits = !exceeds(worstLevel(this.precedence, this.#counterOf(holders), 1), 1)
      if (fits && this.#place(pieces, next + 1, pieces[next + 1] === copy ? device + 1 : 0)) return true
      holders.pop()
    }
    return false
  }

  #counterOf(holders: readonly PlannedCopy[]): Counter {
    const where = this.node.id
    const counter: Counter = {
      code: 'devices',
      where,
      subject: this.resource,
      limit: 1,
      initial: 0,
      changes: new Map()
    }
    for (const copy of holders) {
      const share = Math.min(copy.deployment.demand.get(this.resource) ?? 0, 1)
      hold(counter, copy, share, share)
    }
    return counter
  }
}
