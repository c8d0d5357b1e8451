import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { groupPeriods, meansOf } from '../../../src/capacity/horizon/group-periods.js'
import type { PeriodBatch } from '../../../src/solvers/fleet/period-batch.js'

const DEPLOYMENTS = 2

/** Periods of which only what is wanted matters, with a floor of half of the first deployment, rounded up. */
function batchOf(wanted: readonly (readonly [number, number])[]): PeriodBatch {
  return {
    problem: { deployments: DEPLOYMENTS, kinds: 1, linkLeast: new Float64Array(1) } as PeriodBatch['problem'],
    patterns: [],
    periods: wanted.length,
    wanted: Float64Array.from(wanted.flat()),
    least: Float64Array.from(wanted, ([first]) => Math.ceil(first / 2)),
    price: new Float64Array(wanted.length).fill(3),
    weight: new Float64Array(wanted.length).fill(1),
    classes: [],
    base: Float64Array.of(0),
    mayBase: Uint8Array.of(0)
  }
}

const counts = fc.array(fc.tuple(fc.nat(9), fc.nat(9)), { minLength: 1, maxLength: 12 })
const costs = Float64Array.of(1, 2)

describe('groups of periods', () => {
  test('have every period once, in order, and are as many as are asked for while periods differ', () => {
    fc.assert(
      fc.property(counts, fc.integer({ min: 1, max: 14 }), (wanted, most) => {
        const groups = groupPeriods(batchOf(wanted), costs, most)
        expect([...groups.flat()].sort((one, other) => one - other)).toEqual([...wanted.keys()])
        for (const members of groups) expect([...members].sort((one, other) => one - other)).toEqual(members)
        expect(groups).toHaveLength(Math.min(most, new Set(wanted.map((period) => period.join())).size))
      })
    )
  })

  test('part what costs most apart first', () => {
    const batch = batchOf([
      [1, 0],
      [1, 100],
      [2, 0],
      [2, 100]
    ])
    expect(groupPeriods(batch, costs, 2)).toEqual([
      [0, 2],
      [1, 3]
    ])
    expect(groupPeriods(batch, Float64Array.of(1000, 1), 2)).toEqual([
      [0, 1],
      [2, 3]
    ])
  })

  test('stand for their members: weights and means add up to what all of them want, floors included', () => {
    fc.assert(
      fc.property(counts, fc.integer({ min: 1, max: 4 }), (wanted, most) => {
        const batch = batchOf(wanted)
        const means = meansOf(batch, groupPeriods(batch, costs, most))
        const sum = (values: Float64Array, width: number, at: number, weight: Float64Array) =>
          weight.reduce((total, each, period) => total + each * (values[period * width + at] as number), 0)
        expect(means.weight.reduce((total, each) => total + each, 0)).toBe(wanted.length)
        for (let deployment = 0; deployment < DEPLOYMENTS; deployment++) {
          expect(sum(means.wanted, DEPLOYMENTS, deployment, means.weight)).toBeCloseTo(
            sum(batch.wanted, DEPLOYMENTS, deployment, batch.weight),
            9
          )
        }
        expect(sum(means.least, 1, 0, means.weight)).toBeCloseTo(sum(batch.least, 1, 0, batch.weight), 9)
        for (const price of means.price) expect(price).toBeCloseTo(3, 12)
      })
    )
  })
})
