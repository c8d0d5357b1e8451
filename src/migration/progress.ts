import type { Instance, InstanceCopy, InstanceDeployment } from '../../models/instance/instance.js'
import { mayStart } from '../../models/instance/instance.js'
import type { Place, Target } from '../../models/instance/packing.js'
import type { Agenda, Devices, Mover, Slot } from './agenda.js'
import { ArrivalDevices } from './arrival-devices.js'
import { deviceLoads, packOnto } from './device-choice.js'
import { Ledger } from './ledger.js'
import type { Holding, Limits } from './limits.js'

/** One thing done, in a total order: a copy becomes ready, goes away, leaves before its successor starts, or starts somewhere (and leaves where it was). */
export type Leg =
  | { readonly kind: 'wait' | 'stop'; readonly copy: number }
  | { readonly kind: 'leave'; readonly mover: Mover; readonly from: Place }
  | { readonly kind: 'move'; readonly mover: Mover; readonly from: Place | undefined; readonly to: Place }

/** What hops may still cost. */
export interface HopBudget {
  readonly migrations: number
  readonly moveCost: number
  readonly perDeployment: (deployment: number) => number
}

/** An agenda being carried out, one leg after the other, with undo. */
export class Progress {
  readonly legs: Leg[] = []
  readonly ledger: Ledger
  /** 1 for each mover that has arrived. */
  readonly arrived: Uint8Array
  /** The mover in each slot; −1: none yet. */
  readonly takenBy: Int32Array
  /** Movers that are neither where they were nor where they belong: they stop over, or run nowhere for the moment. */
  readonly away = new Set<number>()
  remaining: number
  /** How often somebody who had arrived has not any more. */
  takenBack = 0
  /** The node of the last stop-over; −1 before there is one. */
  lastStopOver = -1
  readonly slotsAt: readonly number[][]
  /** Movers that stay in the end, and may step aside. */
  readonly lenders: readonly number[]
  private readonly devices: ArrivalDevices
  private readonly places: (Place | undefined)[]
  private readonly moverHolding: (Holding | undefined)[]
  private readonly journal: (() => void)[] = []
  private readonly legsOf = new Map<number, number>()
  /** Copies that are to stop as soon as enough others are ready, by deployment. */
  private readonly waitingStops = new Map<number, number[]>()
  private hopCost = 0
  private hops = 0

  constructor(
    readonly instance: Instance,
    readonly limits: Limits,
    readonly agenda: Agenda,
    target: Target,
    private readonly hopBudget: HopBudget
  ) {
    this.ledger = new Ledger(instance, limits)
    this.arrived = new Uint8Array(agenda.movers.length)
    this.takenBy = new Int32Array(agenda.slots.length).fill(-1)
    const lending = agenda.movers.filter(({ lends }) => lends)
    this.lenders = lending.map(({ index }) => index)
    const lent = lending.map(({ pool }) => agenda.pools[pool]?.slots[0] as number)
    for (const { index, pool } of lending) {
      this.arrived[index] = 1
      this.takenBy[agenda.pools[pool]?.slots[0] as number] = index
    }
    this.remaining = agenda.slots.length - lent.length
    this.slotsAt = instance.nodes.map(() => [])
    for (const slot of agenda.slots) this.slotsAt[slot.node]?.push(slot.index)
    this.places = agenda.movers.map(({ copy }) => {
      const here = instance.copies[copy]
      return here === undefined ? undefined : { node: here.node, devices: here.devices }
    })
    this.moverHolding = agenda.movers.map(({ deployment }, index) => {
      const here = this.places[index]
      return here === undefined ? undefined : limits.holding(deployment, here.node, here.devices)
    })
    this.devices = new ArrivalDevices(instance, limits, agenda.slots, this.slotsAt, target, new Set(lent))
    for (const slot of agenda.slots.keys()) {
      if (this.takenBy[slot] === -1) this.ledger.announce(this.devices.holding(slot), 1)
    }
  }

  placeOf(mover: number): Place | undefined {
    return this.places[mover]
  }

  holdingOfSlot(slot: number): Holding {
    return this.devices.holding(slot)
  }

  holdingOfMover(mover: number): Holding | undefined {
    return this.moverHolding[mover]
  }

  /** The limit that keeps a slot from being taken now; −1: none. Picks other devices when that helps. */
  blockerOf(slot: number): number {
    const blocker = this.ledger.blockerOf(this.devices.holding(slot))
    if (blocker < 0 || !this.limits.isDevice(blocker)) return blocker
    const { node } = this.agenda.slots[slot] as Slot
    return this.pickOtherDevices(slot)
      ? this.ledger.blockerOf(this.devices.holding(slot))
      : this.deviceCounter(slot, node)
  }

