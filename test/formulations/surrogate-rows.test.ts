import { expect, test } from 'vitest'
import { formulateAggregated } from '../../models/formulations/aggregated.js'
import { compileInstance } from '../../models/instance/compile.js'
import { solveWith } from '../../src/solvers/solvers.js'
import { randomProblem } from '../brute-force/random-problem.js'

test('surrogate rows leave the relaxation as it is', async () => {
  let withRows = 0
  for (let seed = 1; seed <= 150; seed++) {
    const instance = compileInstance(randomProblem(seed, { broken: seed % 3 === 0 }))
    const [plain, tightened] = [false, true].map(
      (surrogates) => formulateAggregated(instance, { surrogates }).program('total').program
    )
    if (plain === undefined || tightened === undefined) throw new Error('two programs')
    if (tightened.rows > plain.rows) withRows++
    const [without, withThem] = await Promise.all([
      solveWith('highs', plain, { relaxation: true }),
      solveWith('highs', tightened, { relaxation: true })
    ])
    expect(withThem.termination, `seed ${seed}`).toBe(without.termination)
    if (without.termination === 'optimal') expect(withThem.objective, `seed ${seed}`).toBeCloseTo(without.objective, 5)
  }
  expect(withRows).toBeGreaterThan(50)
})
