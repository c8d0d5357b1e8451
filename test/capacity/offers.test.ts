import { describe, expect, test } from 'vitest'
import { committedTypes } from '../../src/capacity/study/commitment.js'
import { completeStudy } from '../../src/capacity/study/complete-study.js'
import { floorCounts } from '../../src/capacity/study/floors.js'
import { parseStudy } from '../../src/capacity/study/parse-study.js'
import { amountTowards, countsTowards } from '../../src/capacity/study/quotas.js'
import { reservedNodes } from '../../src/capacity/study/reserved-nodes.js'

const catalogue = 'name,vcpu,memGiB,priceOnDemand,priceSpot\ng5.xlarge,4,16,1,0.4\ng5.large,2,8,0.5,\n'
const { study } = completeStudy(
  parseStudy({
    schemaVersion: 1,
    catalogue: { markets: ['on-demand', 'spot'], overhead: { cpu: 0.5 } },
    nodeTypes: [{ type: 'own', capacity: { cpu: 8 }, costPerHour: 2, maxNew: 3, labels: { zone: 'a' } }],
    deployments: [
      { id: 'a', demand: { cpu: 1 }, replicas: 5 },
      { id: 'b', demand: { cpu: 1 }, replicas: 5, floor: 0 }
    ],
    availability: { floor: 0.6 },
    commitment: { discount: 0.25 },
    reservations: [
      { type: 'g5.xlarge', nodes: 2, costPerHour: 0.7, labels: { zone: 'b' } },
      { type: 'g5.xlarge', nodes: 1, costPerHour: 0.6, capacity: { cpu: 3 } },
      { type: 'old', nodes: 1, costPerHour: 9, capacity: { cpu: 1 } }
    ]
  }),
  { catalogue }
)

describe('what is committed to', () => {
  test('is every type that is not spot, at the price less the discount', () => {
    expect(committedTypes(study).map(({ type, costPerHour, labels }) => [type, costPerHour, labels.market])).toEqual([
      ['own:reserved', 1.5, 'reserved'],
      ['g5.xlarge:reserved', 0.75, 'reserved'],
      ['g5.large:reserved', 0.375, 'reserved']
    ])
  })

  test('is what it names, and nothing without a commitment', () => {
    const named = { ...study, commitment: { discount: 0.5, types: ['g5.xlarge'] } }
    expect(committedTypes(named).map(({ type }) => type)).toEqual(['g5.xlarge:reserved'])
    expect(committedTypes({ nodeTypes: study.nodeTypes })).toEqual([])
  })
})

test('reserved nodes are counted on over reservations of one type', () => {
  expect(
    reservedNodes(study).map(({ id, capacity, costPerHour, labels }) => [id, capacity.cpu, costPerHour, labels])
  ).toEqual([
    ['reserved-g5.xlarge-1', 3.5, 0.7, { market: 'reserved', arch: 'amd64', 'instance-type': 'g5.xlarge', zone: 'b' }],
    ['reserved-g5.xlarge-2', 3.5, 0.7, { market: 'reserved', arch: 'amd64', 'instance-type': 'g5.xlarge', zone: 'b' }],
    ['reserved-g5.xlarge-3', 3, 0.6, { market: 'reserved', arch: 'amd64', 'instance-type': 'g5.xlarge' }],
    ['reserved-old-1', 1, 9, { market: 'reserved' }]
  ])
})

describe('a quota', () => {
  const holders = [...study.nodeTypes, ...committedTypes(study), ...reservedNodes(study)]
  const members = (quota: object) =>
    holders
      .filter((holder) => countsTowards({ nodeSelector: {}, max: 1, ...quota }, holder))
      .map((holder) => ('id' in holder ? holder.id : holder.type))

  test('of a type counts it in every market, reserved nodes included', () => {
    expect(members({ types: ['g5.xlarge'] })).toEqual([
      'g5.xlarge',
      'g5.xlarge:spot',
      'g5.xlarge:reserved',
      'reserved-g5.xlarge-1',
      'reserved-g5.xlarge-2',
      'reserved-g5.xlarge-3'
    ])
    expect(members({ types: ['g5.xlarge:spot', 'own'] })).toEqual(['own', 'g5.xlarge:spot', 'own:reserved'])
  })

  test('of labels counts what has them', () => {
    expect(members({ nodeSelector: { zone: ['b'] } })).toEqual(['reserved-g5.xlarge-1', 'reserved-g5.xlarge-2'])
  })

  test('counts nodes, or what the machine has of a resource, overhead included', () => {
    const [own, xlarge] = holders as [(typeof holders)[0], (typeof holders)[0]]
    const quota = { nodeSelector: {}, max: 10 }
    expect(amountTowards(study, quota, own)).toBe(1)
    expect(amountTowards(study, { ...quota, resource: 'cpu' }, own)).toBe(8)
    expect(amountTowards(study, { ...quota, resource: 'cpu' }, xlarge)).toBe(4)
    expect(amountTowards(study, { ...quota, resource: 'gpu' }, xlarge)).toBe(0)
    expect(amountTowards(study, { ...quota, types: ['own'] }, xlarge)).toBe(0)
  })
})

test('floors are rounded up, but not for rounding', () => {
  const counts = new Map([
    ['a', 5],
    ['b', 5]
  ])
  expect(floorCounts(study, counts)).toEqual(
    new Map([
      ['a', 3],
      ['b', 0]
    ])
  )
  expect(floorCounts(study, new Map([['a', 6]])).get('a')).toBe(4)
})