  /** Who waits for devices waits for the node's count of them. */
  private deviceCounter(slot: number, node: number): number {
    const position = this.devices.of(slot).findIndex((held) => held.length > 0)
    return this.limits.resource(node, this.instance.deviceResources[position] as number)
  }

  private pickOtherDevices(slot: number): boolean {
    const { node } = this.agenda.slots[slot] as Slot
    const later = (this.slotsAt[node] as number[]).filter((other) => other !== slot && this.takenBy[other] === -1)
    const takeBack = this.devices.pickFree(slot, later, this.ledger.level)
    if (takeBack === null) return false
    this.ledger.touch(node)
    this.journal.push(() => {
      takeBack()
      this.ledger.touch(node)
    })
    return true
  }

  /** Whether somebody at this slot's node waits for devices that are taken now. */
  isDeviceTight(node: number): boolean {
    if (this.instance.deviceResources.length === 0) return false
    return (this.slotsAt[node] as number[]).some((slot) => {
      if (this.takenBy[slot] !== -1) return false
      const { counters, starting, overfull } = this.devices.holding(slot)
      if (overfull.some((counter) => this.ledger.isBroken(counter))) return true
      return counters.some(
        (counter, position) =>
          this.limits.isDevice(counter) &&
          (this.ledger.level[counter] as number) + (starting[position] as number) >
            (this.limits.limit[counter] as number)
      )
    })
  }

  /** Whether taking this slot now can hinder nobody. */
  isHarmless(slot: number): boolean {
    const { counters } = this.devices.holding(slot)
    for (const counter of counters) {
      if (this.limits.isDevice(counter) || !this.ledger.isContended(counter)) continue
      // A move gives back at once what it takes of the surge; only where none is allowed do newcomers stand in its way.
      if (!this.limits.isSurge(counter) || (this.ledger.limits.limit[counter] as number) <= this.desired(slot))
        return false
    }
    return !this.isDeviceTight((this.agenda.slots[slot] as Slot).node)
  }

  /** A number that is the same only while nothing changes that a mover's place in the order depends on. */
  changesAround(mover: number): number {
    const { deployment } = this.agenda.movers[mover] as Mover
    const node = this.places[mover]?.node
    if (node === undefined) return 0
    return this.limits.isRuled(deployment) ? this.ledger.allChanges : (this.ledger.changes[node] as number)
  }

  private desired(slot: number): number {
    const { deployment } = this.agenda.slots[slot] as Slot
    return (this.instance.deployments[deployment] as InstanceDeployment).desired
  }

  /** Whether a copy that is starting may become ready: it may need more then than it holds now. */
  mayWait(copy: number): boolean {
    const { deployment, node } = this.instance.copies[copy] as InstanceCopy
    return this.limits
      .growing(deployment, node)
      .every((counter) => (this.ledger.level[counter] as number) <= (this.limits.limit[counter] as number))
  }

  wait(copy: number): void {
    const { deployment, node, devices } = this.instance.copies[copy] as InstanceCopy
    this.ledger.settle(this.limits.holding(deployment, node, devices), -1)
    this.changeReady(deployment, 1)
    this.legs.push({ kind: 'wait', copy })
  }

  /** Whether the copy may go without too few being left that are ready. */
  mayStop(copy: number): boolean {
    const { state, deployment } = this.instance.copies[copy] as InstanceCopy
    const ready = this.limits.ready(deployment)
    return state !== 'running' || (this.ledger.level[ready] as number) + 1 <= (this.limits.limit[ready] as number)
  }

  /** Stops a copy. Returns what it gives back. */
  stop(copy: number): Holding {
    const { deployment, node, devices, state } = this.instance.copies[copy] as InstanceCopy
    const holding = this.limits.holding(deployment, node, devices)
    this.ledger.hold(holding, -1)
    if (state === 'running') this.changeReady(deployment, -1)
    this.legs.push({ kind: 'stop', copy })
    this.journal.push(() => {
      this.legs.pop()
      if (state === 'running') this.changeReady(deployment, 1)
      this.ledger.hold(holding, 1)
    })
    return holding
  }

  /** Stops a copy now, or as soon as enough others of its deployment are ready. */
  stopInTime(copy: number): void {
    if (this.mayStop(copy)) {
      this.stop(copy)
      return
    }
    const { deployment } = this.instance.copies[copy] as InstanceCopy
    const waiting = this.waitingStops.get(deployment)
    if (waiting === undefined) this.waitingStops.set(deployment, [copy])
    else waiting.push(copy)
  }

  /** Stops those who waited for a copy of a deployment that is ready now. Returns what they give back. */
  private stopWaiting(deployment: number): Holding[] {
    const waiting = this.waitingStops.get(deployment) ?? []
    const freed: Holding[] = []
    for (let copy = waiting.at(-1); copy !== undefined && this.mayStop(copy); copy = waiting.at(-1)) {
      const stopped = copy
      waiting.pop()
      this.journal.push(() => waiting.push(stopped))
      freed.push(this.stop(stopped))
    }
    return freed
  }

