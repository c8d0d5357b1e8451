import type { Instance } from '../../models/instance/instance.js'
import type { Holding, Limits } from './limits.js'

/** The level at which every limit stands, and what still wants to come. */
export class Ledger {
  readonly level: Float64Array
  /** What all slots that are not taken yet will take at their start, devices apart. */
  readonly claim: Float64Array
  /** How many of them there are. */
  readonly claimants: Int32Array
  /** Grows with every change at a node: what depends on this node's limits alone is as it was while this is. */
  readonly changes: Int32Array
  /** Grows with every change anywhere. */
  allChanges = 0

  constructor(
    instance: Instance,
    readonly limits: Limits
  ) {
    this.level = limits.levelAtOutset.slice()
    this.claim = new Float64Array(limits.count)
    this.claimants = new Int32Array(limits.count)
    this.changes = new Int32Array(instance.nodes.length)
  }

  /** The first limit in the way of a start; −1: none. */
  blockerOf(holding: Holding): number {
    for (const counter of holding.opposed) if ((this.level[counter] as number) > 0) return counter
    for (const counter of holding.overfull) if (this.isBroken(counter)) return counter
    for (let position = 0; position < holding.counters.length; position++) {
      const counter = holding.counters[position] as number
      const after = (this.level[counter] as number) + (holding.starting[position] as number)
      if (after > (this.limits.limit[counter] as number)) return counter
    }
    return -1
  }

  isBroken(counter: number): boolean {
    return (this.level[counter] as number) > (this.limits.limit[counter] as number)
  }

  /** Says that something changed at a node. */
  touch(node: number): void {
    this.changes[node] = (this.changes[node] as number) + 1
    this.allChanges++
  }

  /** What a copy holds once it is ready; sign −1 when it goes. */
  hold(holding: Holding, sign: 1 | -1): void {
    this.touch(holding.node)
    for (let position = 0; position < holding.counters.length; position++) {
      const counter = holding.counters[position] as number
      this.level[counter] = (this.level[counter] as number) + sign * (holding.steady[position] as number)
    }
  }

  /** What a copy that becomes ready gives back; sign 1 takes it again. */
  settle(holding: Holding, sign: 1 | -1): void {
    this.touch(holding.node)
    for (let position = 0; position < holding.counters.length; position++) {
      const counter = holding.counters[position] as number
      const surplus = (holding.starting[position] as number) - (holding.steady[position] as number)
      this.level[counter] = (this.level[counter] as number) + sign * surplus
    }
  }

  announce(holding: Holding, sign: 1 | -1): void {
    this.touch(holding.node)
    for (let position = 0; position < holding.counters.length; position++) {
      const counter = holding.counters[position] as number
      if (this.limits.isDevice(counter)) continue
      this.claim[counter] = (this.claim[counter] as number) + sign * (holding.starting[position] as number)
      this.claimants[counter] = (this.claimants[counter] as number) + sign
    }
  }

  /** Whether not everybody who still wants to come fits as things stand. */
  isContended(counter: number): boolean {
    return (this.level[counter] as number) + (this.claim[counter] as number) > (this.limits.limit[counter] as number)
  }
}
