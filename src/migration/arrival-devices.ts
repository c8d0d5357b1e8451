import { appendTo } from '../../models/grouping.js'
import type { Instance } from '../../models/instance/instance.js'
import type { Target } from '../../models/instance/packing.js'
import type { Devices, Slot } from './agenda.js'
import { addToLoads, deviceLoads, packOnto } from './device-choice.js'
import type { Holding, Limits } from './limits.js'

/** The devices that every slot takes: those of the target as long as they suit, others of the same node where that is sooner. */
export class ArrivalDevices {
  private readonly devices: Devices[]
  private readonly holdings: Holding[]
  /** Load of every device in the end, by those who are there to stay. */
  private readonly settled: Float64Array
  private readonly headroomAt = new Map<number, number[]>()

  constructor(
    private readonly instance: Instance,
    private readonly limits: Limits,
    private readonly slots: readonly Slot[],
    slotsAt: readonly (readonly number[])[],
    target: Target,
    /** Slots that are taken at the outset. */
    taken: ReadonlySet<number>
  ) {
    for (const { deployment, node } of target.headroom) {
      appendTo(this.headroomAt, node, deployment)
    }
    this.settled = new Float64Array(limits.count)
    for (const [index, { deployment, node, devices, state }] of instance.copies.entries()) {
      if (state !== 'draining' && target.copies[index]?.node === node) this.settle(deployment, node, devices, 1)
    }
    this.devices = slots.map(({ devices }) => devices)
    for (const [node, here] of slotsAt.entries()) {
      this.plan(
        node,
        here.filter((slot) => !taken.has(slot))
      )
    }
    this.holdings = slots.map(({ deployment, node }, slot) => limits.holding(deployment, node, this.of(slot)))
  }

  of(slot: number): Devices {
    return this.devices[slot] as Devices
  }

  holding(slot: number): Holding {
    return this.holdings[slot] as Holding
  }

  /** Counts devices that somebody has for good from now on; sign −1 takes that back. */
  settle(deployment: number, node: number, devices: Devices, sign: 1 | -1): void {
    for (const [position, held] of devices.entries()) {
      const amount = sign * Math.min(1, this.demand(deployment, position))
      const first = this.limits.firstDevice(node, position)
      for (const device of held) this.settled[first + device] = (this.settled[first + device] as number) + amount
    }
  }

  /**
   * Gives a slot devices that are free at a level of all limits, such that all who come to the node later and the headroom
   * still find theirs. Returns how to take that back; null when there are none.
   */
  pickFree(slot: number, later: readonly number[], level: Float64Array): (() => void) | null {
    const { node, deployment } = this.slots[slot] as Slot
    const picked = packOnto(this.instance, deviceLoads(this.instance, this.limits, level, node), [deployment])
    if (picked === null) return null
    const final = deviceLoads(this.instance, this.limits, this.settled, node)
    addToLoads(this.instance, final, deployment, picked[0] as Devices)
    const rest = packOnto(this.instance, final, [...this.deploymentsOf(later), ...(this.headroomAt.get(node) ?? [])])
    if (rest === null) return null
    const changed = [slot, ...later]
    const before = changed.map((each) => ({ devices: this.of(each), holding: this.holding(each) }))
    for (const [position, each] of changed.entries()) {
      const devices = (position === 0 ? picked[0] : rest[position - 1]) as Devices
      this.devices[each] = devices
      this.holdings[each] = this.limits.holding((this.slots[each] as Slot).deployment, node, devices)
    }
    return () => {
      for (const [position, each] of changed.entries()) {
        this.devices[each] = before[position]?.devices as Devices
        this.holdings[each] = before[position]?.holding as Holding
      }
    }
  }

  /** Keeps the target's devices where they suit those who stay; packs them anew where not. */
  private plan(node: number, slots: readonly number[]): void {
    if (slots.length === 0 || this.instance.deviceResources.length === 0) return
    const loads = deviceLoads(this.instance, this.limits, this.settled, node)
    const deployments = this.deploymentsOf(slots)
    const packed =
      packOnto(this.instance, loads, [...deployments, ...(this.headroomAt.get(node) ?? [])]) ??
      packOnto(this.instance, loads, deployments)
    for (const slot of slots) addToLoads(this.instance, loads, (this.slots[slot] as Slot).deployment, this.of(slot))
    const isSuitable = loads.every((load) => load.every((amount) => amount <= 1 + 5e-7))
    if (packed === null || (isSuitable && slots.every((slot) => this.isStated(slot)))) return
    for (const [position, slot] of slots.entries()) this.devices[slot] = packed[position] as Devices
  }

  private isStated(slot: number): boolean {
    const { deployment } = this.slots[slot] as Slot
    return this.instance.deviceResources.every((_, position) => {
      const amount = this.demand(deployment, position)
      return (this.of(slot)[position]?.length ?? 0) === (amount > 0 ? Math.max(1, Math.round(amount)) : 0)
    })
  }

  private deploymentsOf(slots: readonly number[]): number[] {
    return slots.map((slot) => (this.slots[slot] as Slot).deployment)
  }

  private demand(deployment: number, position: number): number {
    return this.instance.deployments[deployment]?.demand[this.instance.deviceResources[position] as number] ?? 0
  }
}
