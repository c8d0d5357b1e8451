import fc from 'fast-check'
import { expect, test } from 'vitest'
import { writeLp } from '../../models/linear-program/lp-format.js'
import { writeMps } from '../../models/linear-program/mps-format.js'
import { loadHighs } from '../../src/solvers/highs/runtime.js'
import { solveWith } from '../../src/solvers/solvers.js'
import { randomProgram } from './random-program.js'

const termination = new Map([
  [7, 'optimal'],
  [10, 'unbounded']
])

test.each(['lp', 'mps'] as const)(
  "what is written as %s has the same optimum when HiGHS' own reader reads it",
  async (format) => {
    const highs = await loadHighs()
    let optimal = 0
    await fc.assert(
      fc.asyncProperty(randomProgram, async ({ program, names }) => {
        const text = format === 'lp' ? writeLp(program, names) : writeMps(program, names)
        const direct = await solveWith('highs', program, { relativeGap: 0 })
        const read = highs.withModel({ format, data: text }, (model) => {
          model.options.set({ output_flag: false, mip_rel_gap: 0 })
          const status = model.run().modelStatus
          return { status, objective: model.getObjectiveValue(), columns: model.getDimensions().numCols }
        })
        expect(read.columns).toBe(program.columns + (program.offset === 0 ? 0 : 1))
        // HiGHS' presolve takes one for the other; our solver looks again.
        if (read.status === 8 || read.status === 9) expect(['infeasible', 'unbounded']).toContain(direct.termination)
        else expect(direct.termination).toBe(termination.get(read.status))
        if (direct.termination === 'optimal') {
          optimal++
          expect(direct.objective).toBeCloseTo(read.objective, 5)
        }
      }),
      { seed: 20, numRuns: 200 }
    )
    expect(optimal).toBeGreaterThan(50)
  }
)
