import type { LabelCondition, NodeSelector } from '../../../../models/contract/quantities.js'
import { matchesCondition } from '../../../../models/instance/selector.js'

/** A value that no label of Kubernetes has, for a label of which no value will do: a selector cannot list none. */
const NO_VALUE = '(no value will do)'

/** A nodeSelector in the making: what is required of each label, put together. */
export class LabelConditions {
  readonly #conditions = new Map<string, { values: readonly string[] | null; notIn: Set<string>; exists?: boolean }>()

  /** The label has one of these values. */
  requireValue(label: string, values: readonly string[]): void {
    const condition = this.#of(label)
    const known = condition.values
    condition.values = known === null ? [...new Set(values)] : known.filter((value) => values.includes(value))
  }

  /** The label has none of these values, or is not there. */
  forbidValues(label: string, values: readonly string[]): void {
    const condition = this.#of(label)
    for (const value of values) condition.notIn.add(value)
  }

  /** The label is there, or is not. Requiring both is remembered as no value being allowed. */
  requireExistence(label: string, exists: boolean): void {
    const condition = this.#of(label)
    if (condition.exists !== undefined && condition.exists !== exists) condition.values = []
    condition.exists = exists
  }

  /** Every label that they name. */
  get labels(): string[] {
    return [...this.#conditions.keys()]
  }

  /** The same in the words of the contract. */
  toSelector(): NodeSelector {
    const entries: [string, LabelCondition][] = []
    for (const [label, { values, notIn, exists }] of this.#conditions) {
      if (values !== null) {
        const allowed = exists === false ? [] : values.filter((value) => !notIn.has(value))
        entries.push([label, allowed.length === 0 ? [NO_VALUE] : allowed])
      } else if (exists === false) entries.push([label, { exists }])
      else {
        const condition = { ...(notIn.size > 0 && { notIn: [...notIn] }), ...(exists === true && { exists }) }
        // An empty list shuts nothing out.
        if (Object.keys(condition).length > 0) entries.push([label, condition])
      }
    }
    return Object.fromEntries(entries)
  }

  /** Whether a node satisfies them whose labels have these values. */
  toPredicate(): (read: (label: string) => string | undefined) => boolean {
    const selector = Object.entries(this.toSelector())
    return (read) => selector.every(([label, condition]) => matchesCondition(condition, read(label)))
  }

  #of(label: string): { values: readonly string[] | null; notIn: Set<string>; exists?: boolean } {
    let condition = this.#conditions.get(label)
    if (condition === undefined) {
      condition = { values: null, notIn: new Set() }
      this.#conditions.set(label, condition)
    }
    return condition
  }
}
