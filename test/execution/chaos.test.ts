import { expect, test } from 'vitest'
import { findContradictions } from './contradictions.js'
import { CHAOS, makeWorld, plannedCase, runIn } from './random-execution.js'

test.each(Object.entries(CHAOS))('%s: the cluster stays legal, and the report is true', async (_, chaos) => {
  const outcomes = new Map<string, number>()
  for (let seed = 1; seed <= 200; seed++) {
    const planned = plannedCase(seed)
    if (planned === null) continue
    const world = makeWorld(planned, chaos)
    const forceDrain = seed % 2 === 0
    const report = await runIn(world, planned, { forceDrain, breakerWindow: seed % 3 === 0 ? 4 : 1000 })
    const { model } = world
    // A stop comes before the end of its drain where that was forced.
    const early = world.early.filter((text) => !forceDrain || !text.includes(' before drain:'))
    // A node that dies takes ready copies with it.
    const violations = model.violations.filter((text) => chaos.losesNode === 0 || !text.startsWith('ready'))
    const contradictions = findContradictions(world, planned, report)
    expect({ seed, violations, early, contradictions }).toEqual({ seed, violations: [], early: [], contradictions: [] })
    outcomes.set(report.outcome, (outcomes.get(report.outcome) ?? 0) + 1)
  }
  expect(outcomes.get('completed') ?? 0).toBeGreaterThan(0)
  expect(outcomes.size).toBeGreaterThan(1)
})
