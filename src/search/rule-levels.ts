import type { Conflict, Counter, FinalRule, Instance } from '../../models/instance/instance.js'
import { spanOf } from '../../models/instance/span.js'

/**
 * The levels of the Problem's rules under a packing: copies per anti-affinity counter, per side of a conflict, per domain of a
 * final rule. Deployments without rules cost nothing.
 */
export class RuleLevels {
  readonly #counters: LevelTable
  readonly #left: LevelTable
  readonly #right: LevelTable
  readonly #finalLevels: Int32Array[]
  readonly #finalAt: (readonly number[])[]

  constructor(readonly instance: Instance) {
    const { counters, conflicts, finalRules, deployments, nodes } = instance
    this.#counters = new LevelTable(instance, counters, (counter: Counter) => counter.deployments)
    this.#left = new LevelTable(instance, conflicts, (conflict: Conflict) => conflict.left)
    this.#right = new LevelTable(instance, conflicts, (conflict: Conflict) => conflict.right)
    this.#finalLevels = finalRules.map((rule) => new Int32Array(rule.domains.length + 1))
    const finalOf = deployments.map(() => [] as number[])
    for (const [index, rule] of finalRules.entries())
      for (const member of rule.deployments) finalOf[member]?.push(index)
    this.#finalAt = finalOf
    this.#domainOf = finalRules.map((rule) => {
      // Nodes outside every domain share the last slot.
      const slots = new Int32Array(nodes.length).fill(rule.domains.length)
      for (const [domain, { nodes: inside }] of rule.domains.entries()) for (const node of inside) slots[node] = domain
      return slots
    })
  }
  readonly #domainOf: Int32Array[]

  /** Whether one more copy keeps anti-affinity and conflicts. */
  admits(deployment: number, node: number): boolean {
    for (const index of this.#counters.at(deployment, node)) {
      if ((this.#counters.levels[index] as number) >= (this.instance.counters[index] as Counter).limit) return false
    }
    for (const index of this.#left.at(deployment, node)) if ((this.#right.levels[index] as number) > 0) return false
    for (const index of this.#right.at(deployment, node)) if ((this.#left.levels[index] as number) > 0) return false
    return true
  }

  /** A copy counts, or no longer counts, for what holds at every moment. */
  occupy(deployment: number, node: number, sign: 1 | -1): void {
    for (const table of [this.#counters, this.#left, this.#right]) {
      for (const index of table.at(deployment, node)) table.levels[index] = (table.levels[index] as number) + sign
    }
  }

  /** A copy counts, or no longer counts, for what holds in the end. */
  count(deployment: number, node: number, sign: 1 | -1): void {
    for (const rule of this.#finalAt[deployment] as readonly number[]) {
      const levels = this.#finalLevels[rule] as Int32Array
      const slot = (this.#domainOf[rule] as Int32Array)[node] as number
      levels[slot] = (levels[slot] as number) + sign
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

  /** By how much the final rules are broken in all. */
  finalExcess(): number {
    let excess = 0
    for (const [index, rule] of this.instance.finalRules.entries()) {
      excess += excessOf(rule, this.#finalLevels[index] as Int32Array)
    }
    return excess
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

/** How far one final rule is from holding; 0 when it does. The last level counts members on nodes outside every domain. */
function excessOf({ definition, domains }: FinalRule, levels: Int32Array): number {
  const outside = levels[domains.length] as number
  const inside = levels.subarray(0, domains.length)
  const total = inside.reduce((sum, level) => sum + level, 0)
  if (definition.kind === 'at-least') return Math.max(0, definition.count - (inside[0] ?? 0))
  const used = inside.reduce((count, level) => count + (level > 0 ? 1 : 0), 0)
  if (definition.kind === 'affinity') return outside + Math.max(0, used - 1)
  let excess = outside
  if (definition.minDomains !== undefined) excess += Math.max(0, Math.min(definition.minDomains, total) - used)
  if (definition.maxSkew !== undefined) {
    const counted = [...inside].filter((level, domain) => level > 0 || domains[domain]?.counted === true)
    excess += Math.max(0, spanOf(counted) - definition.maxSkew)
  }
  return excess
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
