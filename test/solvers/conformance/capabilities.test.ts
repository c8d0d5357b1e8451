import { describe, expect, test } from 'vitest'
import { ProgramBuilder } from '../../../models/linear-program/program.js'
import { portfolio, type SolverName } from '../../../src/solvers/portfolio.js'
import { loadSolver, solveWith, UnknownSolverError } from '../../../src/solvers/solvers.js'
import { solvers } from './solvers-under-test.js'

describe.each(solvers)('$name', ({ name, capabilities }) => {
  test('is loaded once and goes by its own name', async () => {
    expect(portfolio).toContain(name)
    const again = await loadSolver(name)
    expect(again.name).toBe(name)
    expect(again.capabilities).toEqual(capabilities)
  })

  test('takes programs up to the size that it declares', async ({ skip }) => {
    const { columns, rows } = capabilities.largest
    if (columns === Number.POSITIVE_INFINITY) skip(`${name} declares no size: memory is its limit`)
    const sized = (columnCount: number, rowCount: number) => {
      const builder = new ProgramBuilder()
      for (let column = 0; column < columnCount; column++) builder.column('', { cost: 1 })
      for (let row = 0; row < rowCount; row++) builder.row('', 0, 1, [[0, 1]])
      return builder.build('sized')
    }
    expect((await solveWith(name, sized(columns, 1))).termination).toBe('optimal')
    for (const larger of [sized(columns + 1, 1), sized(1, rows + 1)]) {
      const outcome = await solveWith(name, larger)
      expect(outcome).toMatchObject({ termination: 'unsupported', solution: null })
      expect(outcome.message).toContain(`${name} takes up to ${columns} columns and ${rows} rows`)
    }
  })
})

test.each(['nope', '__proto__', 'constructor', ''])('%j is no solver', async (name) => {
  await expect(loadSolver(name as SolverName)).rejects.toThrow(UnknownSolverError)
})
