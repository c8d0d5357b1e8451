import { brokenRules, type PlacedCopy } from '../../models/checker/broken-rules.js'
import type { PlacementLike } from '../../models/checker/placement-like.js'
import { verifyPlacement } from '../../models/checker/verify-placement.js'
import type { Deployment, Node, Problem, Replica } from '../../models/contract/problem.js'
import { isDeviceResource } from '../../models/contract/references.js'
import { fitsInAnyOrder } from './any-order.js'
import { seatArrivals } from './seat-arrivals.js'

/** What the best legal placement is worth, by the objectives of the contract in their order. */
export interface Optimum {
  /** By how much rules stay broken that the start breaks, summed. */
  readonly broken: number
  /** Wanted replicas without a place, by priority, the highest first. */
  readonly unplaced: readonly number[]
  readonly total: number
  readonly moveCost: number
  readonly placement: PlacementLike
}

type Place = Pick<Node, 'id' | 'capacity' | 'costPerHour' | 'labels' | 'releasable'> & {
  readonly isOpen: boolean
  readonly mustEmpty: boolean
  /** Of a node to buy: its type, and the one to be bought before it. */
  readonly type?: string
  readonly before?: number
}

type Copy = Replica & {
  readonly home: number
  readonly cost: number
  readonly isHeld: boolean
  readonly mayStop: boolean
}

interface Group {
  readonly deployment: Deployment
  readonly copies: readonly Copy[]
  readonly desired: number
  readonly surplus: number
  readonly pending: readonly string[]
  readonly headroom: number
  readonly eligible: readonly number[]
}

type Fate = 'stay' | 'move' | 'stop'

/** The enumeration needs more steps than it was given: nothing is known. */
export class TooLargeError extends Error {}

const EPSILON = 1e-9

/**
 * The optimum of a tiny Problem, by enumeration of all that the contract allows; null when there is no legal placement. Knows
 * nothing of formulations or searches: the fate of every running copy, the places of all arrivals, devices by trying them all. What is legal
 * is for the checker to say.
 *
 * Every running copy states its devices. Gangs and starting copies stay or are stopped as surplus: they are moved by nobody yet.
 */
export function findOptimum(problem: Problem, mostSteps = 300_000): Optimum | null {
  return new Enumeration(problem, mostSteps).run()
}

/** Shows every legal placement of a tiny Problem, by the same enumeration. */
export function visitPlacements(problem: Problem, visit: (placement: Optimum) => void, mostSteps = 300_000): void {
  new Enumeration(problem, mostSteps, visit).run()
}

class Enumeration {
  readonly #places: Place[]
  readonly #groups: Group[]
  readonly #fates = new Map<string, Fate>()
  /** Arrivals by group and by place, replicas first, then headroom. */
  readonly #arrivals: number[][]
  readonly #rooms: number[][]
  readonly #unplaced: number[]
  readonly #priorities: number[]
  readonly #population: number[]
  #best: Optimum | null = null
  #steps = 0

  constructor(
    readonly problem: Problem,
    readonly mostSteps: number,
    /** Sees every legal placement; then none is the best. */
    readonly visit: ((placement: Optimum) => void) | null = null
  ) {
    this.#places = placesOf(problem)
    this.#groups = problem.deployments.map((deployment) => groupOf(problem, deployment, this.#places))
    this.#arrivals = this.#groups.map(() => [])
    this.#rooms = this.#groups.map(() => [])
    this.#unplaced = this.#groups.map(() => 0)
    this.#population = this.#places.map(() => 0)
    this.#priorities = [...new Set(problem.deployments.map(({ priority }) => priority))].sort((a, b) => b - a)
  }

