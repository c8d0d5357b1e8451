import { expect, test } from 'vitest'
import type { PatternProblem } from '../../../models/formulations/pattern-problem.js'
import { seededRandom } from '../../../src/random.js'
import { CompletionTable } from '../../../src/solvers/patterns/completion-table.js'
import { NodeRoom } from '../../../src/solvers/patterns/node-room.js'
import { shareBins } from '../../../src/solvers/patterns/share-packing.js'
import { randomPatternProblem } from './random-pattern-problem.js'

/** The most that items from a position on add within some room, by trying everything. */
function completion(
  { dimensions, weight }: PatternProblem,
  items: Int32Array,
  profit: Float64Array,
  most: Int32Array,
  position: number,
  room: Float64Array
): number {
  if (position === items.length) return 0
  const item = items[position] as number
  const left = room.slice()
  let best = -Infinity
  for (let copies = 0; copies <= (most[position] as number) && left.every((amount) => amount >= 0); copies++) {
    const rest = completion({ dimensions, weight } as PatternProblem, items, profit, most, position + 1, left)
    best = Math.max(best, copies * (profit[position] as number) + rest)
    for (let dimension = 0; dimension < dimensions; dimension++) {
      left[dimension] = (left[dimension] as number) - (weight[item * dimensions + dimension] as number)
    }
  }
  return best
}

test('what a table says of completions is never below the best one, whatever room is left and whatever the prices are', () => {
  const memory = { cells: new Float64Array(0) }
  let [tight, count] = [0, 0]
  for (let seed = 1; seed <= 1_500; seed++) {
    const problem = randomPatternProblem(seed, { nodes: 2, deployments: 4, copies: 5 })
    const random = seededRandom(seed + 2)
    const { dimensions, deployments } = problem
    const most = problem.most.subarray(0, deployments)
    const items = Int32Array.from([...most.keys()].filter((item) => (most[item] as number) > 0))
    const room = new NodeRoom(problem, 0, shareBins(problem))
    const profit = Float64Array.from(items, () => 3 * random())
    const limits = Int32Array.from(items, (item) => most[item] as number)
    const multipliers = Float64Array.from({ length: dimensions }, () => (random() < 0.4 ? 0 : 2 * random()))
    for (let dimension = 0; dimension < dimensions; dimension++) {
      // As dear as the amounts are small.
      multipliers[dimension] =
        (multipliers[dimension] as number) / Math.max(1e-3, problem.capacity[dimension] as number)
    }
    const table = new CompletionTable(problem, room.capacity, items, multipliers, seed % 3 === 0 ? 24 : 1024)
    table.fill(items, profit, limits, memory)
    for (let draw = 0; draw < 4; draw++) {
      for (const item of items) if (draw > 0) room.take(item, Math.floor(random() * 3))
      for (let position = 0; position <= items.length; position++) {
        const best = completion(problem, items, profit, limits, position, room.left)
        const bound = table.complete(position, room.left)
        expect(bound, `seed ${seed}, position ${position}, draw ${draw}`).toBeGreaterThanOrEqual(best - 1e-9)
        count++
        if (bound < best + 1e-6) tight++
        const next = items[position]
        const copies = next === undefined ? 0 : Math.min(room.fitting(next, limits[position] as number), 2)
        if (next === undefined || copies === 0) continue
        const left = room.left.map((amount, dimension) => {
          return amount - copies * (problem.weight[next * dimensions + dimension] as number)
        })
        const after = completion(problem, items, profit, limits, position + 1, left)
        expect(table.completeAfter(position + 1, room.left, next, copies), `seed ${seed}`).toBeGreaterThanOrEqual(
          after - 1e-9
        )
        expect(table.completeAfter(position + 1, room.left, next, copies)).toBeCloseTo(
          table.complete(position + 1, left),
          6
        )
      }
      room.clear()
    }
  }
  expect(tight).toBeGreaterThan(0.5 * count)
})
