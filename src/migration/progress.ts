import { appendTo } from '../../models/grouping.js'
import type { Instance, InstanceCopy, InstanceDeployment } from '../../models/instance/instance.js'
import type { Place, Target } from '../../models/instance/packing.js'
import type { Agenda, Mover, Slot } from './agenda.js'
import { ArrivalDevices } from './arrival-devices.js'
import type { HopBudget } from './detour-budget.js'
import type { Ledger } from './ledger.js'
import type { Leg } from './legs.js'
import type { Holding, Limits } from './limits.js'
import { Standings } from './standings.js'
import { UndoLog } from './undo-log.js'
import { WaysAround } from './ways-around.js'

/** An agenda being carried out, one leg after the other, with undo. */
export class Progress {
  readonly log = new UndoLog()
  readonly standings: Standings
  readonly waysAround: WaysAround
  /** 1 for each mover that has arrived. */
  readonly arrived: Uint8Array
  /** The mover in each slot; −1: none yet. */
  readonly takenBy: Int32Array
  /** Movers that are neither where they were nor where they belong: they stop over, or run nowhere for the moment. */
  readonly away = new Set<number>()
  remaining: number
  /** How often somebody who had arrived has not any more. */
  takenBack = 0
  readonly slotsAt: readonly number[][]
  /** Movers that stay in the end, and may step aside. */
  readonly lenders: readonly number[]
  private readonly devices: ArrivalDevices
  /** Copies that are to stop as soon as enough others are ready, by deployment. */
  private readonly waitingStops = new Map<number, number[]>()

  constructor(
    readonly instance: Instance,
    readonly limits: Limits,
    readonly agenda: Agenda,
    target: Target,
    hopBudget: HopBudget
  ) {
    this.standings = new Standings(instance, limits, agenda.movers, this.log)
    this.waysAround = new WaysAround(this, hopBudget)
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
    this.devices = new ArrivalDevices(instance, limits, agenda.slots, this.slotsAt, target, new Set(lent))
    for (const slot of agenda.slots.keys()) {
      if (this.takenBy[slot] === -1) this.ledger.announce(this.devices.holding(slot), 1)
    }
  }

  get ledger(): Ledger {
    return this.standings.ledger
  }

  get legs(): readonly Leg[] {
    return this.standings.legs
  }

  placeOf(mover: number): Place | undefined {
    return this.standings.placeOf(mover)
  }

  holdingOfSlot(slot: number): Holding {
    return this.devices.holding(slot)
  }

  holdingOfMover(mover: number): Holding | undefined {
    return this.standings.holdingOf(mover)
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
    this.log.push(() => {
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
    const node = this.placeOf(mover)?.node
    if (node === undefined) return 0
    return this.limits.isRuled(deployment) ? this.ledger.allChanges : (this.ledger.changes[node] as number)
  }

  private desired(slot: number): number {
    const { deployment } = this.agenda.slots[slot] as Slot
    return (this.instance.deployments[deployment] as InstanceDeployment).desired
  }

  /** Stops a copy now, or as soon as enough others of its deployment are ready. */
  stopInTime(copy: number): void {
    if (this.standings.mayStop(copy)) {
      this.standings.stop(copy)
      return
    }
    const { deployment } = this.instance.copies[copy] as InstanceCopy
    appendTo(this.waitingStops, deployment, copy)
  }

  /** Stops those who waited for a copy of a deployment that is ready now. Returns what they give back. */
  private stopWaiting(deployment: number): Holding[] {
    const waiting = this.waitingStops.get(deployment) ?? []
    const freed: Holding[] = []
    for (let copy = waiting.at(-1); copy !== undefined && this.standings.mayStop(copy); copy = waiting.at(-1)) {
      const stopped = copy
      waiting.pop()
      this.log.push(() => waiting.push(stopped))
      freed.push(this.standings.stop(stopped))
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
      for (const copy of waiting.splice(0)) this.standings.stop(copy)
    }
    return kept
  }

  /** Whether a slot is one for a mover: it must not stand at its node already. */
  suits(mover: number, slot: number): boolean {
    return this.placeOf(mover)?.node !== (this.agenda.slots[slot] as Slot).node
  }

  /** A mover takes a slot of its pool. Returns what is given back thereby, by itself and by who could stop now. */
  take(mover: number, slot: number): Holding[] {
    const left = this.standings.holdingOf(mover)
    const holding = this.devices.holding(slot)
    const { node, deployment } = this.agenda.slots[slot] as Slot
    const devices = this.devices.of(slot)
    const wasAway = this.away.delete(mover)
    this.standings.move(mover, { node, devices }, holding)
    this.ledger.announce(holding, -1)
    this.devices.settle(deployment, node, devices, 1)
    this.arrived[mover] = 1
    this.takenBy[slot] = mover
    this.remaining--
    this.log.push(() => {
      this.takenBack++
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

  /** A mover goes to a place that is not its own in the end, or nowhere for the moment. */
  goAway(mover: number, place?: Place, holding?: Holding): void {
    const wasAway = this.away.has(mover)
    if (place === undefined || holding === undefined) this.standings.leave(mover)
    else this.standings.move(mover, place, holding)
    this.away.add(mover)
    this.log.push(() => {
      if (!wasAway) this.away.delete(mover)
    })
  }

  /** The slot of a lender is free for it to come home to. */
  reopen(mover: number): void {
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
    this.log.push(() => set(false))
  }

  mark(): number {
    return this.log.mark()
  }

  /** Takes back everything since a mark. */
  undo(mark: number): void {
    this.log.undo(mark)
  }
}
