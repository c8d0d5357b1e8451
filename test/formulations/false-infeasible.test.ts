import { expect, test } from 'vitest'
import { formulateAggregated } from '../../models/formulations/aggregated.js'
import { compileInstance } from '../../models/instance/compile.js'
import { modelData } from '../../src/solvers/highs/model-data.js'
import { loadHighs } from '../../src/solvers/highs/runtime.js'
import { solveWith } from '../../src/solvers/solvers.js'
import { referenceProblem } from '../reference/reference-problem.js'

/** The status of HiGHS for what it calls infeasible. */
const infeasible = 8

test('a feasible program that the presolve of HiGHS calls infeasible has its optimum', async () => {
  const model = formulateAggregated(compileInstance(referenceProblem(10_168)))
  const broken = await solveWith('highs', model.program('broken-rules').program)
  const held = [{ level: 'broken-rules' as const, atMost: broken.objective + 1e-6 }]
  const { program } = model.program('total', held)

  const raw = (await loadHighs()).createModel()
  raw.options.set('output_flag', false)
  raw.passModel(modelData(program))
  expect(raw.run().modelStatus).toBe(infeasible)
  raw.dispose()

  expect(await solveWith('highs', program)).toMatchObject({ termination: 'optimal', objective: 4.5 })
})
