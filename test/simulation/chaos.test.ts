import { expect, test } from 'vitest'
import { runSimulation } from '../../src/simulation/run-simulation.js'
import { CALM, crashesAt, randomPlans } from './random-plans.js'

const SEEDS = 300

test('where nothing fails every plan reaches its placement, as often as the executor crashes', async () => {
  for (const { seed, problem, result } of randomPlans(1, SEEDS)) {
    const rate = [0, 0.02, 0.1, 0.4][seed % 4] ?? 0
    const run = await runSimulation(problem, result, { ...CALM, seed, crashes: crashesAt(rate, seed) })
    const { violations, isAsPlanned, execution } = run
    expect({ seed, violations, isAsPlanned, outcome: execution.outcome }).toEqual({
      seed,
      violations: [],
      isAsPlanned: true,
      outcome: 'completed'
    })
  }
})

test('one crash, at any line, before it is kept or after', async () => {
  for (const { seed, problem, result } of randomPlans(500, 6)) {
    for (let line = 0, crashes = 1; crashes > 0; line++) {
      for (const moment of ['before', 'after'] as const) {
        const weather = { ...CALM, seed, failureRate: 0.2, crashes: (at: number) => (at === line ? moment : null) }
        const run = await runSimulation(problem, result, weather)
        crashes = run.crashes
        expect({ seed, line, moment, violations: run.violations }).toEqual({ seed, line, moment, violations: [] })
      }
    }
  }
})

test('whatever fails, the executor breaks nothing and leaves nothing half-done', async () => {
  const outcomes = new Map<string, number>()
  for (const { seed, problem, result } of randomPlans(10_000, SEEDS)) {
    const rates = { failureRate: 0.05, nodeDeathRate: 0.02, driftRate: seed % 3 === 0 ? 0.2 : 0 }
    const run = await runSimulation(problem, result, { ...CALM, ...rates, seed, crashes: crashesAt(0.1, seed) })
    expect({ seed, violations: run.violations }).toEqual({ seed, violations: [] })
    outcomes.set(run.execution.outcome, (outcomes.get(run.execution.outcome) ?? 0) + 1)
  }
  expect(outcomes.get('completed')).toBeGreaterThan(SEEDS / 2)
  expect(outcomes.get('failed')).toBeGreaterThan(0)
  expect(outcomes.get('changed')).toBeGreaterThan(0)
})

test('also where most of it fails', async () => {
  for (const { seed, problem, result } of randomPlans(30_000, SEEDS / 2)) {
    const rates = { failureRate: 0.3, nodeDeathRate: 0.15, driftRate: 0.2 }
    const run = await runSimulation(problem, result, { ...CALM, ...rates, seed, crashes: crashesAt(0.2, seed) })
    expect({ seed, violations: run.violations }).toEqual({ seed, violations: [] })
  }
})
