import { expect, test } from 'vitest'
import { writeLp } from '../../../models/linear-program/lp-format.js'
import { writeMps } from '../../../models/linear-program/mps-format.js'
import { type LinearProgram, ProgramBuilder, type ProgramNames } from '../../../models/linear-program/program.js'
import { loadHighs } from '../../../src/solvers/highs/runtime.js'
import { solveWith } from '../../../src/solvers/solvers.js'
import { solvers } from './solvers-under-test.js'

/** Words of LP and MPS files, keys of JavaScript objects, and keys that solvers use in their own results. */
const names = [
  ...['free', 'end', 'bounds', 'st', 'inf', '-infinity', 'e1', '1e9', 'x', 'obj', 'RHS', 'ENDATA', 'binaries'],
  ...['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'length'],
  ...['feasible', 'result', 'bounded', 'isIntegral', 'cost', 'min', 'max', 'equal', 'program', '0', '1'],
  ...['', ' ', 'two words', 'a\nb', 'a:b', '>= 3', 'é', '🦊', 'n'.repeat(400), 'twin', 'twin']
]

/** Each name is a column that costs its place and has a row, of the same name, that demands one more than its neighbour. */
function named(given: readonly string[], title: string): { program: LinearProgram; names: ProgramNames } {
  const builder = new ProgramBuilder()
  for (const [index, name] of given.entries())
    builder.column(name, { cost: 1 + index, upper: 2 * index, integer: true })
  for (const [index, name] of given.entries()) {
    builder.row(
      name,
      index === 0 ? 0 : 1,
      Infinity,
      index === 0
        ? [[0, 1]]
        : [
            [index, 1],
            [index - 1, -1]
          ]
    )
  }
  return { program: builder.build(title), names: builder.names() }
}

const plain = named(
  names.map((_, index) => `c${index}`),
  'plain'
).program
const point = names.map((_, index) => index)
const optimum = names.reduce((sum, _, index) => sum + (1 + index) * index, 0)

test.each(solvers)('names that look like keywords mean nothing to $name', async ({ name }) => {
  for (const title of names) {
    const outcome = await solveWith(name, named(names, title).program)
    expect(outcome.termination).toBe('optimal')
    expect(outcome.objective).toBeCloseTo(optimum, 6)
  }
  const { solution } = await solveWith(name, plain)
  for (const [column, value] of point.entries()) expect(solution?.[column]).toBeCloseTo(value, 6)
})

test.each(['lp', 'mps'] as const)('and nothing in %s text', async (format) => {
  const highs = await loadHighs()
  const { program, names: given } = named(names, 'end')
  const data = format === 'lp' ? writeLp(program, given) : writeMps(program, given)
  const objective = highs.withModel({ format, data }, (model) => {
    model.options.set({ output_flag: false })
    model.run()
    return model.getObjectiveValue()
  })
  expect(objective).toBeCloseTo(optimum, 6)
})
