import { describe, expect, test } from 'vitest'
import { parseProblem } from '../../../models/contract/parse.js'
import { formulateAggregated } from '../../../models/formulations/aggregated.js'
import { compileInstance } from '../../../models/instance/compile.js'
import { ProgramBuilder } from '../../../models/linear-program/program.js'
import { solveWith } from '../../../src/solvers/solvers.js'
import { solvers } from './solvers-under-test.js'

/** Two pinned copies of 6 GB stay on a node of 8 GB, whatever moves elsewhere. */
function overfull(gigabyte: number) {
  const node = (id: string) => ({ id, capacity: { cpu: 10, memory: gigabyte }, costPerHour: 1 })
  return parseProblem({
    schemaVersion: 1,
    nodes: [node('n0'), node('n1'), { id: 'full', capacity: { memory: 8 * gigabyte }, costPerHour: 1 }],
    deployments: [
      { id: 'a', demand: { cpu: 4 } },
      { id: 'b', demand: { cpu: 3 } },
      { id: 'q', demand: { cpu: 4 } },
      { id: 'big', demand: { memory: 6 * gigabyte }, movable: false }
    ],
    replicas: [
      { id: 'a0', deployment: 'a', node: 'n0' },
      { id: 'a1', deployment: 'a', node: 'n1' },
      { id: 'b0', deployment: 'b', node: 'n0' },
      { id: 'b1', deployment: 'b', node: 'n1' },
      { id: 'q0', deployment: 'q', node: null },
      { id: 'big0', deployment: 'big', node: 'full' },
      { id: 'big1', deployment: 'big', node: 'full' }
    ]
  })
}

describe.each(solvers)('$name', ({ name, capabilities }) => {
  test.each([1, 2 ** 20, 2 ** 30, 2 ** 40])(
    'a start that is overfull is a point, at %d to the gigabyte',
    async (unit) => {
      const instance = compileInstance(overfull(unit))
      const { program } = formulateAggregated(instance).program('total')
      const outcome = await solveWith(name, program)
      expect(outcome).toMatchObject({ termination: 'optimal', objective: 3 })
    }
  )

  // What gives way is counted one by one beside a copy of billions.
  test.each([2 ** 28, 2 ** 30, 2 ** 40])('a row with numbers from 1 to 6 times %d is not infeasible', async (unit) => {
    const builder = new ProgramBuilder()
    const copies = builder.column('', { lower: 2, upper: 2, integer: true })
    const excess = builder.column('', { cost: 1 / unit, upper: 4 * unit })
    builder.row('', -Infinity, 8 * unit, [
      [copies, 6 * unit],
      [excess, -1]
    ])
    const { termination, objective, bound } = await solveWith(name, builder.build('bytes'))
    if (!capabilities.proves) {
      expect(bound).toBe(-Infinity)
      return
    }
    expect(termination).toBe('optimal')
    expect(objective).toBeCloseTo(4, 5)
    expect(bound).toBeCloseTo(4, 4)
  })
})
