import { countBy } from '../../../models/grouping.js'
import {
  type InstanceCopy,
  type InstanceDeployment,
  type InstanceNode,
  migrationsLeft,
  within
} from '../../../models/instance/instance.js'
import type { Place } from '../../../models/instance/packing.js'
import type { PackingState, SeatedArrival } from '../packing-state.js'
import type { Drain, DrainMove, Refusal, RefusalCode } from './drain.js'
import { serveRanks } from './serve-ranks.js'
import { type RoomsBefore, ServeRooms } from './serve-rooms.js'

/** One copy on a node that is to be drained. */
interface Resident {
  readonly copy: number
  readonly deployment: number
  readonly place: Place
  /** How it came there in this plan; undefined where it runs there now. */
  readonly arrival: SeatedArrival | undefined
}

interface Done extends Drain {
  readonly mark: number
  readonly rooms: RoomsBefore
  readonly arrivals: readonly { readonly arrival: SeatedArrival; readonly copy: number }[]
  readonly residents: readonly Resident[]
}

/** Asked before what was tried is undone, while the copies planned so far are there. */
export type OnRefused = (state: PackingState, refusal: Refusal) => void

/**
 * A cluster whose nodes are drained one after the other, as Ray Serve does it: the replacements of all replicas of a node start at once,
 * the largest first, each on the node that Serve chooses, and only then the replicas stop. What would break a limit or rule of the
 * Problem meanwhile is refused and leaves everything as it was. The last drain can be undone.
 */
export class DrainState {
  readonly #rooms: ServeRooms
  readonly #done: Done[] = []
  readonly #copyOf = new Map<SeatedArrival, number>()
  readonly #ranks: Int32Array
  readonly #isDrained: Uint8Array
  /** 1 for nodes where surplus replicas stop before anything is drained: they are left alone in the same plan. */
  readonly #isSettling: Uint8Array
  readonly #startsOf: Int32Array
  readonly #mayHop: boolean
  readonly #startsHeavier: boolean
  #starts = 0
  #moveCost = 0