  run(): Optimum | null {
    this.#decideFates(
      this.#groups.flatMap(({ copies }) => copies),
      0
    )
    return this.#best
  }

  #decideFates(copies: readonly Copy[], next: number): void {
    const copy = copies[next]
    if (copy === undefined) {
      if (this.#fatesAreAllowed()) this.#placeGroup(0)
      return
    }
    const isClosed = this.#places[copy.home]?.mustEmpty === true
    const choices: Fate[] = [
      ...(isClosed ? [] : (['stay'] as const)),
      ...(copy.isHeld ? [] : (['move'] as const)),
      ...(copy.mayStop ? (['stop'] as const) : [])
    ]
    for (const fate of choices) {
      this.#fates.set(copy.id, fate)
      if (fate === 'stay') this.#population[copy.home] = (this.#population[copy.home] as number) + 1
      this.#decideFates(copies, next + 1)
      if (fate === 'stay') this.#population[copy.home] = (this.#population[copy.home] as number) - 1
    }
  }

  #with(group: Group, fate: Fate): Copy[] {
    return group.copies.filter(({ id }) => this.#fates.get(id) === fate)
  }

  #moves(): Copy[] {
    return this.#groups.flatMap((group) => this.#with(group, 'move'))
  }

  #fatesAreAllowed(): boolean {
    const {
      maxMigrations = Infinity,
      maxMoveCost = Infinity,
      maxMigrationsPerDeployment = Infinity
    } = this.problem.budget
    const moves = this.#moves()
    return (
      moves.length <= maxMigrations &&
      sum(moves.map(({ cost }) => cost)) <= maxMoveCost + EPSILON &&
      this.#groups.every((group) => {
        const stopped = this.#with(group, 'stop').length
        return stopped === group.surplus && this.#with(group, 'move').length <= maxMigrationsPerDeployment
      })
    )
  }

  /** Chooses how many newcomers of a group get a place, then where its arrivals and its headroom go. */
  #placeGroup(index: number): void {
    const group = this.#groups[index]
    if (group === undefined) {
      this.#judge()
      return
    }
    const moving = this.#with(group, 'move').length
    const newcomers = Math.max(0, group.desired - group.copies.length)
    const most = this.problem.pending === 'best-effort' ? newcomers : 0
    for (let unplaced = 0; unplaced <= most; unplaced++) {
      this.#unplaced[index] = unplaced
      this.#spread(index, this.#arrivals, moving + newcomers - unplaced, 0, () =>
        this.#spread(index, this.#rooms, group.headroom, 0, () => this.#placeGroup(index + 1))
      )
    }
    this.#unplaced[index] = 0
  }

  /** Every multiset of places for so many copies of a group. */
  #spread(index: number, table: number[][], count: number, from: number, then: () => void): void {
    if (++this.#steps > this.mostSteps) throw new TooLargeError(`${this.problem.name}: too large to enumerate`)
    if (count === 0) {
      if (!this.#isWorse()) then()
      return
    }
    const group = this.#groups[index] as Group
    const chosen = table[index] as number[]
    for (let choice = from; choice < group.eligible.length; choice++) {
      const place = group.eligible[choice] as number
      const { before } = this.#places[place] as Place
      if (before !== undefined && this.#population[before] === 0) continue
      chosen.push(place)
      this.#population[place] = (this.#population[place] as number) + 1
      if (this.#mayFit(place)) this.#spread(index, table, count - 1, choice, then)
      this.#population[place] = (this.#population[place] as number) - 1
      chosen.pop()
    }
  }

  /** Where the start is not overfull, neither is the end. */
  #mayFit(place: number): boolean {
    const { id, capacity } = this.#places[place] as Place
    return Object.keys(capacity).every((resource) => {
      const limit = (capacity[resource] as number) * (1 + 1e-6) + 1e-6
      const demandOf = ({ deployment }: Group) => deployment.demand[resource] ?? 0
      let level = 0
      let now = 0
      for (const [index, group] of this.#groups.entries()) {
        const here = group.copies.filter((copy) => copy.node === id)
        now += here.length * demandOf(group)
        const stays = here.filter((copy) => this.#fates.get(copy.id) === 'stay').length
        const arrivals = [...(this.#arrivals[index] as number[]), ...(this.#rooms[index] as number[])]
        level += (stays + arrivals.filter((arrival) => arrival === place).length) * demandOf(group)
      }
      return level <= limit || now > limit
    })
  }

  #unplacedByPriority(): number[] {
    return this.#priorities.map((priority) =>
      sum(this.#unplaced.filter((_, index) => this.#groups[index]?.deployment.priority === priority))
    )
  }

  #cost(): { total: number; moveCost: number } {
    const { horizonHours, moveCostPrice } = this.problem.objective
    const active = this.#places.filter(
      ({ releasable }, place) => !releasable || (this.#population[place] as number) > 0
    )
    const cost = sum(active.map(({ costPerHour }) => costPerHour))
    const moveCost = sum(this.#moves().map((copy) => copy.cost))
    return { total: horizonHours === null ? cost : cost * horizonHours + moveCost * moveCostPrice, moveCost }
  }

  /** Whether what is decided so far cannot become better than the best, which breaks nothing. */
  #isWorse(): boolean {
    if (this.#best === null || this.#best.broken > 0) return false
    return compare({ broken: 0, unplaced: this.#unplacedByPriority(), ...this.#cost() }, this.#best) >= 0
  }

  #judge(): void {
    const stays = this.#groups.flatMap((group) => this.#with(group, 'stay'))
    const placed: PlacedCopy[] = stays.map(({ deployment, node, devices }) => ({
      deployment,
      node: node ?? '',
      devices
    }))
    const idsOf = (table: number[][]) =>
      this.#groups.flatMap(({ deployment }, index) =>
        (table[index] as number[]).map((place) => ({ deployment: deployment.id, node: this.#places[place]?.id ?? '' }))
      )
    const [arriving, headroom] = [idsOf(this.#arrivals), idsOf(this.#rooms)]
    const isAnyOrder = this.problem.migration.level === 'any-order'
    if (isAnyOrder && !fitsInAnyOrder(this.problem, [...arriving, ...headroom])) return
    const newNodes = this.#places.flatMap(({ id, type }, place) =>
      type !== undefined && (this.#population[place] as number) > 0 ? [{ id, type }] : []
    )
    const violations = brokenRules(this.problem, [...placed, ...arriving], { newNodes, headroom })
    const broken = sum(violations.map(({ amount }) => amount))
    const worth = { broken, unplaced: this.#unplacedByPriority(), ...this.#cost() }
    if (this.#best !== null && compare(worth, this.#best) >= 0) return
    if (broken > 0 && this.#joinsBroken(placed, arriving, headroom, newNodes)) return
    const seated = seatArrivals(this.problem, newNodes, placed, [...arriving, ...headroom])
    if (seated === null) return
    const named = this.#name(stays, seated.slice(0, arriving.length))
    if (named === null) return
    const placement: PlacementLike = {
      ...named,
      newNodes,
      headroom: seated.slice(arriving.length),
      assumedDevices: [],
      plan: { status: broken > 0 ? 'partial' : 'complete', steps: [], makespanSeconds: 0 }
    }
    if (verifyPlacement(this.problem, placement).length > 0) return
    if (this.visit === null) this.#best = { ...worth, placement }
    else this.visit({ ...worth, placement })
  }

  /** No newcomer joins an overfull node or a broken rule: without the arrivals, continuous rules were as broken. */
  #joinsBroken(
    placed: readonly PlacedCopy[],
    arriving: readonly PlacedCopy[],
    headroom: readonly PlacedCopy[],
    newNodes: PlacementLike['newNodes']
  ): boolean {
    const arrivals = [...arriving, ...headroom]
    const amounts = (copies: readonly PlacedCopy[]) =>
      sum(
        brokenRules(this.problem, copies, { newNodes })
          .filter(({ code }) => ['capacity', 'max-replicas-per-node', 'anti-affinity'].includes(code))
          .map(({ amount }) => amount)
      )
    if (amounts([...placed, ...arrivals]) > amounts(placed) + EPSILON) return true
    const domainOf = (id: string, key: string) => {
      const place = this.#places.find((other) => other.id === id)
      return key === 'node' ? id : place?.labels[key]
    }
    return this.problem.rules.some((rule) => {
      if (rule.kind !== 'conflict') return false
      const domainsOf = (copies: readonly PlacedCopy[], side: readonly string[]) =>
        copies
          .filter(({ deployment }) => side.includes(deployment))
          .flatMap(({ node }) => domainOf(node, rule.topologyKey) ?? [])
      const [left, right] = rule.between.map((side) => new Set(domainsOf([...placed, ...arrivals], side)))
      return domainsOf(arrivals, rule.between.flat()).some((domain) => left?.has(domain) && right?.has(domain))
    })
  }

  /** Gives arrivals to moving copies, none to its own node, and to newcomers; null where that cannot be. */
  #name(stays: readonly Copy[], arrivals: readonly PlacedCopy[]): Pick<PlacementLike, 'placement' | 'unplaced'> | null {
    const placement = stays.map(({ id, node, devices }) => ({ replica: id, node: node ?? '', ...stated(devices) }))
    const unplaced: { replica: string; deployment: string }[] = []
    for (const [index, group] of this.#groups.entries()) {
      const own = arrivals.filter(({ deployment }) => deployment === group.deployment.id)
      const matched = matchMoves(this.#with(group, 'move'), own)
      if (matched === null) return null
      const names = [...group.pending]
      for (let number = 1; names.length < own.length + (this.#unplaced[index] as number); number++) {
        names.push(`${group.deployment.id}-new-${number}`)
      }
      for (const [order, { node, devices }] of own.entries()) {
        const replica = matched.get(order) ?? (names.shift() as string)
        const isListed = this.problem.replicas.some(({ id }) => id === replica)
        const deployment = isListed ? {} : { deployment: group.deployment.id }
        placement.push({ replica, node, ...deployment, ...stated(devices) })
      }
      for (let left = this.#unplaced[index] as number; left > 0; left--) {
        unplaced.push({ replica: names.shift() as string, deployment: group.deployment.id })
      }
    }
    return { placement, unplaced }
  }
}

/** Negative when the left one is better; 0 when they are the same up to rounding. */
function compare(left: Omit<Optimum, 'placement'>, right: Omit<Optimum, 'placement'>): number {
  const differences = [
    left.broken - right.broken,
    ...left.unplaced.map((count, index) => count - (right.unplaced[index] as number)),
    left.total - right.total,
    left.moveCost - right.moveCost
  ]
  return differences.find((difference) => Math.abs(difference) > EPSILON) ?? 0
}

function placesOf({ nodes, nodeTypes }: Problem): Place[] {
  const places: Place[] = nodes.map(({ type: _, acceptsReplicas, ...node }) => ({
    ...node,
    isOpen: acceptsReplicas && !node.mustEmpty
  }))
  for (const { type, maxNew, ...rest } of nodeTypes) {
    for (let number = 1; number <= maxNew; number++) {
      const before = number > 1 ? { before: places.length - 1 } : {}
      places.push({
        ...rest,
        ...before,
        id: `new-${type}-${number}`,
        type,
        releasable: true,
        isOpen: true,
        mustEmpty: false
      })
    }
  }
  return places
}

function groupOf(problem: Problem, deployment: Deployment, places: readonly Place[]): Group {
  const own = problem.replicas.filter((replica) => replica.deployment === deployment.id && replica.state !== 'draining')
  const running = own.filter(({ node }) => node !== null)
  const desired = deployment.replicas ?? own.length
  const surplus = Math.max(0, running.length - desired)
  const isPinned = (replica: Replica) => !(replica.movable ?? deployment.movable)
  const unpinned = running.filter((replica) => !isPinned(replica)).length
  return {
    deployment,
    copies: running.map((replica) => ({
      ...replica,
      home: places.findIndex(({ id }) => id === replica.node),
      cost: replica.moveCost ?? deployment.moveCost,
      isHeld: isPinned(replica) || replica.gang !== undefined || replica.state === 'starting',
      // Where more are pinned with their deployment than are wanted, a surplus must still be taken from somebody.
      mayStop: surplus > 0 && (!isPinned(replica) || (replica.movable !== false && unpinned < surplus))
    })),
    desired,
    surplus,
    pending: own.flatMap(({ id, node }) => (node === null ? [id] : [])),
    headroom: sum(problem.headroom.map((item) => (item.deployment === deployment.id ? item.replicas : 0))),
    eligible: places.flatMap((place, index) => (admits(problem, place, deployment) ? [index] : []))
  }
}

/** Whether a copy may start on the empty place, which must have room for what it holds until it is ready. */
function admits(problem: Problem, place: Place, { demand, startupDemand, nodeSelector }: Deployment): boolean {
  return (
    place.isOpen &&
    Object.entries(nodeSelector).every(([label, condition]) => {
      const value = place.labels[label]
      if (Array.isArray(condition)) return value !== undefined && condition.includes(value)
      const isWanted = condition.exists === undefined || condition.exists === (value !== undefined)
      return isWanted && !(value !== undefined && condition.notIn?.includes(value) === true)
    }) &&
    [...Object.entries(demand), ...Object.entries(startupDemand ?? {})].every(([resource, amount]) => {
      const capacity = place.capacity[resource] ?? 0
      return (
        amount === 0 ||
        (isDeviceResource(problem, resource) && amount < 1 ? capacity >= 1 : amount <= capacity * (1 + 1e-6))
      )
    })
  )
}

/** The copies by the arrivals that they take; null when one would have to start on its own node. */
function matchMoves(moving: readonly Copy[], arrivals: readonly PlacedCopy[]): Map<number, string> | null {
  const taken = new Map<number, string>()
  const match = (next: number): boolean => {
    const copy = moving[next]
    if (copy === undefined) return true
    for (const [order, { node }] of arrivals.entries()) {
      if (taken.has(order) || node === copy.node) continue
      taken.set(order, copy.id)
      if (match(next + 1)) return true
      taken.delete(order)
    }
    return false
  }
  return match(0) ? taken : null
}

function stated(devices: PlacedCopy['devices']) {
  return devices === undefined ? {} : { devices }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
