import { expect, test } from 'vitest'
import { parseProblem } from '../../models/contract/parse.js'
import { type FormulationName, formulations } from '../../models/formulations/formulations.js'
import { formulateByType } from '../../models/formulations/type-aggregated.js'
import { compileInstance } from '../../models/instance/compile.js'
import { coveringBound } from '../../src/search/covering-bound.js'
import { solveWith } from '../../src/solvers/solvers.js'
import { solveLevels } from './solve-levels.js'

// Two pinned copies hold 1.2 of one device; a third of their kind fits on the other, so the spare node is not needed.
const instance = compileInstance(
  parseProblem({
    schemaVersion: 1,
    nodes: [
      { id: 'overloaded', capacity: { gpu: 2 }, costPerHour: 4 },
      { id: 'spare', capacity: { gpu: 2 }, costPerHour: 1 }
    ],
    deployments: [{ id: 'share', demand: { gpu: 0.6 } }],
    replicas: [
      { id: 'a', deployment: 'share', node: 'overloaded', devices: { gpu: [0] }, movable: false },
      { id: 'b', deployment: 'share', node: 'overloaded', devices: { gpu: [0] }, movable: false },
      { id: 'c', deployment: 'share', node: null }
    ]
  })
)

test.each(Object.keys(formulations) as FormulationName[])(
  '%s lets a copy join beside a device that stays overloaded',
  async (name) => {
    const optima = await solveLevels(instance, formulations[name](instance))
    expect(optima?.values.get('broken-rules')).toBeCloseTo(0.2)
    expect(optima?.values.get('total')).toBe(4)
  }
)

test('no bound forgets the room beside a device that stays overloaded', async () => {
  const byType = await solveWith('highs', formulateByType(instance))
  expect(byType.bound).toBeLessThanOrEqual(4)
  expect(coveringBound(instance)).toBeLessThanOrEqual(4)
})
