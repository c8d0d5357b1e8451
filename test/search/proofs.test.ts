import { expect, test } from 'vitest'
import type { SolverOutcome } from '../../models/linear-program/solution.js'
import { provesInfeasible, provesNothingBelow } from '../../src/search/proofs.js'

const claim = (termination: SolverOutcome['termination'], bound: number): SolverOutcome => ({
  termination,
  solution: null,
  objective: Infinity,
  bound,
  seconds: 0
})

test('"infeasible" is a proof only with a bound of Infinity', () => {
  expect(provesInfeasible(claim('infeasible', Infinity))).toBe(true)
  expect(provesInfeasible(claim('infeasible', -Infinity))).toBe(false)
  expect(provesInfeasible(claim('infeasible', Number.NaN))).toBe(false)
  expect(provesInfeasible(claim('time-limit', Infinity))).toBe(false)
})

test('"optimal" proves that nothing is below its bound, and no more', () => {
  expect(provesNothingBelow(claim('optimal', 3), 3)).toBe(true)
  expect(provesNothingBelow(claim('optimal', 3 - 2e-6), 3)).toBe(true)
  expect(provesNothingBelow(claim('optimal', 2), 3)).toBe(false)
  expect(provesNothingBelow(claim('optimal', -Infinity), 3)).toBe(false)
  expect(provesNothingBelow(claim('optimal', Infinity), 3)).toBe(false)
  expect(provesNothingBelow(claim('optimal', 3), Infinity)).toBe(false)
  expect(provesNothingBelow(claim('time-limit', 3), 3)).toBe(false)
})
