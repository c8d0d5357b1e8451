import type { Problem } from '../../models/contract/problem.js'
import type { Result } from '../../models/contract/result.js'
import { sequenceMigration } from '../../src/migration/sequence.js'
import type { CrashRule } from '../../src/simulation/crashing-executor.js'
import { Dice } from '../../src/simulation/dice.js'
import type { Weather } from '../../src/simulation/run-simulation.js'
import { randomCase } from '../migration/random-case.js'
import { wrapSequence } from '../migration/wrap-sequence.js'

/** Nothing fails. */
export const CALM: Weather = {
  seed: 1,
  failureRate: 0,
  nodeDeathRate: 0,
  driftRate: 0,
  jitter: 0.2,
  crashes: () => null,
  execution: {}
}

/** So many random Problems with plans that do something, by seed. */
export function* randomPlans(
  first: number,
  count: number
): Generator<{ seed: number; problem: Problem; result: Result }> {
  for (let seed = first, found = 0; found < count; seed++) {
    const random = randomCase(seed)
    if (random === null) continue
    const { problem, instance, target } = random
    const result = wrapSequence(problem, instance, sequenceMigration(instance, target))
    if (result.plan.steps.length === 0) continue
    found++
    yield { seed, problem, result }
  }
}

/** Crashes at a share of all lines, half of them before the line is kept. */
export function crashesAt(rate: number, seed: number): CrashRule {
  const draw = new Dice(seed).of('crashes')
  return () => (draw() >= rate ? null : draw() < 0.5 ? 'before' : 'after')
}
