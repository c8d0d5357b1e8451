import type { FinalRule, Instance } from '../../models/instance/instance.js'
import { spanOf } from '../../models/instance/span.js'

/** How far a rule is from holding, part by part: members outside every domain, domains, skew. All 0 when it holds. */
type Shortfall = readonly [outside: number, domains: number, skew: number]

/** By how much all rules together would be more broken; negative where a copy mends more than it breaks. */
export type ChangeAt = (node: number) => number

const NO_CHANGE: ChangeAt = () => 0

/** Members per domain of the rules that count in the end: spread, affinity, at-least. Deployments without rules cost nothing. */
export class FinalLevels {
  /** For each rule its members in every domain, then those on nodes outside all of them. */
  readonly #levels: Int32Array[]
  readonly #slotOf: Int32Array[]
  readonly #rulesOf: (readonly number[])[]
  readonly #atStart: readonly Shortfall[]
  /** What is known of each rule since something was counted for it last. */
  readonly #known: (Shortfall | undefined)[]

  constructor(readonly instance: Instance) {
    const { finalRules, deployments, nodes, copies } = instance
    this.#levels = finalRules.map(({ domains }) => new Int32Array(domains.length + 1))
    this.#slotOf = finalRules.map(({ domains }) => {
      const slots = new Int32Array(nodes.length).fill(domains.length)
      for (const [domain, { nodes: inside }] of domains.entries()) for (const node of inside) slots[node] = domain
      return slots
    })
    const rulesOf = deployments.map(() => [] as number[])
    for (const [index, rule] of finalRules.entries())
      for (const member of rule.deployments) rulesOf[member]?.push(index)
    this.#rulesOf = rulesOf
    this.#known = finalRules.map(() => undefined)
    // What is leaving counts at the start, too.
    for (const { deployment, node } of copies) this.count(deployment, node, 1)
    this.#atStart = finalRules.map((_, index) => this.#shortfallOf(index))
    for (const { deployment, node } of copies) this.count(deployment, node, -1)
  }

  /** A copy counts, or no longer counts. */
  count(deployment: number, node: number, sign: 1 | -1): void {
    for (const rule of this.#rulesOf[deployment] as readonly number[]) {
      const levels = this.levelsOf(rule)
      const slot = this.slotOf(rule, node)
      levels[slot] = (levels[slot] as number) + sign
      this.#known[rule] = undefined
    }
  }

  /** Members of a rule in every domain, then those on nodes outside all of them. */
  levelsOf(rule: number): Int32Array {
    return this.#levels[rule] as Int32Array
  }

  /** The domain of a node, by its place in the rule; the number of domains for a node in none. */
  slotOf(rule: number, node: number): number {
    return this.#slotOf[rule]?.[node] as number
  }

  /** By how much one rule is broken. */
  excessOf(rule: number): number {
    return sum(this.#shortfallOf(rule))
  }

  /** By how much the rules are broken in all. */
  excess(): number {
    let excess = 0
    for (const rule of this.#levels.keys()) excess += this.excessOf(rule)
    return excess
  }

  /** Whether some rule is more broken than it is at the start. */
  isWorse(): boolean {
    return this.#atStart.some((atStart, rule) => {
      return this.#shortfallOf(rule).some((amount, part) => amount > (atStart[part] as number))
    })
  }

  /** Whether some rule counts the copies of a deployment. */
  binds(deployment: number): boolean {
    return (this.#rulesOf[deployment] as readonly number[]).length > 0
  }

  /** What one copy of a deployment more, or less, on each node would change. Good until something is counted. */
  changes(deployment: number, sign: 1 | -1): ChangeAt {
    const rules = this.#rulesOf[deployment] as readonly number[]
    if (rules.length === 0) return NO_CHANGE
    const changes = rules.map((rule) => this.#changeBySlot(rule, sign))
    return (node) => {
      let total = 0
      for (const [at, rule] of rules.entries()) total += (changes[at] as ChangeAt)(this.slotOf(rule, node))
      return total
    }
  }

  #shortfallOf(rule: number): Shortfall {
    const known = this.#known[rule] ?? shortfall(this.instance.finalRules[rule] as FinalRule, this.levelsOf(rule))
    this.#known[rule] = known
    return known
  }

  /** Domains with as many members are alike: each level is looked at once. */
  #changeBySlot(rule: number, sign: 1 | -1): ChangeAt {
    const definition = this.instance.finalRules[rule] as FinalRule
    const { domains } = definition
    const levels = this.levelsOf(rule)
    const before = this.excessOf(rule)
    const known = new Map<number, number>()
    return (slot) => {
      const kind = slot === domains.length ? 0 : domains[slot]?.counted === true ? 1 : 2
      const key = (levels[slot] as number) * 3 + kind
      let change = known.get(key)
      if (change === undefined) {
        levels[slot] = (levels[slot] as number) + sign
        change = sum(shortfall(definition, levels)) - before
        levels[slot] = (levels[slot] as number) - sign
        known.set(key, change)
      }
      return change
    }
  }
}

function shortfall({ definition, domains }: FinalRule, levels: Int32Array): Shortfall {
  const outside = levels[domains.length] as number
  const inside = levels.subarray(0, domains.length)
  if (definition.kind === 'at-least') return [0, Math.max(0, definition.count - (inside[0] ?? 0)), 0]
  let [used, total] = [0, 0]
  for (const level of inside) {
    used += level > 0 ? 1 : 0
    total += level
  }
  if (definition.kind === 'affinity') return [outside, Math.max(0, used - 1), 0]
  const wanted = Math.min(definition.minDomains ?? 0, total)
  if (definition.maxSkew === undefined) return [outside, Math.max(0, wanted - used), 0]
  const counted = [...inside].filter((level, domain) => level > 0 || domains[domain]?.counted === true)
  return [outside, Math.max(0, wanted - used), Math.max(0, spanOf(counted) - definition.maxSkew)]
}

function sum([outside, domains, skew]: Shortfall): number {
  return outside + domains + skew
}
