import type { ViolationCode } from './violations.js'

/** By how much one rule is broken in one place. */
export interface Excess {
  readonly code: ViolationCode
  readonly where: string
  readonly amount: number
  readonly message: string
}

/** What a set of copies breaks. The keys name rule and place, so that two moments can be compared. */
export type ExcessTable = ReadonlyMap<string, Excess>

/** Adds an excess under the key of its code, its place and, for a listed rule, the index of the rule. */
export function addExcess(table: Map<string, Excess>, excess: Excess, rule?: number | string): void {
  table.set(JSON.stringify([excess.code, rule, excess.where]), excess)
}

/** Sums by place, for counting. */
export class Tally<Key> extends Map<Key, number> {
  add(key: Key, amount = 1): void {
    this.set(key, this.count(key) + amount)
  }

  count(key: Key): number {
    return this.get(key) ?? 0
  }
}
