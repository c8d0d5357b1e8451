import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Counter } from '../../models/checker/counters.js'
import { orderSteps } from '../../models/checker/precedence.js'
import { worstLevel } from '../../models/checker/worst-orders.js'

/** Up to 7 steps, each after some earlier ones, and changes at their beginnings and ends. */
const smallPlan = fc.integer({ min: 1, max: 7 }).chain((size) =>
  fc.record({
    after: fc.tuple(...Array.from({ length: size }, (_, step) => fc.subarray([...new Array(step).keys()]))),
    changes: fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 2 * size, maxLength: 2 * size }),
    initial: fc.integer({ min: -2, max: 2 })
  })
)

/** The highest level over all orders, by trying every set of events that can have happened at some moment. */
function byBruteForce(after: number[][], changes: number[], initial: number): number {
  let worst = Number.NEGATIVE_INFINITY
  for (let set = 0; set < 1 << changes.length; set++) {
    const happened = (event: number) => ((set >> event) & 1) === 1
    const possible = changes.every((_, event) => {
      if (!happened(event)) return true
      if (event % 2 === 1) return happened(event - 1)
      return (after[event / 2] ?? []).every((earlier) => happened(2 * earlier + 1))
    })
    if (!possible) continue
    worst = Math.max(
      worst,
      changes.reduce((sum, change, event) => sum + (happened(event) ? change : 0), initial)
    )
  }
  return worst
}

test('the worst level over all orders is exact', () => {
  fc.assert(
    fc.property(smallPlan, fc.integer({ min: -3, max: 6 }), ({ after, changes, initial }, enough) => {
      const counter: Counter = {
        code: 'capacity',
        where: '',
        subject: '',
        limit: 0,
        initial,
        changes: new Map(changes.entries())
      }
      const precedence = orderSteps(after)
      if (precedence === undefined) throw new Error('a circle')
      const exact = byBruteForce(after, changes, initial)
      expect(worstLevel(precedence, counter)).toBeCloseTo(exact, 9)
      expect(worstLevel(precedence, counter, enough) <= enough).toBe(exact <= enough)
    }),
    { seed: 1, numRuns: 300 }
  )
})
