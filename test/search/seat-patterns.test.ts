import { expect, test } from 'vitest'
import { parseProblem } from '../../models/contract/parse.js'
import { compileInstance } from '../../models/instance/compile.js'
import { seatPatterns } from '../../src/search/patterns/seat-patterns.js'

const instance = compileInstance(
  parseProblem({
    schemaVersion: 1,
    nodes: ['a', 'b', 'c'].map((id) => ({ id, capacity: { cpu: 4 }, costPerHour: 2 })),
    deployments: [{ id: 'd', demand: { cpu: 2 } }],
    replicas: ['a', 'b', 'c'].map((node, index) => ({ id: `d-${index}`, deployment: 'd', node }))
  })
)
const seat = (kind: number, counts: readonly number[], nodes: number) =>
  seatPatterns(instance, { cost: 0, patterns: [{ pattern: { kind, counts: Int32Array.from(counts) }, nodes }] })

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