  /**
   * Ends the waiting to stop: who may by now does. Of a deployment some of whose newcomers have no way in, as many copies stay in
   * their place; returned. Nobody else is left to wait for.
   */
  endStops(): number[] {
    const kept: number[] = []
    for (const [deployment, waiting] of this.waitingStops) {
      this.stopWaiting(deployment)
      const isBarred = ({ index, newcomer, deployment: own }: Mover) =>
        newcomer >= 0 && own === deployment && this.arrived[index] === 0
      const barred = this.agenda.movers.filter(isBarred).length
      kept.push(...waiting.splice(0, barred))
      for (const copy of waiting.splice(0)) this.stop(copy)
    }
    return kept
  }

  private changeReady(deployment: number, copies: number): void {
    const ready = this.limits.ready(deployment)
    this.ledger.level[ready] = (this.ledger.level[ready] as number) - copies
  }

  /** Whether a slot is one for a mover: it must not stand at its node already. */
  suits(mover: number, slot: number): boolean {
    return this.places[mover]?.node !== (this.agenda.slots[slot] as Slot).node
  }

  /** A mover takes a slot of its pool. Returns what is given back thereby, by itself and by who could stop now. */
  take(mover: number, slot: number): Holding[] {
    const left = this.moverHolding[mover]
    const holding = this.devices.holding(slot)
    const { node, deployment } = this.agenda.slots[slot] as Slot
    const devices = this.devices.of(slot)
    const wasAway = this.away.delete(mover)
    this.transfer(mover, { node, devices }, holding)
    this.ledger.announce(holding, -1)
    this.devices.settle(deployment, node, devices, 1)
    this.arrived[mover] = 1
    this.takenBy[slot] = mover
    this.remaining--
    this.journal.push(() => {
      this.remaining++
      this.takenBy[slot] = -1
      this.arrived[mover] = 0
      this.devices.settle(deployment, node, devices, -1)
      this.ledger.announce(holding, 1)
      if (wasAway) this.away.add(mover)
    })
    const stopped = this.stopWaiting(deployment)
    return left === undefined ? stopped : [left, ...stopped]
  }

  /** Whether one more migration of this mover is within what hops may cost. */
  mayHop(mover: number): boolean {
    const { copy } = this.agenda.movers[mover] as Mover
    return copy >= 0 && this.places[mover] !== undefined && this.isAffordable(mover, this.migrationsOfHop(mover))
  }

  private isAffordable(mover: number, more: number): boolean {
    const { deployment, moveCost } = this.agenda.movers[mover] as Mover
    const { migrations, moveCost: cost, perDeployment } = this.hopBudget
    const own = (this.legsOf.get(deployment) ?? 0) + more
    return (
      this.hops + more <= migrations &&
      this.hopCost + more * moveCost <= cost + 1e-9 &&
      own <= perDeployment(deployment)
    )
  }

  /** Who stays in the end goes away and comes home; the others go on to where they had to go anyway. */
  private migrationsOfHop(mover: number): number {
    return this.arrived[mover] === 1 ? 2 : 1
  }

  /** Devices for a stop-over of a mover on a node, or null when it has no room there now. */
  stopOver(mover: number, node: number): Place | null {
    const { deployment } = this.agenda.movers[mover] as Mover
    if (!mayStart(this.instance, deployment, node) || !this.hasAmounts(deployment, node)) return null
    const none = this.instance.deviceResources.map(() => [])
    if (this.ledger.blockerOf(this.limits.holding(deployment, node, none)) >= 0) return null
    const { demand } = this.instance.deployments[deployment] as InstanceDeployment
    if (!this.instance.deviceResources.some((resource) => (demand[resource] as number) > 0))
      return { node, devices: none }
    const packed = packOnto(this.instance, deviceLoads(this.instance, this.limits, this.ledger.level, node), [
      deployment
    ])
    return packed === null ? null : { node, devices: packed[0] as Devices }
  }

  /** Whether a node has what a start takes of each resource: says no at once where most of many nodes are full. */
  hasAmounts(deployment: number, node: number): boolean {
    const { demand, startupDemand } = this.instance.deployments[deployment] as InstanceDeployment
    for (let resource = 0; resource < demand.length; resource++) {
      const amount = Math.max(demand[resource] as number, startupDemand[resource] as number)
      const counter = this.limits.resource(node, resource)
      if (amount > 0 && (this.ledger.level[counter] as number) + amount > (this.limits.limit[counter] as number))
        return false
    }
    return true
  }

