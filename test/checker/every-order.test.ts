import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Counter } from '../../models/checker/counters.js'
import { orderSteps, type Precedence } from '../../models/checker/precedence.js'
import { collectViolations } from '../../models/checker/violations.js'
import { checkEveryOrder, worstLevel } from '../../models/checker/worst-orders.js'

/** Up to 7 steps, each after some earlier ones, and changes at their beginnings and ends. */
const smallPlan = fc.integer({ min: 1, max: 7 }).chain((size) =>
  fc.record({
    after: fc.tuple(...Array.from({ length: size }, (_, step) => fc.subarray([...new Array(step).keys()]))),
    changes: fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 2 * size, maxLength: 2 * size }),
    initial: fc.integer({ min: -2, max: 4 })
  })
)

function counterOf(changes: number[], initial: number, limit: number): Counter {
  return { code: 'capacity', where: 'here', subject: 'it', limit, initial, changes: new Map(changes.entries()) }
}

function orderOf(after: number[][]): Precedence {
  const precedence = orderSteps(after)
  if (precedence === undefined) throw new Error('the steps wait for each other in a circle')
  return precedence
}

/** The level in every state that some order passes through, and whether something has risen by then. */
function allStates(after: number[][], changes: number[], initial: number): { level: number; risen: boolean }[] {
  const states: { level: number; risen: boolean }[] = []
  for (let set = 0; set < 1 << changes.length; set++) {
    const happened = (event: number) => ((set >> event) & 1) === 1
    const reachable = changes.every((_, event) => {
      if (!happened(event)) return true
      if (event % 2 === 1) return happened(event - 1)
      return (after[event / 2] ?? []).every((earlier) => happened(2 * earlier + 1))
    })
    if (!reachable) continue
    const level = changes.reduce((sum, change, event) => sum + (happened(event) ? change : 0), initial)
    states.push({ level, risen: changes.some((change, event) => change > 0 && happened(event)) })
  }
  return states
}

test('the worst level over all orders is exact', () => {
  fc.assert(
    fc.property(smallPlan, fc.integer({ min: -3, max: 6 }), ({ after, changes, initial }, enough) => {
      const counter = counterOf(changes, initial, 0)
      const exact = Math.max(...allStates(after, changes, initial).map(({ level }) => level))
      expect(worstLevel(orderOf(after), counter)).toBeCloseTo(exact, 9)
      expect(worstLevel(orderOf(after), counter, enough) <= enough).toBe(exact <= enough)
    }),
    { seed: 1, numRuns: 300 }
  )
})

test('a limit that is broken from the outset lets nothing rise before it is repaired', () => {
  fc.assert(
    fc.property(smallPlan, fc.integer({ min: 1, max: 3 }), ({ after, changes, initial }, excess) => {
      const limit = initial - excess
      const { violations, report } = collectViolations()
      checkEveryOrder(orderOf(after), [counterOf(changes, initial, limit)], report)
      const broken = allStates(after, changes, initial).filter(({ level, risen }) => risen && level > limit)
      expect(violations.length > 0).toBe(broken.length > 0)
    }),
    { seed: 2, numRuns: 300 }
  )
})
