import { expect, test } from 'vitest'
import { parseProblem } from '../../models/contract/parse.js'
import { compileInstance } from '../../models/instance/compile.js'
import { findExceededTotals } from '../../src/result/conflict/exceeded-totals.js'
import { findImpossibleRules } from '../../src/result/conflict/impossible-rules.js'
import { Room } from '../../src/result/conflict/room.js'

/** Ten nodes of a tenth of a core, and a replica for each that is larger by some, no two the same; all in one zone, as a rule asks. */
function tenthsOfCores(over: number): Room {
  const nodes = Array.from({ length: 10 }, (_, index) => ({
    id: `n${index}`,
    capacity: { cpu: 0.1 },
    costPerHour: 1,
    labels: { zone: 'a' }
  }))
  const deployments = nodes.map(({ id }, index) => ({ id, demand: { cpu: 0.1 + over + index * 1.1e-8 } }))
  const replicas = deployments.map(({ id }) => ({ id, deployment: id, node: null }))
  const rules = [{ kind: 'affinity' as const, deployments: nodes.map(({ id }) => id), topologyKey: 'zone' }]
  return new Room(compileInstance(parseProblem({ schemaVersion: 1, nodes, deployments, replicas, rules })))
}

test('totals of small nodes are exceeded only beyond what each of them lets pass', () => {
  expect(findExceededTotals(tenthsOfCores(8e-7))).toEqual([])
  expect(findExceededTotals(tenthsOfCores(1e-3))).toMatchObject([
    { message: expect.stringMatching(/wanted by 10 deployments in all, the nodes have 1$/) }
  ])
})

test('a domain of small nodes is too small only beyond what each of them lets pass', () => {
  expect(findImpossibleRules(tenthsOfCores(8e-7))).toEqual([])
  expect(findImpossibleRules(tenthsOfCores(1e-3))).toHaveLength(1)
})
