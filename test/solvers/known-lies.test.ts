import javascriptLpSolver from 'javascript-lp-solver'
import { describe, expect, test } from 'vitest'
import { reportPoint } from '../../models/linear-program/point-report.js'
import { type LinearProgram, ProgramBuilder } from '../../models/linear-program/program.js'
import { checkOutcome } from '../../src/solvers/check-outcome.js'
import { loadHighs } from '../../src/solvers/highs/runtime.js'
import { loadSolver, solveWith } from '../../src/solvers/solvers.js'
import { packingProgram } from './packing-program.js'

/** The solver as its readme uses it, without our bridge. */
function solveRaw(program: LinearProgram, timeout?: number) {
  const { columns, rows, rowLower, rowUpper } = program
  const names = Array.from({ length: columns }, (_, column) => `x${column}`)
  const variables = names.map((_, column): Record<string, number> => ({ cost: program.cost[column] as number }))
  const constraints: Record<string, { min?: number; max?: number; equal?: number }> = {}
  for (const [column, variable] of variables.entries()) {
    variable[`bound${column}`] = 1
    constraints[`bound${column}`] = { max: program.columnUpper[column] as number }
  }
  for (let row = 0; row < rows; row++) {
    const [lower, upper] = [rowLower[row] as number, rowUpper[row] as number]
    constraints[`row${row}`] = lower === upper ? { equal: lower } : { max: upper }
    for (let entry = program.rowStart[row] as number; entry < (program.rowStart[row + 1] as number); entry++) {
      const variable = variables[program.entryColumn[entry] as number] as Record<string, number>
      variable[`row${row}`] = program.entryValue[entry] as number
    }
  }
  const model = {
    optimize: 'cost',
    opType: 'min' as const,
    constraints,
    variables: Object.fromEntries(names.map((name, column) => [name, variables[column] as Record<string, number>])),
    ints: Object.fromEntries(names.map((name) => [name, true])),
    ...(timeout === undefined ? {} : { options: { timeout } })
  }
  const { Solve } = javascriptLpSolver as unknown as typeof javascriptLpSolver.default
  const result = Solve.call(javascriptLpSolver, model) as { feasible: boolean; result: number } & Record<string, number>
  return { ...result, point: Float64Array.from(names, (name) => result[name] ?? 0) }
}

describe('javascript-lp-solver out of time', () => {
  const program = packingProgram(60, 24)

  test('calls a point feasible that is none, and we do not', async () => {
    const raw = solveRaw(program, 1)
    expect(raw.feasible).toBe(true)
    const { infeasibility, fractionality } = reportPoint(program, raw.point)
    expect(Math.max(infeasibility, fractionality)).toBeGreaterThan(0.01)

    const solver = await loadSolver('javascript-lp-solver')
    const claim = { solution: raw.point, objective: raw.result, bound: -Infinity, seconds: 0 }
    const asOptimal = checkOutcome(program, {}, solver, { ...claim, termination: 'optimal' })
    expect(asOptimal).toMatchObject({ termination: 'failed', solution: null, bound: -Infinity })
    expect(asOptimal.message).toMatch(/^javascript-lp-solver claims optimal with a point that /)

    const outcome = await solveWith('javascript-lp-solver', program, { timeLimitMs: 1 })
    expect(outcome).toMatchObject({ termination: 'time-limit', solution: null, bound: -Infinity })
  })
})

describe('javascript-lp-solver and memory in bytes', () => {
  const program = (gigabyte: number) => {
    const builder = new ProgramBuilder()
    builder.column('', { upper: 3, integer: true })
    builder.column('', { cost: 1, upper: 2, integer: true })
    builder.row('', 3, 3, [[0, 1]])
    builder.row('', -Infinity, 0, [
      [0, 24 * gigabyte],
      [1, -80 * gigabyte]
    ])
    builder.row('', -Infinity, 0, [
      [0, 0.1],
      [1, -1]
    ])
    return builder.build('memory')
  }

  test('calls a feasible program infeasible, and we do not', async () => {
    expect(solveRaw(program(1))).toMatchObject({ feasible: true, result: 1 })
    expect(solveRaw(program(2 ** 30)).feasible).toBe(false)
    const outcome = await solveWith('javascript-lp-solver', program(2 ** 30))
    expect(outcome).toMatchObject({ termination: 'optimal', objective: 1 })
    expect([...(outcome.solution as Float64Array)]).toEqual([3, 1])
  })
})

/** min y, where z may rise as far as y falls; one row counts in units of `unit`. */
function unboundedProgram(unit: number): LinearProgram {
  const builder = new ProgramBuilder()
  const x = builder.column('', { lower: -0.5, upper: 3 })
  const y = builder.column('', { cost: 1, lower: -Infinity, upper: 3 })
  const z = builder.column('', { lower: -Infinity })
  builder.row('', -Infinity, 3.5 * unit, [
    [x, -2 * unit],
    [z, -unit]
  ])
  builder.row('', -Infinity, 3.5, [
    [x, 1],
    [y, -1],
    [z, -1]
  ])
  builder.row('', 0.25, Infinity, [
    [x, -1],
    [y, -4],
    [z, -4]
  ])
  return builder.build('unbounded')
}

test('HiGHS calls an unbounded program optimal when a row of it is in bytes, and we do not', async () => {
  const { cost, columnLower, columnUpper, rowLower, rowUpper, ...program } = unboundedProgram(2 ** 30)
  const highs = await loadHighs()
  const status = highs.withModel((model) => {
    model.options.set({ output_flag: false })
    model.passModel({
      numCols: program.columns,
      numRows: program.rows,
      colCost: cost,
      colLower: columnLower,
      colUpper: columnUpper,
      rowLower,
      rowUpper,
      matrix: {
        format: 'csr',
        numRows: program.rows,
        numCols: program.columns,
        starts: program.rowStart,
        indices: program.entryColumn,
        values: program.entryValue
      }
    })
    return model.run().modelStatus
  })
  expect(status).toBe(7)
  for (const unit of [1, 2 ** 30]) {
    expect((await solveWith('highs', unboundedProgram(unit))).termination).toBe('unbounded')
  }
})
