import { describe, expect, it } from 'vitest'
import { codesOf, faultsOf, importObjects, makeNode, makePod, nodeOf } from './cluster-objects.js'

const typed = (name: string, type: string, parts: Parameters<typeof makeNode>[1] = {}) =>
  makeNode(name, { ...parts, labels: { 'node.kubernetes.io/instance-type': type, ...parts.labels } })
const pod = makePod('p', { node: 'a' })
const catalogue = 'name,region,vcpu,memGiB,priceOnDemand,priceSpot\nm5.large,us-east-1,2,8,0.096,0.04\n'

describe('the price of a node', () => {
  it('is that of its annotation, of its type by name, of the catalogue, or of the unknown', () => {
    const objects = [
      typed('a', 'm5.large', { annotations: { 'replica-compactor/cost-per-hour': '0.5' } }),
      typed('b', 'm5.large'),
      typed('c', 'm5.large', { labels: { 'karpenter.sh/capacity-type': 'spot' } }),
      typed('d', 'c5.large'),
      makeNode('e'),
      pod
    ]
    const imported = importObjects(objects, { catalogue, prices: { 'c5.large': 0.085 }, unknownPrice: 9 })
    expect(['a', 'b', 'c', 'd', 'e'].map((id) => nodeOf(imported, id).costPerHour)).toEqual([
      0.5, 0.096, 0.04, 0.085, 9
    ])
    expect(imported.report.prices.map(({ source }) => source)).toEqual([
      'annotation',
      'catalogue',
      'catalogue',
      'flag',
      'unknown'
    ])
  })

  it('is never zero because nobody knows it: types and nodes are named', () => {
    const objects = [typed('a', 'm5.large'), typed('b', 'm5.large'), makeNode('c'), pod]
    expect(faultsOf(() => importObjects(objects, { unknownPrice: undefined as never }))).toEqual([
      'cluster.json: items[0]: no price for 2 nodes of type "m5.large": a and b',
      'cluster.json: items[2]: no price for 1 node without an instance type: c'
    ])
  })

  it.each(['', 'cheap', '-1', 'Infinity'])('is not %j', (price) => {
    const objects = [makeNode('a', { annotations: { cost: price } }), pod]
    expect(faultsOf(() => importObjects(objects, { priceAnnotation: 'cost' }))).toEqual([
      `cluster.json: items[0].metadata.annotations.cost: ${JSON.stringify(price)}`
    ])
  })

  it('may be zero, and that is said', () => {
    const { report } = importObjects([typed('a', 'm5.large'), pod], { prices: { 'm5.large': 0 } })
    expect(codesOf(report.adapted, 'a')).toEqual(['free'])
  })

  it('of a type that no node has is said to be of no use', () => {
    const { report } = importObjects([makeNode('a'), pod], { prices: { 'm5.large': 1 } })
    expect(codesOf(report.adapted, 'm5.large')).toEqual(['unused-price'])
  })
})
