import { expect, test } from 'vitest'
import { parseProblem } from '../../models/contract/parse.js'
import { type AggregatedModel, formulateAggregated } from '../../models/formulations/aggregated.js'
import { packingToPoint } from '../../models/formulations/aggregated-points.js'
import { compileInstance } from '../../models/instance/compile.js'
import type { Instance } from '../../models/instance/instance.js'
import type { Packing } from '../../models/instance/packing.js'
import { solveWith } from '../../src/solvers/solvers.js'
import { findOptimum } from '../brute-force/enumerate-placements.js'
import { randomProblem } from '../brute-force/random-problem.js'
import { stateDevices } from '../brute-force/state-devices.js'
import { readPacking } from './read-packing.js'

/** The best point in which a packing's columns have its values. Throws where a row forbids them. */
async function completePoint(instance: Instance, model: AggregatedModel, packing: Packing) {
  const { program } = model.program('total')
  const point = packingToPoint(instance, model.columns, packing, program.columns)
  if (point === null) throw new Error('the program lacks a column that the packing needs')
  const fix = (bounds: Float64Array) =>
    bounds.map((bound, column) => (Number.isNaN(point[column]) ? bound : (point[column] as number)))
  const fixed = { ...program, columnLower: fix(program.columnLower), columnUpper: fix(program.columnUpper) }
  const { termination, solution, objective } = await solveWith('highs', fixed)
  if (solution === null) throw new Error(`the packing's point cannot be completed: ${termination}`)
  return { solution, objective }
}

test('the point of a legal packing satisfies every row and costs what the packing costs, there and back', async () => {
  let count = 0
  for (let seed = 1; seed <= 250; seed++) {
    const problem = stateDevices(randomProblem(seed))
    const best = findOptimum(problem)
    if (best === null) continue
    const instance = compileInstance(problem)
    const model = formulateAggregated(instance)
    const { solution, objective } = await completePoint(instance, model, readPacking(instance, best))
    expect(objective, `seed ${seed}`).toBeCloseTo(best.total, 5)
    const back = await completePoint(instance, model, model.toPacking(solution))
    expect(back.objective, `seed ${seed}`).toBeCloseTo(best.total, 5)
    count++
  }
  expect(count).toBeGreaterThan(100)
})

test('of empty nodes that are alike a packing may use any: the point uses the first', () => {
  const node = (id: string) => ({ id, capacity: { cpu: 2 }, costPerHour: 1 })
  const problem = {
    schemaVersion: 1 as const,
    nodes: [node('a'), node('b'), node('c')],
    deployments: [{ id: 'd', demand: { cpu: 1 } }],
    replicas: [{ id: 'r', deployment: 'd', node: null }]
  }
  const instance = compileInstance(parseProblem(problem))
  const model = formulateAggregated(instance)
  const packing = { stays: new Uint8Array(0), arrivals: [{ deployment: 0, node: 2 }] }
  const point = packingToPoint(instance, model.columns, packing, model.program('total').program.columns)
  expect(model.toPacking(point as Float64Array).arrivals).toEqual([{ deployment: 0, node: 0 }])
})
