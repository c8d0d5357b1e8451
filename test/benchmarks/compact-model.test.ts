import { compact, parseProblem } from 'replica-compactor'
import { describe, expect, test } from 'vitest'
import { makeDense } from '../../benchmarks/families/dense.mjs'
import { openModel } from '../../benchmarks/rivals/compact-model.mjs'
import { solveWith } from '../../src/solvers/solvers.js'

const problem = parseProblem(makeDense(6, 3))
const model = openModel(problem, { surrogates: true })
const greedy = await compact(problem, { solver: 'greedy' })
const cost = greedy.objective?.costPerHour ?? Number.NaN
/** Greedy's placement as a point, the columns that it leaves open found by a solver. */
const point = await complete(await model.greedyPoint(1000))

async function complete(start: Float64Array | null) {
  const { program } = model
  const fix = (bounds: Float64Array) =>
    bounds.map((bound, column) => {
      const value = start?.[column] ?? Number.NaN
      return Number.isNaN(value) ? bound : value
    })
  const fixed = { ...program, columnLower: fix(program.columnLower), columnUpper: fix(program.columnUpper) }
  const { solution } = await solveWith('highs', fixed)
  if (solution === null) throw new Error('what greedy found fits no program')
  return solution
}

test('redundant rows can be left out of the program', () => {
  expect(openModel(problem, { surrogates: false }).program.rows).toBeLessThan(model.program.rows)
})

describe('an answer of a rival', () => {
  test("is turned into a placement, checked and counted again: greedy's costs what greedy says", () => {
    expect(greedy.placement.some(({ replica, node }) => homeOf(replica) !== node)).toBe(true)
    const { cost: counted, wrong } = model.check(point, cost)
    expect(wrong).toBeNull()
    expect(counted).toBeCloseTo(cost, 9)
  })

  test.each([
    ['fractions', (values: Float64Array) => values.map((value) => value / 2), /^not whole/],
    ['too many replicas', (values: Float64Array) => values.map((value) => value + 1), /^breaks a row/],
    ['nothing anywhere', (values: Float64Array) => values.fill(0), /^breaks a row/]
  ])('is wrong with %s', (_words, change, reason) => {
    expect(model.check(change(Float64Array.from(point)), cost)).toEqual({
      cost: null,
      wrong: expect.stringMatching(reason)
    })
  })

  test('is wrong when it costs more than its solver claims, and right when it costs less', () => {
    expect(model.check(point, cost - 1).wrong).toMatch(/^claims/)
    expect(model.check(point, cost + 1)).toEqual({ cost: expect.closeTo(cost, 9), wrong: null })
  })
})

function homeOf(id: string) {
  return problem.replicas.find((replica) => replica.id === id)?.node
}
