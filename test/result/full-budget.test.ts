import { expect, test } from 'vitest'
import { parseProblem } from '../../models/contract/parse.js'
import { compileInstance } from '../../models/instance/compile.js'
import { findForbiddenMoves } from '../../src/result/conflict/forced-moves.js'
import { cluster, deployment, node, replica } from './cluster.js'

/** Two replicas must leave their node, for so much in all, and a million may be spent. */
function spending(moveCost: number) {
  const problem = cluster({
    nodes: [node('n1', 4, { mustEmpty: true }), node('n2', 4)],
    deployments: [deployment('a', { moveCost: moveCost / 2 })],
    replicas: [replica('a', 0, 'n1'), replica('a', 1, 'n1')],
    budget: { maxMoveCost: 1e6 }
  })
  return findForbiddenMoves(compileInstance(parseProblem(problem)))
}

test('a budget is too small only beyond the tolerance of the checker', () => {
  expect(spending(1e6 + 0.9)).toEqual([])
  expect(spending(1e6 + 2)).toMatchObject([{ path: 'budget.maxMoveCost', isProof: true }])
})
