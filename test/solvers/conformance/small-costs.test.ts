import { describe, expect, test } from 'vitest'
import { ProgramBuilder } from '../../../models/linear-program/program.js'
import { solveWith } from '../../../src/solvers/solvers.js'
import { solvers } from './solvers-under-test.js'

/** Ten of thirty, of which each costs from one to seven units: at least 15. With a dear one that nobody needs. */
function tenOfThirty(unit: number, dear: number) {
  const builder = new ProgramBuilder()
  builder.offset = 2 * unit
  const costs = [...Array.from({ length: 30 }, (_, index) => 1 + (index % 7)), dear]
  const columns = costs.map((cost) => builder.column('', { cost: cost * unit, upper: 1, integer: true }))
  builder.row(
    '',
    10,
    Infinity,
    columns.map((column) => [column, 1])
  )
  return builder.build('small costs')
}

const LEAST = 17

describe.each(solvers.filter(({ capabilities }) => capabilities.proves))('$name', ({ name }) => {
  test.each([
    [1e-12, 10],
    [1e-8, 10],
    [1e-8, 1e9],
    [1e-3, 10],
    [1, 1e9],
    [1e9, 10]
  ])('costs of %d have their optimum, beside one of %d times as much', async (unit, dear) => {
    const streamed: number[] = []
    const { termination, objective, bound } = await solveWith(
      name,
      tenOfThirty(unit, dear),
      { relativeGap: 0 },
      { onProgress: (progress) => streamed.push(progress.bound / unit, (progress.objective ?? 0) / -unit) }
    )
    expect(termination).toBe('optimal')
    expect(objective / unit).toBeCloseTo(LEAST, 5)
    expect(bound / unit).toBeCloseTo(LEAST, 4)
    // Bounds from below, and points, told with the other sign, from above.
    for (const told of streamed) expect(told < 0 ? -told >= LEAST - 1e-6 : told <= LEAST + 1e-6).toBe(true)
  })
})