  /** `state`: the cluster once Serve has come to rest; arrivals in it have only just been started, and stay. */
  constructor(readonly state: PackingState) {
    const { instance } = state
    const { rungs, level } = instance.problem.migration
    this.#rooms = new ServeRooms(state)
    this.#ranks = serveRanks(instance)
    this.#isDrained = new Uint8Array(instance.nodes.length)
    this.#isSettling = new Uint8Array(instance.nodes.length)
    for (const { index, node, state: running } of instance.copies)
      if (running !== 'draining' && state.stays[index] === 0) this.#isSettling[node] = 1
    this.#startsOf = new Int32Array(instance.deployments.length)
    this.#mayHop = rungs.includes('hop') && rungs.includes('delay-release') && level !== 'any-order'
    this.#startsHeavier = instance.deployments.some(({ demand, startupDemand }) =>
      demand.some((amount, resource) => (startupDemand[resource] as number) > amount)
    )
  }

  get drains(): readonly Drain[] {
    return this.#done
  }

  /** Starts of replicas so far: more than replicas where some move twice. */
  get starts(): number {
    return this.#starts
  }

  get moveCost(): number {
    return this.#moveCost
  }

  /** Starts so far, by deployment. */
  get startsByDeployment(): Int32Array {
    return this.#startsOf
  }

  isDrained(node: number): boolean {
    return this.#isDrained[node] === 1
  }

  /** Nodes that host something, by how little is free. */
  get active(): Int32Array {
    return this.#rooms.active
  }

  /** Drains a node, if that can be executed; else says why not, and nothing has changed. */
  drain(node: number, onRefused?: OnRefused): Refusal | null {
    const residents = this.#mayHostSome(node) ? this.#residentsOf(node) : []
    const early = this.#refuseEarly(node, residents)
    if (early !== null) {
      onRefused?.(this.state, early)
      return early
    }
    const mark = this.state.mark()
    const arrivals: Done['arrivals'][number][] = []
    const refuse = (code: RefusalCode, { copy, deployment }: Resident, target: number): Refusal => {
      const refusal = { code, copies: [copy], deployment, target }
      onRefused?.(this.state, { ...refusal, isFinal: false })
      this.state.rollBack(mark)
      this.#rooms.forget()
      // Rooms only fill up and nodes only go: who fits nowhere while nobody else moves never will.
      const isFinal = code === 'no-room' && this.#rooms.bestFit(deployment, node) < 0
      return { ...refusal, isFinal }
    }
    for (const resident of residents) {
      const target = this.#rooms.bestFit(resident.deployment, node)
      if (target < 0) return refuse('no-room', resident, -1)
      if (!this.state.admits(resident.deployment, target)) return refuse('refused', resident, target)
      this.#rooms.plan(resident.deployment, target)
      this.state.arrive(resident.deployment, target)
      arrivals.push({ arrival: this.state.arrivals[target]?.at(-1) as SeatedArrival, copy: resident.copy })
    }
    const heavy = this.#startsHeavier ? this.#overloadedAtStart(residents, arrivals) : undefined
    if (heavy !== undefined) return refuse('start-up', heavy.resident, heavy.target)
    this.#commit(node, mark, residents, arrivals)
    return null
  }

  /** Undoes the drain that was done last. */
  undo(): void {
    const last = this.#done.pop()
    if (last === undefined) return
    this.#isDrained[last.node] = 0
    for (const { arrival } of last.arrivals) this.#copyOf.delete(arrival)
    for (const { arrival, copy } of last.residents) if (arrival !== undefined) this.#copyOf.set(arrival, copy)
    this.#count(last.residents, -1)
    this.state.rollBack(last.mark)
    this.#rooms.restore(last.rooms)
  }

  /** Undoes drains until so many are left. */
  backTo(length: number): void {
    while (this.#done.length > length) this.undo()
  }

  #commit(node: number, mark: number, residents: readonly Resident[], arrivals: Done['arrivals']): void {
    for (const { copy, arrival } of residents) {
      if (arrival === undefined) this.state.leave(copy)
      else {
        this.state.remove(arrival)
        this.#copyOf.delete(arrival)
      }
    }
    for (const { arrival, copy } of arrivals) this.#copyOf.set(arrival, copy)
    this.#isDrained[node] = 1
    this.#count(residents, 1)
    const moves = residents.map(({ copy, place }, index): DrainMove => {
      const { arrival } = arrivals[index] as Done['arrivals'][number]
      return { copy, from: place, to: { node: arrival.node, devices: arrival.devices } }
    })
    this.#done.push({ node, moves, mark, residents, arrivals, rooms: this.#rooms.settle(node) })
  }

  #count(residents: readonly Resident[], sign: 1 | -1): void {
    this.#starts += sign * residents.length
    for (const { copy, deployment } of residents) {
      this.#moveCost += sign * (this.state.instance.copies[copy] as InstanceCopy).moveCost
      this.#startsOf[deployment] = (this.#startsOf[deployment] as number) + sign
    }
    if (this.#starts === 0) this.#moveCost = 0
  }

  #mayHostSome(node: number): boolean {
    return (
      node < this.state.instance.listedNodes && !this.isDrained(node) && (this.state.population[node] as number) > 0
    )
  }

  /** What forbids a drain wherever the replicas would go. */
  #refuseEarly(node: number, residents: readonly Resident[]): Refusal | null {
    const { instance } = this.state
    const { budget, copies, deployments } = instance
    const { releasable } = instance.nodes[node] as InstanceNode
    const none = { copies: [], deployment: -1, target: -1 }
    const isOut = residents.length === 0
    const held = residents.filter(({ copy }) => copy < 0 || copies[copy]?.hold !== 'none')
    if (held.length > 0 || this.#isSettling[node] === 1)
      return { ...none, code: 'held', copies: held.flatMap(({ copy }) => (copy < 0 ? [] : [copy])), isFinal: true }
    if (isOut || !releasable) return { ...none, code: 'kept', isFinal: true }
    const hops = residents.filter(({ arrival }) => arrival !== undefined)
    if (hops.length > 0 && !this.#mayHop)
      return { ...none, code: 'hop', copies: hops.map(({ copy }) => copy), isFinal: true }
    const cost = residents.reduce((sum, { copy }) => sum + (copies[copy] as InstanceCopy).moveCost, this.#moveCost)
    if (this.#starts + residents.length > budget.migrations || !within(cost, budget.moveCost))
      return { ...none, code: 'budget', copies: residents.map(({ copy }) => copy), isFinal: true }
    for (const [deployment, count] of countBy(residents, (resident) => resident.deployment)) {
      const owner = deployments[deployment] as InstanceDeployment
      const own = residents.filter((resident) => resident.deployment === deployment).map(({ copy }) => copy)
      const concerned = { copies: own, deployment, target: -1, isFinal: true }
      if ((this.#startsOf[deployment] as number) + count > migrationsLeft(budget, owner))
        return { ...concerned, code: 'budget' }
      if ((this.state.placed[deployment] as number) + count > owner.desired + owner.maxSurge)
        return { ...concerned, code: 'surge' }
    }
    return null
  }

  /** What is on a node, as Serve chooses nodes for it: the largest first. A copy below 0 was only just started. */
  #residentsOf(node: number): Resident[] {
    const { instance, stays, arrivals } = this.state
    const staying = (instance.nodes[node] as InstanceNode).copies.flatMap((copy): Resident[] => {
      const { deployment, devices } = instance.copies[copy] as InstanceCopy
      return stays[copy] === 1 ? [{ copy, deployment, place: { node, devices }, arrival: undefined }] : []
    })
    const came = (arrivals[node] ?? []).map((arrival): Resident => {
      const { deployment, devices } = arrival
      return { copy: this.#copyOf.get(arrival) ?? -1, deployment, place: { node, devices }, arrival }
    })
    const rank = ({ deployment }: Resident) => this.#ranks[deployment] as number
    return [...staying, ...came].sort((one, other) => rank(one) - rank(other) || one.copy - other.copy)
  }

  /** Somebody on a node that cannot hold all that starts there at a time. */
  #overloadedAtStart(
    residents: readonly Resident[],
    arrivals: Done['arrivals']
  ): { readonly resident: Resident; readonly target: number } | undefined {
    const { instance, used } = this.state
    const width = instance.resources.length
    const extra = new Map<number, Float64Array>()
    for (const [index, { arrival }] of arrivals.entries()) {
      const { demand, startupDemand } = instance.deployments[arrival.deployment] as InstanceDeployment
      const held = this.state.arriving(arrival.deployment)
      const more = extra.get(arrival.node) ?? new Float64Array(width)
      extra.set(arrival.node, more)
      const { capacity } = instance.nodes[arrival.node] as InstanceNode
      for (let resource = 0; resource < width; resource++) {
        const peak = Math.max(demand[resource] as number, startupDemand[resource] as number)
        more[resource] = (more[resource] as number) + peak - (held[resource] as number)
        const level = (used[arrival.node * width + resource] as number) + (more[resource] as number)
        if ((more[resource] as number) > 0 && !within(level, capacity[resource] as number))
          return { resident: residents[index] as Resident, target: arrival.node }
      }
    }
    return undefined
  }
}
