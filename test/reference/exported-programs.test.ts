import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { writeLp } from '../../models/linear-program/lp-format.js'
import { writeMps } from '../../models/linear-program/mps-format.js'
import type { LinearProgram } from '../../models/linear-program/program.js'
import { wholeBounds } from '../../models/linear-program/whole-bounds.js'
import { solveWith } from '../../src/solvers/solvers.js'
import { randomProgram } from '../linear-program/random-program.js'
import { needTool } from '../needed-tools.js'
import { outside, solveText } from './outside-solvers.js'

/** Columns between whose bounds there is no whole number: cbc and glpsol refuse to read these, which is an answer too. */
function hasEmptyColumn(program: LinearProgram): boolean {
  const { lower, upper } = wholeBounds(program)
  return lower.some((bound, column) => bound > (upper[column] as number))
}

/** Free, fixed, half-bounded and empty, offsets of both signs, equal, two-sided and contradictory rows, names of all kinds. */
const programs = fc.sample(randomProgram, { seed: 3, numRuns: 60 }).filter(({ program }) => !hasEmptyColumn(program))

describe.each(outside)('%s reads random programs written as %s', (solver, format) => {
  const command = needTool(solver)

  test('and finds what HiGHS finds', async () => {
    const seen = new Map<string, number>()
    for (const [index, { program, names }] of programs.entries()) {
      const { termination, objective } = await solveWith('highs', program, { relativeGap: 0 })
      const text = format === 'lp' ? writeLp(program, names) : writeMps(program, names)
      const found = await solveText(command, solver, format, text)
      expect(found, `program ${index}`).toBeCloseTo(termination === 'unbounded' ? -Infinity : objective, 4)
      seen.set(termination, (seen.get(termination) ?? 0) + 1)
    }
    expect([...seen.keys()].sort()).toEqual(['infeasible', 'optimal', 'unbounded'])
    expect(seen.get('optimal')).toBeGreaterThan(15)
  })
})
