import { expect, test } from 'vitest'
import { parseProblem } from '../../models/contract/parse.js'
import { compileInstance } from '../../models/instance/compile.js'
import { findExceededTotals } from '../../src/result/conflict/exceeded-totals.js'
import { Room } from '../../src/result/conflict/room.js'

/** Ten nodes of a tenth of a core, and a replica for each that is larger by some, no two the same. */
function tenthsOfCores(over: number): Room {
  const nodes = Array.from({ length: 10 }, (_, index) => ({ id: `n${index}`, capacity: { cpu: 0.1 }, costPerHour: 1 }))
  const deployments = nodes.map(({ id }, index) => ({ id, demand: { cpu: 0.1 + over + index * 1.1e-8 } }))
  const replicas = deployments.map(({ id }) => ({ id, deployment: id, node: null }))
  return new Room(compileInstance(parseProblem({ schemaVersion: 1, nodes, deployments, replicas })))
}

test('totals of small nodes are exceeded only beyond what each of them lets pass', () => {
  expect(findExceededTotals(tenthsOfCores(8e-7))).toEqual([])
  expect(findExceededTotals(tenthsOfCores(1e-3))).toHaveLength(1)
})
