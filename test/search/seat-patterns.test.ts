import { expect, test } from 'vitest'
import { seatPatterns } from '../../src/search/patterns/seat-patterns.js'
import { threeNodes } from './three-nodes.js'

const seat = (kind: number, counts: readonly number[], nodes: number) =>
  seatPatterns(threeNodes, {
    cost: 0,
    patterns: [{ pattern: { kind, group: -1, counts: Int32Array.from(counts), stays: new Int32Array(0) }, nodes }]
  })

test('what a solution supplies beyond what is wanted is trimmed', () => {
  const state = seat(0, [2], 2)
  expect(state?.cost).toBe(4)
  expect(state?.placed).toEqual(Int32Array.of(3))
})

test.each([
  ['more nodes than there are', 0, [2], 4],
  ['nodes of a kind that there is not', 1, [2], 1],
  ['less than a node', 0, [2], -1],
  ['more copies than run and are wanted', 0, [7], 2],
  ['fewer copies than none', 0, [-1], 2],
  ['deployments that there are not', 0, [2, 1_000_000], 2],
  ['no word on a deployment', 0, [], 2]
])('a solution with %s is none', (_, kind, counts, nodes) => {
  expect(seat(kind, counts, nodes)).toBeNull()
})
