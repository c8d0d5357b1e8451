import { describeValue, formatPath } from '../../models/contract/describe-input.js'
import type { InputIssue } from '../../models/contract/input-issues.js'
import { InputError } from '../../models/contract/parse.js'
import type { Market } from '../../models/contract/study.js'
import type { Unchecked } from '../../models/contract/unchecked.js'
import type { InstanceType } from '../capacity/catalogue/instance-type.js'
import { priceIn } from '../capacity/catalogue/offer.js'
import { readCatalogue } from '../capacity/catalogue/read-catalogue.js'
import type { TableInput } from '../capacity/table/read-table.js'
import type { PriceSource } from './import-report.js'

/** Where prices come from, beside what the cluster itself says. Everything may be left out. */
export interface PriceOptions {
  /** Instance types and their prices: the text of a CSV file, or rows; the columns of `readCatalogue`. */
  readonly catalogue?: Unchecked<TableInput>
  /** Money per hour by instance type; wins over the catalogue. */
  readonly prices?: Readonly<Record<string, number>>
  /** Money per hour of every node whose price nothing else tells. Default: none, and such nodes are an error. */
  readonly unknownPrice?: number
}

/** What is known of a node whose price is asked for. */
export interface Priceable {
  /** The instance type; empty or undefined where nobody says. */
  readonly type: string | undefined
  readonly region: string | undefined
  readonly market: Market
}

/** A price and who says so. */
export interface Price {
  readonly costPerHour: number
  readonly source: PriceSource
}

/** Prices of nodes by instance type: those that are named win over a catalogue, and what neither knows costs what is said of the unknown. */
export class PriceBook {
  readonly #named: ReadonlyMap<string, number>
  readonly #types: ReadonlyMap<string, readonly InstanceType[]>

  /** Throws InputError for a catalogue that is none, and for prices that are no amounts of money. */
  constructor(private readonly options: PriceOptions) {
    const { catalogue, prices = {}, unknownPrice } = options
    const issues = Object.entries(prices).flatMap(([type, price]) => checkPrice(['prices', type], price))
    if (unknownPrice !== undefined) issues.push(...checkPrice(['unknownPrice'], unknownPrice))
    if (issues.length > 0) throw new InputError('options', issues)
    this.#named = new Map(Object.entries(prices))
    const types = new Map<string, InstanceType[]>()
    for (const type of catalogue === undefined ? [] : readCatalogue(catalogue)) {
      types.set(type.name, [...(types.get(type.name) ?? []), type])
    }
    this.#types = types
  }

  /**
   * The price of a node; null where nobody knows it. A type that several regions sell has the price of the node's region; where the
   * node tells none, or another one, that of all regions if they agree.
   */
  priceOf({ type = '', region, market }: Priceable): Price | null {
    const named = this.#named.get(type)
    if (named !== undefined) return { costPerHour: named, source: 'flag' }
    const sellers = this.#types.get(type) ?? []
    const near = sellers.filter((seller) => seller.region === region)
    const prices = new Set((near.length > 0 ? near : sellers).map((seller) => priceIn(market, seller)))
    const [price = null] = prices
    if (prices.size === 1 && price !== null) return { costPerHour: price, source: 'catalogue' }
    const { unknownPrice } = this.options
    return unknownPrice === undefined ? null : { costPerHour: unknownPrice, source: 'unknown' }
  }
}

function checkPrice(path: readonly PropertyKey[], price: unknown): InputIssue[] {
  if (typeof price === 'number' && Number.isFinite(price) && price >= 0) return []
  return [
    { path: formatPath(path), found: describeValue(price), expected: 'money per hour, a finite number of at least 0' }
  ]
}
