import { expect, test } from 'vitest'
import { compileInstance } from '../../models/instance/compile.js'
import { Budget } from '../../src/budget.js'
import { greedyPackings } from '../../src/search/greedy/greedy.js'
import { Incumbents } from '../../src/search/incumbents.js'
import { startStopwatch } from '../../src/stopwatch.js'
import { threeNodes } from './three-nodes.js'

const watch = startStopwatch(Infinity)

/** The packings of greedy, in their order: the start for 6 an hour, then better ones down to 4. */
const packings = [...greedyPackings(threeNodes, Budget.ofTime(watch))].filter((state) => state !== null).length

function offerAll(own: Incumbents, from: number, upTo: number): void {
  let number = 0
  for (const state of greedyPackings(threeNodes, Budget.ofTime(watch))) {
    if (state === null) continue
    if (number >= from && number < upTo) own.offer(state, 'greedy')
    number++
  }
}

test('what two searches find and prove while both run is counted for each by itself', async () => {
  const incumbents = new Incumbents(threeNodes, watch)
  let release = () => {}
  const later = new Promise<void>((resolve) => {
    release = resolve
  })
  await Promise.all([
    incumbents.measure('compact-model', async (own) => {
      await later
      offerAll(own, 1, packings)
      own.raiseTotalBound(3)
    }),
    incumbents.measure('neighbourhoods', (own) => {
      offerAll(own, 0, 1)
      own.raiseCostBound(2)
      release()
    })
  ])
  const [first, second] = incumbents.searches
  expect(first).toMatchObject({ name: 'compact-model', incumbents: 1, bestCostPerHour: 4 })
  expect(second).toMatchObject({ name: 'neighbourhoods', incumbents: 1, bestCostPerHour: 6 })
  expect(first?.bound).toBeGreaterThanOrEqual(3)
  expect(second?.bound).toBe(2)
  expect(incumbents.history.map(({ search }) => search)).toEqual(['neighbourhoods', 'compact-model'])
})

test('what was found and proven through one view is known through all', async () => {
  const incumbents = new Incumbents(threeNodes, watch)
  await incumbents.measure('greedy', async (own) => {
    offerAll(own, 0, packings)
    await incumbents.measure('bound-by-type', (other) => other.raiseCostBound(4))
    expect(own.gap).toBe(0)
  })
  expect(incumbents.best?.worth.costPerHour).toBe(4)
  expect(incumbents.totalBound).toBe(4)
})

test('what does not improve anything is not counted', async () => {
  const incumbents = new Incumbents(threeNodes, watch)
  await incumbents.measure('greedy', (own) => offerAll(own, 0, packings))
  await incumbents.measure('moves', (own) => {
    offerAll(own, 0, packings)
    own.raiseTotalBound(5)
  })
  const [, moves] = incumbents.searches
  expect(moves).toEqual({ name: 'moves', seconds: expect.any(Number), incumbents: 0 })
})

test('a bound that a packing refutes is nobody’s any more', async () => {
  const incumbents = new Incumbents(threeNodes, watch)
  await incumbents.measure('bound-by-type', (own) => own.raiseCostBound(5))
  await incumbents.measure('greedy', (own) => offerAll(own, 0, packings))
  expect(incumbents.searches.map(({ bound }) => bound)).toEqual([undefined, undefined])
})

test('a search that fails is on record with its time, and its fault is the caller’s', async () => {
  const incumbents = new Incumbents(threeNodes, watch)
  const fault = new Error('no memory')
  const failing = incumbents.measure('compact-model', () => new Promise((_, reject) => setTimeout(reject, 20, fault)))
  await expect(failing).rejects.toBe(fault)
  expect(incumbents.searches[0]?.seconds).toBeGreaterThan(0.01)
})

test('over a horizon, bounds on the cost count as what they say of the primary objective', async () => {
  const { problem } = threeNodes
  const objective = { ...problem.objective, horizonHours: 10 }
  const incumbents = new Incumbents(compileInstance({ ...problem, objective }), watch)
  await incumbents.measure('bound-by-type', (own) => own.raiseCostBound(4))
  expect(incumbents.searches[0]?.bound).toBe(40)
})