  /** A mover goes to a place that is not its own in the end. Who stays in the end leaves its slot to come home to. */
  hop(mover: number, place: Place): void {
    const { deployment } = this.agenda.movers[mover] as Mover
    const more = this.migrationsOfHop(mover)
    const wasAway = this.away.has(mover)
    if (this.arrived[mover] === 1) this.reopen(mover)
    this.transfer(mover, place, this.limits.holding(deployment, place.node, place.devices))
    this.away.add(mover)
    const { lastStopOver } = this
    this.lastStopOver = place.node
    this.journal.push(() => {
      this.lastStopOver = lastStopOver
      if (!wasAway) this.away.delete(mover)
    })
    this.spend(mover, more)
  }

  /** Counts migrations that a detour adds. */
  private spend(mover: number, more: number): void {
    const { deployment, moveCost } = this.agenda.movers[mover] as Mover
    const count = (change: number) => {
      this.hops += change
      this.hopCost += change * moveCost
      this.legsOf.set(deployment, (this.legsOf.get(deployment) ?? 0) + change)
    }
    count(more)
    this.journal.push(() => count(-more))
  }

  /** The slot of a lender is free for it to come home to. */
  private reopen(mover: number): void {
    const { pool, deployment } = this.agenda.movers[mover] as Mover
    const slot = this.agenda.pools[pool]?.slots[0] as number
    const { node } = this.agenda.slots[slot] as Slot
    const devices = this.devices.of(slot)
    const holding = this.devices.holding(slot)
    const set = (isOpen: boolean) => {
      this.takenBack++
      this.arrived[mover] = isOpen ? 0 : 1
      this.takenBy[slot] = isOpen ? -1 : mover
      this.remaining += isOpen ? 1 : -1
      this.devices.settle(deployment, node, devices, isOpen ? -1 : 1)
      this.ledger.announce(holding, isOpen ? 1 : -1)
    }
    set(true)
    this.journal.push(() => set(false))
  }

  /** Whether a mover may go before its successor starts: it is ready, and enough others are. */
  mayLeave(mover: number): boolean {
    const { deployment } = this.agenda.movers[mover] as Mover
    const from = this.places[mover]
    const ready = this.limits.ready(deployment)
    const { lends } = this.agenda.movers[mover] as Mover
    return (
      from !== undefined &&
      (this.arrived[mover] === 0 || (lends && this.isAffordable(mover, 1))) &&
      this.isReady(mover, from) &&
      (this.ledger.level[ready] as number) + 1 <= (this.limits.limit[ready] as number)
    )
  }

  /** A mover goes, and runs nowhere until it takes its slot. Who stays in the end starts anew where it was. */
  leave(mover: number): void {
    const who = this.agenda.movers[mover] as Mover
    if (this.arrived[mover] === 1) {
      this.reopen(mover)
      this.spend(mover, 1)
    }
    const from = this.places[mover] as Place
    const left = this.moverHolding[mover] as Holding
    const wasAway = this.away.has(mover)
    this.ledger.hold(left, -1)
    this.changeReady(who.deployment, -1)
    this.places[mover] = undefined
    this.moverHolding[mover] = undefined
    this.away.add(mover)
    this.legs.push({ kind: 'leave', mover: who, from })
    this.journal.push(() => {
      this.legs.pop()
      if (!wasAway) this.away.delete(mover)
      this.moverHolding[mover] = left
      this.places[mover] = from
      this.changeReady(who.deployment, 1)
      this.ledger.hold(left, 1)
    })
  }

  /** Whether a mover's copy at a place is ready: it was at the outset, or it was started on the way. */
  private isReady(mover: number, { node }: Place): boolean {
    const { from, copy } = this.agenda.movers[mover] as Mover
    return node !== from || this.instance.copies[copy]?.state === 'running'
  }

  private transfer(mover: number, to: Place, holding: Holding): void {
    const who = this.agenda.movers[mover] as Mover
    const from = this.places[mover]
    const left = this.moverHolding[mover]
    // A copy that was not ready is replaced by one that is; a newcomer adds one.
    const wasReady = from !== undefined && this.isReady(mover, from)
    this.ledger.hold(holding, 1)
    if (left !== undefined) this.ledger.hold(left, -1)
    if (!wasReady) this.changeReady(who.deployment, 1)
    this.places[mover] = to
    this.moverHolding[mover] = holding
    this.legs.push({ kind: 'move', mover: who, from, to })
    this.journal.push(() => {
      this.takenBack++
      this.legs.pop()
      this.moverHolding[mover] = left
      this.places[mover] = from
      if (!wasReady) this.changeReady(who.deployment, -1)
      if (left !== undefined) this.ledger.hold(left, 1)
      this.ledger.hold(holding, -1)
    })
  }

  mark(): number {
    return this.journal.length
  }

  /** Takes back everything since a mark. */
  undo(mark: number): void {
    while (this.journal.length > mark) (this.journal.pop() as () => void)()
  }
}
