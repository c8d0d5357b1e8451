import { compact, parseProblem } from 'replica-compactor'
import { describe, expect, test } from 'vitest'
import { type FormulationName, formulate, type Model } from '../../../benchmarks/contestants/formulations.mjs'
import { makeDense } from '../../../benchmarks/families/dense.mjs'
import { solveWith } from '../../../src/solvers/solvers.js'

const problem = parseProblem(makeDense(6, 3))
const greedy = await compact(problem, { solver: 'greedy' })
const best = await compact(problem, { timeLimitMs: 20_000, relativeGap: 1e-6 })
const optimum = best.objective?.costPerHour ?? Number.NaN

function open(name: FormulationName): Model {
  const model = formulate(problem, name)
  if (typeof model === 'string') throw new Error(model)
  return model
}

const judge = (model: Model, point: Float64Array, claim: number | null) => {
  if (model.judge === null) throw new Error('places nothing')
  return model.judge(point, claim)
}

async function solve({ program }: Model, start?: Float64Array | null): Promise<Float64Array> {
  const fix = (bounds: Float64Array) =>
    bounds.map((bound, column) => {
      const value = start?.[column] ?? Number.NaN
      return Number.isNaN(value) ? bound : value
    })
  const fixed = { ...program, columnLower: fix(program.columnLower), columnUpper: fix(program.columnUpper) }
  const { solution } = await solveWith('highs', fixed)
  if (solution === null) throw new Error('no solution')
  return solution
}

test('the optimum is the same in every formulation, and a bound in the relaxation', async () => {
  for (const name of ['assignment', 'aggregated', 'aggregated, rows'] as const) {
    const model = open(name)
    const verdict = judge(model, await solve(model), null)
    expect({ name, ...verdict }).toMatchObject({ name, wrong: null, cost: expect.closeTo(optimum, 6) })
  }
  const { objective } = await solveWith('highs', open('by type').program)
  expect(objective).toBeLessThanOrEqual(optimum + 1e-6)
  expect(open('by type').judge).toBeNull()
})

test('redundant rows can be left out of the program', () => {
  expect(open('aggregated').program.rows).toBeLessThan(open('aggregated, rows').program.rows)
})

test('an assignment formulation beyond all memory is refused with its size', () => {
  const { nodes, replicas } = problem
  const many = { ...problem, nodes: Array(2000).fill(nodes[0]), replicas: Array(1000).fill(replicas[0]) }
  expect(formulate(many, 'assignment')).toBe('the assignment formulation would have 2,000,000 columns')
})

describe('an answer', async () => {
  const model = open('aggregated, rows')
  const cost = greedy.objective?.costPerHour ?? Number.NaN
  /** Greedy's placement as a point, the columns that it leaves open found by a solver. */
  const point = await solve(model, await model.greedyPoint(1000))

  test("is turned into a placement, checked and counted again: greedy's costs what greedy says", () => {
    expect(greedy.objective?.migrations).toBeGreaterThan(0)
    expect(judge(model, point, cost)).toEqual({
      cost: expect.closeTo(cost, 9),
      migrations: greedy.objective?.migrations,
      activeNodes: greedy.objective?.activeNodes,
      wrong: null
    })
  })

  test.each([
    ['fractions', (values: Float64Array) => values.map((value) => value / 2), /^not whole/],
    ['too many replicas', (values: Float64Array) => values.map((value) => value + 1), /^breaks a row/],
    ['nothing anywhere', (values: Float64Array) => values.fill(0), /^breaks a row/],
    ['no numbers', (values: Float64Array) => values.fill(Number.NaN), /^(not whole|breaks a row)/]
  ])('is wrong with %s', (_words, change, reason) => {
    const verdict = judge(model, change(Float64Array.from(point)), cost)
    expect(verdict).toMatchObject({ cost: null, wrong: expect.stringMatching(reason) })
  })

  test('is wrong when its solver claims another objective than it has', () => {
    expect(judge(model, point, cost - 1).wrong).toMatch(/^claims/)
    expect(judge(model, point, cost + 1).wrong).toMatch(/^claims/)
  })
})
