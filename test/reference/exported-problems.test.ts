import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parse as parseYaml } from 'yaml'
import { parseProblem } from '../../models/contract/parse.js'
import type { Problem } from '../../models/contract/problem.js'
import { formulateAggregated } from '../../models/formulations/aggregated.js'
import { compileInstance } from '../../models/instance/compile.js'
import { exportProgram } from '../../src/export-program.js'
import { solveWith } from '../../src/solvers/solvers.js'
import { freshPath, QUICKSTART, runCommand } from '../cli/run-command.js'
import { needTool } from '../needed-tools.js'
import { outside, solveText } from './outside-solvers.js'
import { referenceProblem } from './reference-problem.js'

const fixtures = [
  'golden-deadlock.problem.json',
  'quickstart.problem.yaml',
  'packing/cloudbalance-2computers-6processes.problem.json',
  'packing/cloudbalance-4computers-12processes.problem.json'
]

const readFixture = (name: string) =>
  parseProblem(parseYaml(readFileSync(new URL(`../../fixtures/${name}`, import.meta.url), 'utf8')))

/** The optimum of the primary objective as HiGHS has it; Infinity when there is none. */
async function optimumOf(problem: Problem): Promise<number> {
  const { program } = formulateAggregated(compileInstance(problem)).program('total')
  const { termination, objective } = await solveWith('highs', program, { relativeGap: 0 })
  expect(['optimal', 'infeasible'], problem.name).toContain(termination)
  return objective
}

describe.each(outside)('%s reads what is exported as %s', (solver, format) => {
  const command = needTool(solver)

  test('random Problems', async () => {
    let feasible = 0
    for (let seed = 1; seed <= 16; seed++) {
      const problem = referenceProblem(seed)
      const expected = await optimumOf(problem)
      if (expected < Infinity) feasible++
      const found = await solveText(command, solver, format, exportProgram(problem, format))
      expect(found, `seed ${seed}`).toBeCloseTo(expected, 5)
    }
    expect(feasible).toBeGreaterThan(5)
    expect(feasible).toBeLessThan(16)
  })

  test.each(fixtures)('%s', async (name) => {
    const problem = readFixture(name)
    const found = await solveText(command, solver, format, exportProgram(problem, format))
    expect(found).toBeCloseTo(await optimumOf(problem), 5)
  })

  test('from the command', async () => {
    const path = freshPath(`program.${format}`)
    const { code } = await runCommand(['export', QUICKSTART, '-o', path])
    expect(code).toBe(0)
    expect(await solveText(command, solver, format, readFileSync(path, 'utf8'))).toBeCloseTo(16.98, 6)
  })
})

describe('a larger one', () => {
  const cbc = needTool('cbc')

  test('cbc proves the best known cost of dense-25-1', async () => {
    // glpsol finds it too, but proves it in no reasonable time.
    const text = exportProgram(readFixture('dense/dense-25-1.problem.json'), 'lp')
    const { instances } = JSON.parse(readFileSync(new URL('../../benchmarks/best-known.json', import.meta.url), 'utf8'))
    expect(await solveText(cbc, 'cbc', 'lp', text)).toBeCloseTo(instances['dense/dense-25-1'].cost, 5)
  })
})
