import { describe, expect, test } from 'vitest'
import { type LinearProgram, ProgramBuilder } from '../../../models/linear-program/program.js'
import { solveWith } from '../../../src/solvers/solvers.js'
import { solvers } from './solvers-under-test.js'

/**
 * Replicas of 24 GB, 16 GB and 7 GB and some hundredths of a core on up to four nodes of 80 GB and 1 core, one row a
 * resource and node: the numbers of a row of memory are as large as its unit makes them.
 */
function nodesAndReplicas(gigabyte: number): LinearProgram {
  const builder = new ProgramBuilder()
  const shapes = [
    { memory: 24, cpu: 0.09, count: 5 },
    { memory: 16, cpu: 0.31, count: 3 },
    { memory: 7, cpu: 0.02, count: 4 }
  ]
  const nodes = [9, 10, 11, 12].map((cost) => builder.column('', { cost, upper: 1, integer: true }))
  const seats = shapes.map(({ count }) => nodes.map(() => builder.column('', { upper: count, integer: true })))
  for (const [shape, { count }] of shapes.entries()) {
    builder.row(
      '',
      count,
      count,
      (seats[shape] as number[]).map((column) => [column, 1] as const)
    )
  }
  for (const [position, node] of nodes.entries()) {
    const use = (amount: (shape: (typeof shapes)[number]) => number) =>
      shapes.map((shape, index) => [seats[index]?.[position] as number, amount(shape)] as const)
    builder.row('', -Infinity, 0, [...use(({ memory }) => memory * gigabyte), [node, -80 * gigabyte]])
    builder.row('', -Infinity, 0, [...use(({ cpu }) => cpu), [node, -1]])
  }
  return builder.build('nodes and replicas')
}

describe.each(solvers)('$name', ({ name }) => {
  test.each([
    ['gigabytes', 1],
    ['megabytes', 1024],
    ['bytes', 2 ** 30],
    ['decimal bytes', 1e9]
  ])('memory in %s beside fractions of a core', async (_, gigabyte) => {
    const { termination, objective } = await solveWith(name, nodesAndReplicas(gigabyte))
    expect(termination).toBe('optimal')
    expect(objective).toBeCloseTo(30, 6)
  })

  test('amounts in bytes as columns', async () => {
    const builder = new ProgramBuilder()
    builder.column('', { cost: 1 })
    builder.column('', { cost: 2, upper: 2 ** 40 })
    builder.row('', 60e9, Infinity, [
      [0, 1],
      [1, 1]
    ])
    const { termination, objective } = await solveWith(name, builder.build('bytes'))
    expect(termination).toBe('optimal')
    expect(objective / 60e9).toBeCloseTo(1, 9)
  })
})
