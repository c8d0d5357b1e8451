import fc from 'fast-check'
import { expect, test } from 'vitest'
import { orderSteps } from '../../models/checker/precedence.js'

/** What comes before what, by closing `after` step by step. */
function closed(after: number[][]): Set<number>[] {
  const before: Set<number>[] = []
  for (const [step, list] of after.entries()) {
    before[step] = new Set(list.flatMap((earlier) => [earlier, ...(before[earlier] ?? [])]))
  }
  return before
}

/** Long and thin, so that short walks do not reach far: each step after one or two of the few before it. */
const longPlan = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 40 }), fc.boolean()), {
    minLength: 150,
    maxLength: 250
  })
  .map((steps) =>
    steps.map(([near, far, both], step) => {
      const earlier = both ? [step - near, step - far] : step % 17 === 0 ? [] : [step - near]
      return [...new Set(earlier.filter((index) => index >= 0))]
    })
  )

/** Wide and tangled: each step after two of the hundred before it, which no few numbers can tell. */
const tangledPlan = fc
  .array(fc.tuple(fc.integer({ min: 30, max: 100 }), fc.integer({ min: 30, max: 100 })), {
    minLength: 500,
    maxLength: 600
  })
  .map((steps) =>
    steps.map(([one, other], step) => [...new Set([step - one, step - other])].filter((index) => index >= 0))
  )

test.each([
  ['long', longPlan, 10],
  ['tangled', tangledPlan, 2]
])('precedence in a %s plan is the transitive closure of after', (_, plan, numRuns) => {
  fc.assert(
    fc.property(plan, (after) => {
      const precedence = orderSteps(after)
      const before = closed(after)
      const all = [...after.keys()]
      const shuffled = [...all].sort((a, b) => ((a * 7919) % 263) - ((b * 7919) % 263))
      const matrix = precedence?.ancestors(shuffled, all)
      for (const second of all) {
        for (const [column, first] of shuffled.entries()) {
          const expected = before[second]?.has(first) ?? false
          if (matrix?.has(second, column) !== expected) expect.fail(`matrix: ${first} before ${second}`)
          if (precedence?.isBefore(first, second) !== expected) expect.fail(`question: ${first} before ${second}`)
        }
        for (const first of precedence?.nearAncestors(second) ?? []) expect(before[second]).toContain(first)
      }
    }),
    { seed: 3, numRuns }
  )
})

test('a circle has no order', () => {
  expect(orderSteps([[], [0, 2], [1]])).toBeUndefined()
  expect(orderSteps([[0]])).toBeUndefined()
})
