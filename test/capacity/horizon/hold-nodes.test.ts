import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { holdNodes } from '../../../src/capacity/horizon/hold-nodes.js'
import type { FilledPeriod } from '../../../src/solvers/fleet/fill-periods.js'
import type { PeriodBatch } from '../../../src/solvers/fleet/period-batch.js'

/** One kind of node with one deployment, and a quota. */
function batchOf(periods: number, price: number, available: number, quota: number): PeriodBatch {
  return {
    problem: {
      kinds: 1,
      deployments: 1,
      available: Int32Array.of(available),
      linkLeast: Float64Array.of(-quota),
      linkNode: Float64Array.of(-1)
    } as PeriodBatch['problem'],
    patterns: [],
    periods,
    wanted: new Float64Array(periods),
    least: new Float64Array(periods).fill(-quota),
    price: new Float64Array(periods).fill(price),
    weight: new Float64Array(periods).fill(1),
    classes: [],
    base: Float64Array.of(0),
    mayBase: Uint8Array.of(0)
  }
}

const pattern = { kind: 0, group: -1, counts: Int32Array.of(1), stays: new Int32Array(0) }
const filledWith = (nodes: number): FilledPeriod => ({
  nodes: [{ pattern, ofBase: 0, beyond: nodes }],
  placed: new Int32Array(0)
})
const nodesOf = (filled: readonly FilledPeriod[]) =>
  filled.map(({ nodes }) => nodes.reduce((sum, { beyond }) => sum + beyond, 0))

function costOf(nodes: readonly number[], price: number, order: number): number {
  return nodes.reduce(
    (sum, count, at) => sum + price * count + (at === 0 ? 0 : order * Math.max(0, count - (nodes[at - 1] as number))),
    0
  )
}

/** Period after period with any number of nodes from those needed. */
function cheapest(needed: readonly number[], price: number, order: number, most: number): number {
  let states = new Map([[needed[0] as number, price * (needed[0] as number)]])
  for (const least of needed.slice(1)) {
    const next = new Map<number, number>()
    for (let count = least; count <= Math.max(most, least); count++) {
      for (const [before, cost] of states) {
        const total = cost + price * count + order * Math.max(0, count - before)
        if (total < (next.get(count) ?? Infinity)) next.set(count, total)
      }
    }
    states = next
  }
  return Math.min(...states.values())
}

describe('nodes that are kept although they host nothing', () => {
  test('save as much as any numbers of nodes could', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(4), { minLength: 1, maxLength: 7 }),
        fc.constantFrom(0, 0.4, 1, 2.5, 9),
        (needed, order) => {
          const held = holdNodes(batchOf(needed.length, 1, 9, 9), needed.map(filledWith), Float64Array.of(order))
          const nodes = nodesOf(held)
          for (const [period, count] of nodes.entries()) expect(count).toBeGreaterThanOrEqual(needed[period] as number)
          expect(costOf(nodes, 1, order)).toBeCloseTo(cheapest(needed, 1, order, 9), 9)
        }
      )
    )
  })

  test('are never more than are on offer, or than a quota lets be', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(4), { minLength: 1, maxLength: 7 }),
        fc.integer({ min: 4, max: 6 }),
        fc.integer({ min: 4, max: 6 }),
        (needed, available, quota) => {
          const batch = batchOf(needed.length, 1, available, quota)
          const nodes = nodesOf(holdNodes(batch, needed.map(filledWith), Float64Array.of(9)))
          for (const count of nodes) expect(count).toBeLessThanOrEqual(Math.min(available, quota))
        }
      )
    )
  })
})
