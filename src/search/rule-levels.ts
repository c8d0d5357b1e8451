import type { Conflict, Counter, Instance } from '../../models/instance/instance.js'
import { FinalLevels } from './final-levels.js'

/** A rule that keeps a copy from a node. */
export interface Obstacle {
  readonly code: 'anti-affinity' | 'conflict'
  /** Index of the rule in the Problem, and the domain. */
  readonly rule: number
  readonly domain: string
  /** By how many copies there would be too many, or how many of the other side are there. */
  readonly excess: number
  /** Copies that there may be; 1 for a conflict. */
  readonly limit: number
}

/**
 * The levels of the Problem's rules under a packing: copies per anti-affinity counter, per side of a conflict, per domain of a
 * final rule. Deployments without rules cost nothing.
 */
export class RuleLevels {
  readonly #counters: LevelTable
  readonly #left: LevelTable
  readonly #right: LevelTable
  readonly final: FinalLevels

  constructor(readonly instance: Instance) {
    const { counters, conflicts } = instance
    this.#counters = new LevelTable(instance, counters, (counter: Counter) => counter.deployments)
    this.#left = new LevelTable(instance, conflicts, (conflict: Conflict) => conflict.left)
    this.#right = new LevelTable(instance, conflicts, (conflict: Conflict) => conflict.right)
    this.final = new FinalLevels(instance)
  }

  /** Whether one more copy keeps anti-affinity and conflicts. */
  admits(deployment: number, node: number): boolean {
    for (const index of this.#counters.at(deployment, node)) {
      if ((this.#counters.levels[index] as number) >= (this.instance.counters[index] as Counter).limit) return false
    }
    for (const index of this.#left.at(deployment, node)) if ((this.#right.levels[index] as number) > 0) return false
    for (const index of this.#right.at(deployment, node)) if ((this.#left.levels[index] as number) > 0) return false
    return true
  }

  /** What keeps one more copy from a node: empty where `admits` says that it may come. */
  obstacles(deployment: number, node: number): Obstacle[] {
    const found: Obstacle[] = []
    for (const index of this.#counters.at(deployment, node)) {
      const { rule, domain, limit } = this.instance.counters[index] as Counter
      const excess = (this.#counters.levels[index] as number) + 1 - limit
      if (excess > 0) found.push({ code: 'anti-affinity', rule, domain, excess, limit })
    }
    for (const [own, other] of [
      [this.#left, this.#right],
      [this.#right, this.#left]
    ] as const) {
      for (const index of own.at(deployment, node)) {
        const { rule, domain } = this.instance.conflicts[index] as Conflict
        const excess = other.levels[index] as number
        if (excess > 0) found.push({ code: 'conflict', rule, domain, excess, limit: 1 })
      }
    }
    return found
  }

  /** A copy counts, or no longer counts, for what holds at every moment. */
  occupy(deployment: number, node: number, sign: 1 | -1): void {
    for (const table of [this.#counters, this.#left, this.#right]) {
      for (const index of table.at(deployment, node)) table.levels[index] = (table.levels[index] as number) + sign
    }
  }

  /** By how much anti-affinity and conflicts are broken in all. */
  continuousExcess(): number {
    let excess = 0
    for (const [index, { limit }] of this.instance.counters.entries()) {
      excess += Math.max(0, (this.#counters.levels[index] as number) - limit)
    }
    for (const index of this.instance.conflicts.keys()) {
      excess += Math.min(this.#left.levels[index] as number, this.#right.levels[index] as number)
    }
    return excess
  }

  /** By how much counters and conflicts would be less broken without one copy of a deployment on a node. */
  relief(deployment: number, node: number): number {
    let relief = 0
    for (const index of this.#counters.at(deployment, node)) {
      if ((this.#counters.levels[index] as number) > (this.instance.counters[index] as Counter).limit) relief++
    }
    for (const [own, other] of [
      [this.#left, this.#right],
      [this.#right, this.#left]
    ] as const) {
      for (const index of own.at(deployment, node)) {
        const [here, against] = [own.levels[index] as number, other.levels[index] as number]
        relief += Math.min(here, against) - Math.min(here - 1, against)
      }
    }
    return relief
  }

  /** Whether some copies of this deployment on this node break a counter or conflict now. */
  breaks(deployment: number, node: number): boolean {
    const over = this.#counters.at(deployment, node).some((index) => {
      return (this.#counters.levels[index] as number) > (this.instance.counters[index] as Counter).limit
    })
    return (
      over ||
      this.#left.at(deployment, node).some((index) => (this.#right.levels[index] as number) > 0) ||
      this.#right.at(deployment, node).some((index) => (this.#left.levels[index] as number) > 0)
    )
  }
}

const NONE: readonly number[] = []

/** Which limits a copy of a deployment on a node counts against, and how many count against each. */
class LevelTable {
  readonly levels: Int32Array
  readonly #byRule = new Map<number, Map<number, number>>()
  readonly #rulesOf: (readonly number[])[]

  constructor(
    instance: Instance,
    limits: readonly { readonly rule: number; readonly nodes: readonly number[] }[],
    members: (limit: never) => readonly number[]
  ) {
    this.levels = new Int32Array(limits.length)
    const rulesOf = instance.deployments.map(() => new Set<number>())
    for (const [index, limit] of limits.entries()) {
      for (const member of members(limit as never)) rulesOf[member]?.add(limit.rule)
      let byNode = this.#byRule.get(limit.rule)
      if (byNode === undefined) {
        byNode = new Map()
        this.#byRule.set(limit.rule, byNode)
      }
      for (const node of limit.nodes) byNode.set(node, index)
    }
    this.#rulesOf = rulesOf.map((rules) => [...rules])
  }

  at(deployment: number, node: number): readonly number[] {
    const rules = this.#rulesOf[deployment] as readonly number[]
    if (rules.length === 0) return NONE
    return rules.flatMap((rule) => this.#byRule.get(rule)?.get(node) ?? [])
  }
}
