import type { InstanceDeployment } from '../../models/instance/instance.js'
import { mayStart } from '../../models/instance/instance.js'
import type { Place } from '../../models/instance/packing.js'
import type { Devices, Mover } from './agenda.js'
import { DetourBudget, type HopBudget } from './detour-budget.js'
import { deviceLoads, packOnto } from './device-choice.js'
import type { Progress } from './progress.js'

/** What movers may do instead of taking a slot: stop over on another node, or go before their successors start. */
export class WaysAround {
  /** The node of the last stop-over; −1 before there is one. */
  lastStopOver = -1
  readonly #budget: DetourBudget

  constructor(
    private readonly progress: Progress,
    budget: HopBudget
  ) {
    this.#budget = new DetourBudget(budget, progress.log)
  }

  /** What detours have cost so far, in words: the same means the same is left. */
  get spent(): string {
    return this.#budget.spent
  }

  /** Whether one more migration of this mover is within what detours may cost. */
  mayHop(mover: number): boolean {
    const who = this.#mover(mover)
    const stands = this.progress.placeOf(mover) !== undefined
    return who.copy >= 0 && stands && this.#budget.affords(who, this.#migrationsOfHop(mover))
  }

  /** Who stays in the end goes away and comes home; the others go on to where they had to go anyway. */
  #migrationsOfHop(mover: number): number {
    return this.progress.arrived[mover] === 1 ? 2 : 1
  }

  /** Devices for a stop-over of a mover on a node, or null when it has no room there now. */
  stopOver(mover: number, node: number): Place | null {
    const { instance, limits, ledger } = this.progress
    const { deployment } = this.#mover(mover)
    if (!mayStart(instance, deployment, node) || !this.hasAmounts(deployment, node)) return null
    const none = instance.deviceResources.map(() => [])
    if (ledger.blockerOf(limits.holding(deployment, node, none)) >= 0) return null
    const { demand } = instance.deployments[deployment] as InstanceDeployment
    if (!instance.deviceResources.some((resource) => (demand[resource] as number) > 0)) return { node, devices: none }
    const packed = packOnto(instance, deviceLoads(instance, limits, ledger.level, node), [deployment])
    return packed === null ? null : { node, devices: packed[0] as Devices }
  }

  /** Whether a node has what a start takes of each resource: says no at once where most of many nodes are full. */
  hasAmounts(deployment: number, node: number): boolean {
    const { instance, limits, ledger } = this.progress
    const { demand, startupDemand } = instance.deployments[deployment] as InstanceDeployment
    for (let resource = 0; resource < demand.length; resource++) {
      const amount = Math.max(demand[resource] as number, startupDemand[resource] as number)
      const counter = limits.resource(node, resource)
      if (amount > 0 && (ledger.level[counter] as number) + amount > (limits.limit[counter] as number)) return false
    }
    return true
  }

  /** A mover goes to a place that is not its own in the end. Who stays in the end leaves its slot to come home to. */
  hop(mover: number, place: Place): void {
    const { limits, log } = this.progress
    const more = this.#migrationsOfHop(mover)
    if (this.progress.arrived[mover] === 1) this.progress.reopen(mover)
    this.progress.goAway(mover, place, limits.holding(this.#mover(mover).deployment, place.node, place.devices))
    const { lastStopOver } = this
    this.lastStopOver = place.node
    log.push(() => {
      this.lastStopOver = lastStopOver
    })
    this.#budget.spend(this.#mover(mover), more)
  }

  /** Whether a mover may go before its successor starts: it is ready, and enough others are. */
  mayLeave(mover: number): boolean {
    const { arrived, standings } = this.progress
    const who = this.#mover(mover)
    const isFree = arrived[mover] === 0 || (who.lends && this.#budget.affords(who, 1))
    return isFree && standings.isReady(mover) && standings.mayLose(who.deployment)
  }

  /** A mover goes, and runs nowhere until it takes its slot. Who stays in the end starts anew where it was. */
  leave(mover: number): void {
    if (this.progress.arrived[mover] === 1) {
      this.progress.reopen(mover)
      this.#budget.spend(this.#mover(mover), 1)
    }
    this.progress.goAway(mover)
  }

  #mover(index: number): Mover {
    return this.progress.agenda.movers[index] as Mover
  }
}
