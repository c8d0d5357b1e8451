import type { PricedType } from '../../../import-report.js'
import type { Price, PriceBook } from '../../../prices.js'
import type { ImportNotes } from '../import-notes.js'
import type { RayOverrides } from '../overrides/overrides.js'
import { lookUp } from '../payloads/mappings.js'
import type { ClusterNode } from './cluster-nodes.js'

/** Says what kind of node this is, as whoever starts nodes calls it. */
export const NODE_GROUP_LABEL = 'ray.io/node-group'
/** Where the type of machine may stand; Ray itself labels none. */
export const INSTANCE_TYPE_LABELS = ['ray.io/instance-type', 'node.kubernetes.io/instance-type', 'instance-type']
export const MARKET_TYPE_LABEL = 'ray.io/market-type'
export const ZONE_LABEL = 'ray.io/availability-zone'
export const REGION_LABEL = 'ray.io/availability-region'

/** What nodes cost, and where that is said. */
export class NodePrices {
  readonly #priced = new Map<string, { nodes: number; readonly type: string } & Price>()

  constructor(
    private readonly overrides: RayOverrides,
    private readonly book: PriceBook,
    private readonly notes: ImportNotes
  ) {}

  /** The type of machine, else the group; undefined: nobody says. */
  typeOf({ labels }: ClusterNode): string | undefined {
    const group = lookUp(labels, NODE_GROUP_LABEL)
    const said = group === undefined ? undefined : lookUp(this.overrides.nodeGroups, group)?.instanceType
    const label = INSTANCE_TYPE_LABELS.find((name) => Object.hasOwn(labels, name))
    return said ?? (label === undefined ? group : lookUp(labels, label))
  }

  /** Money per hour: of the node itself, of its group, of its type, or by catalogue; 0, and something missing, where nobody says. */
  priceOf(node: ClusterNode): number {
    const group = lookUp(node.labels, NODE_GROUP_LABEL)
    const price = this.#find(node, group)
    if (price === null) {
      this.notes.missing.add({
        ...(group === undefined ? { section: 'nodes', key: node.id } : { section: 'nodeGroups', key: group }),
        field: 'costPerHour',
        found: 'no price',
        expected: 'money per hour for one node'
      })
      return 0
    }
    const type = this.typeOf(node) ?? ''
    const key = JSON.stringify([type, price.costPerHour, price.source])
    const priced = this.#priced.get(key) ?? { type, nodes: 0, ...price }
    priced.nodes++
    this.#priced.set(key, priced)
    return price.costPerHour
  }

  /** How many nodes of each type at which price. */
  list(): PricedType[] {
    return [...this.#priced.values()]
  }

  #find(node: ClusterNode, group: string | undefined): Price | null {
    const { nodeGroups, instanceTypes } = this.overrides
    const type = this.typeOf(node)
    const costPerHour =
      node.override.costPerHour ??
      (group === undefined ? undefined : lookUp(nodeGroups, group)?.costPerHour) ??
      (type === undefined ? undefined : lookUp(instanceTypes, type)?.costPerHour)
    if (costPerHour !== undefined) return { costPerHour, source: 'override' }
    const market = lookUp(node.labels, MARKET_TYPE_LABEL) === 'spot' ? 'spot' : 'on-demand'
    return this.book.priceOf({ type, region: regionOf(node), market })
  }
}

/** As labelled, else that of the zone: clouds name zones after it, with a letter. */
function regionOf({ labels }: ClusterNode): string | undefined {
  return lookUp(labels, REGION_LABEL) ?? lookUp(labels, ZONE_LABEL)?.replace(/-?[a-z]$/, '')
}
