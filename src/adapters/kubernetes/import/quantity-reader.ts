import { describeValue } from '../../../../models/contract/describe-input.js'
import type { Amounts } from '../objects/pod.js'
import { parseQuantity, QUANTITY_FORM } from '../objects/quantity.js'
import type { Faults, Place } from './faults.js'
import { partsOf, problemResource } from './resource-units.js'

/** Amounts by a Problem's resource names, in whole parts: milli-cores, bytes, devices. */
export type Parts = ReadonlyMap<string, number>

/** Reads quantities of objects; the same text is read once. Notes what is none. */
export class QuantityReader {
  readonly #faults: Faults
  readonly #known = new Map<string, number | null>()

  constructor(faults: Faults) {
    this.#faults = faults
  }

  /** One amount, in parts of its resource; 0 where it is no quantity. */
  read(resource: string, quantity: string | number, place: Place, path: readonly PropertyKey[]): number {
    const parts = partsOf(resource)
    const key = `${parts}:${quantity}`
    let amount = this.#known.get(key)
    if (amount === undefined) {
      amount = parseQuantity(quantity, parts)
      this.#known.set(key, amount)
    }
    if (amount !== null && amount >= 0) return amount
    this.#faults.report(
      place,
      path,
      describeValue(quantity),
      amount === null ? QUANTITY_FORM : 'an amount of at least 0'
    )
    return 0
  }

  /** Amounts by resource. */
  readAll(amounts: Amounts | null | undefined, place: Place, path: readonly PropertyKey[]): Map<string, number> {
    const read = new Map<string, number>()
    for (const [resource, quantity] of Object.entries(amounts ?? {})) {
      read.set(problemResource(resource), this.read(resource, quantity, place, [...path, resource]))
    }
    return read
  }
}

/** Adds amounts to others, in place. */
export function addParts(sum: Map<string, number>, amounts: Parts): void {
  for (const [resource, amount] of amounts) sum.set(resource, (sum.get(resource) ?? 0) + amount)
}

/** Raises amounts to others where these are larger, in place. */
export function raiseParts(most: Map<string, number>, amounts: Parts): void {
  for (const [resource, amount] of amounts) most.set(resource, Math.max(most.get(resource) ?? 0, amount))
}
