import { expect, test } from 'vitest'
import { verifyPlan } from '../../models/checker/verify-plan.js'
import { sequenceMigration } from '../../src/migration/sequence.js'
import { randomCase } from './random-case.js'
import { wrapSequence } from './wrap-sequence.js'

/** Nothing that ordering could heal: a bought node takes longer than the deadline, or room that only a full plan would leave. */
const isBeyondOrder = (code: string, status: string) =>
  code === 'timing' || (status === 'partial' && code === 'headroom')

test('random plans are safe in every order', () => {
  let complete = 0
  let partial = 0
  for (let seed = 100_000; seed < 101_500; seed++) {
    const random = randomCase(seed)
    if (random === null) continue
    const { problem, instance, target } = random
    const sequence = sequenceMigration(instance, target)
    const { status } = sequence.plan
    const violations = verifyPlan(problem, wrapSequence(problem, instance, sequence)).filter(
      ({ code }) => !isBeyondOrder(code, status)
    )
    expect({ seed, violations }).toEqual({ seed, violations: [] })
    if (status === 'complete') complete++
    else partial++
  }
  expect(complete).toBeGreaterThan(800)
  expect(partial).toBeGreaterThan(50)
})

test('the same target gives the same plan', () => {
  for (let seed = 1; seed <= 50; seed++) {
    const random = randomCase(seed)
    if (random === null) continue
    const once = sequenceMigration(random.instance, random.target)
    expect(JSON.stringify(sequenceMigration(random.instance, random.target))).toBe(JSON.stringify(once))
  }
})
