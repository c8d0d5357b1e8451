import { describeValue } from '../../../../models/contract/describe-input.js'
import type { Market } from '../../../../models/contract/study.js'
import { groupBy } from '../../../../models/grouping.js'
import { labelOf } from '../../../../models/instance/selector.js'
import { counted } from '../../../result/conflict/words.js'
import type { PricedType } from '../../import-report.js'
import type { Price, PriceBook } from '../../prices.js'
import { instanceTypeOf } from '../objects/node.js'
import type { Faults } from './faults.js'
import type { ImportedNode } from './node-roster.js'
import { listNames, type Remarks } from './remarks.js'

/** Labels by which clouds and Karpenter say that a node is a spot instance. */
const SPOT_LABELS = new Map([
  ['karpenter.sh/capacity-type', 'spot'],
  ['eks.amazonaws.com/capacityType', 'SPOT'],
  ['cloud.google.com/gke-spot', 'true'],
  ['cloud.google.com/gke-preemptible', 'true'],
  ['kubernetes.azure.com/scalesetpriority', 'spot']
])

/** What every node costs an hour, by its annotation or else by the book. Notes nodes whose price nobody knows, by type. */
export function priceNodes(
  nodes: readonly ImportedNode[],
  book: PriceBook,
  annotation: string,
  faults: Faults
): Map<ImportedNode, Price> {
  const prices = new Map<ImportedNode, Price>()
  const unknown: ImportedNode[] = []
  for (const node of nodes) {
    const price = readAnnotation(node, annotation, faults) ?? lookUp(node, book)
    if (price === null) unknown.push(node)
    else prices.set(node, price)
  }
  for (const [type, without] of groupBy(unknown, ({ object }) => instanceTypeOf(object))) {
    const [first] = without
    if (first === undefined) continue
    const names = listNames(without.map(({ name }) => name))
    const of = type === undefined ? 'without an instance type' : `of type ${describeValue(type)}`
    const found = `no price for ${counted(without.length, 'node')} ${of}: ${names}`
    const hint = `say it by the annotation ${annotation} of the nodes, by prices (--price) or a catalogue (--catalogue) for their type, or by unknownPrice (--unknown-price) for all of which nobody knows`
    faults.report(first.place, [], found, 'money per hour', hint)
  }
  return prices
}

function readAnnotation({ object, place }: ImportedNode, annotation: string, faults: Faults): Price | null {
  const text = labelOf(object.metadata.annotations ?? {}, annotation)
  if (text === undefined) return null
  const costPerHour = text.trim() === '' ? Number.NaN : Number(text)
  if (Number.isFinite(costPerHour) && costPerHour >= 0) return { costPerHour, source: 'annotation' }
  const path = ['metadata', 'annotations', annotation]
  faults.report(place, path, describeValue(text), 'money per hour, a number such as 0.384')
  return { costPerHour: 0, source: 'annotation' }
}

function lookUp({ object, labels }: ImportedNode, book: PriceBook): Price | null {
  const isSpot = [...SPOT_LABELS].some(([label, value]) => labelOf(labels, label) === value)
  const market: Market = isSpot ? 'spot' : 'on-demand'
  const region =
    labelOf(labels, 'topology.kubernetes.io/region') ?? labelOf(labels, 'failure-domain.beta.kubernetes.io/region')
  return book.priceOf({ type: instanceTypeOf(object), region, market })
}

/** Says which nodes cost nothing, and which prices are of a type that no node has. */
export function sayPrices(
  prices: ReadonlyMap<ImportedNode, Price>,
  named: Readonly<Record<string, number>>,
  remarks: Remarks
): void {
  for (const [{ name }, { costPerHour }] of prices) {
    if (costPerHour > 0) continue
    remarks.adapt({ kind: 'Node', id: name, code: 'free', reason: 'it costs nothing, and is never worth releasing' })
  }
  const types = new Set([...prices.keys()].map(({ object }) => instanceTypeOf(object)))
  for (const type of Object.keys(named)) {
    if (types.has(type)) continue
    remarks.adapt({ kind: 'Price of', id: type, code: 'unused-price', reason: 'no node is of this type' })
  }
}

/** Nodes by type and price, for the report. */
export function listPrices(prices: ReadonlyMap<ImportedNode, Price>): PricedType[] {
  const groups = groupBy(prices, ([{ object }, { costPerHour, source }]) =>
    JSON.stringify([instanceTypeOf(object) ?? '', costPerHour, source])
  )
  return [...groups.values()].flatMap((members) => {
    const [first] = members
    if (first === undefined) return []
    const [{ object }, { costPerHour, source }] = first
    return [{ type: instanceTypeOf(object) ?? '', nodes: members.length, costPerHour, source }]
  })
}
