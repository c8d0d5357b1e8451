import { expect, test } from 'vitest'
import { parseProblem } from '../../models/contract/parse.js'
import { compileInstance } from '../../models/instance/compile.js'
import { Budget } from '../../src/budget.js'
import { greedyPackings } from '../../src/search/greedy/greedy.js'
import { gapBetween, Incumbents } from '../../src/search/incumbents.js'
import { startStopwatch } from '../../src/stopwatch.js'

const instance = compileInstance(
  parseProblem({
    schemaVersion: 1,
    nodes: ['a', 'b', 'c'].map((id) => ({ id, capacity: { cpu: 4 }, costPerHour: 2, releasable: id !== 'c' })),
    deployments: [{ id: 'd', demand: { cpu: 2 } }],
    replicas: ['a', 'b', 'c'].map((node, index) => ({ id: `d-${index}`, deployment: 'd', node }))
  })
)

/** The start costs 6, what greedy finds 4; what is paid whatever happens is 2. */
function withPackings(count: number): Incumbents {
  const incumbents = new Incumbents(instance, startStopwatch(Infinity))
  let left = count
  for (const state of greedyPackings(instance, Budget.ofWork(Infinity)))
    if (state !== null && left-- > 0) incumbents.offer(state, 'greedy')
  return incumbents
}

test('what is paid whatever happens is the first bound', () => {
  expect(withPackings(0).totalBound).toBe(2)
  expect(withPackings(0).gap).toBe(Infinity)
})

test('a packing is taken only when it is better', () => {
  const incumbents = withPackings(9)
  expect(incumbents.best?.worth.total).toBe(4)
  const totals = incumbents.history.map(({ worth }) => worth.total)
  expect(totals).toEqual([...totals].sort((left, right) => right - left))
})

test('a bound rises, and never falls', () => {
  const incumbents = withPackings(9)
  incumbents.raiseTotalBound(3)
  incumbents.raiseTotalBound(2.5)
  expect(incumbents.totalBound).toBe(3)
  expect(incumbents.gap).toBe(0.25)
})

test.each([4.1, Infinity, Number.NaN])('a bound of %d, above the best packing, is refused', (bound) => {
  const incumbents = withPackings(9)
  incumbents.raiseTotalBound(bound)
  incumbents.raiseCostBound(bound)
  expect(incumbents.totalBound).toBe(2)
})

test('a packing below a bound refutes it', () => {
  const incumbents = withPackings(1)
  expect(incumbents.best?.worth.total).toBe(6)
  incumbents.raiseTotalBound(5)
  for (const state of greedyPackings(instance, Budget.ofWork(Infinity)))
    if (state !== null) incumbents.offer(state, 'greedy')
  expect(incumbents.best?.worth.total).toBe(4)
  expect(incumbents.totalBound).toBe(2)
})

test.each([
  [10, 9, 0.1],
  [10, 10, 0],
  [10, 11, 0],
  [0, 0, 0],
  [1e-10, 0, 1],
  [2e-10, 1e-10, 0.5]
])('the gap of %d over %d is %d', (total, bound, gap) => {
  expect(gapBetween(total, bound)).toBeCloseTo(gap, 12)
})
