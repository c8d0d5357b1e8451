import fc from 'fast-check'
import { verifyResult } from 'replica-compactor'
import { describe, expect, test } from 'vitest'
import { parseProblem } from '../../models/contract/parse.js'
import type { Result } from '../../models/contract/result.js'
import { type CurvePoint, curve } from '../../src/capacity/curve/curve.js'
import { geometricLimits } from '../../src/capacity/curve/geometric-limits.js'
import { findKnee } from '../../src/capacity/curve/knee.js'
import { readFixture } from '../compact/planned.js'
import { randomCluster } from '../compact/random-cluster.js'

describe('the knee', () => {
  test('is the point farthest above the chord', () => {
    const points = [0, 1, 2, 3, 4].map((spent) => ({ spent, gained: [0, 5, 8, 9, 10][spent] as number }))
    expect(findKnee(points)).toBe(2)
  })

  test('is nowhere on a line, on what gains nothing, and on fewer than three points', () => {
    expect(findKnee([0, 1, 2].map((spent) => ({ spent, gained: 3 * spent })))).toBeNull()
    expect(findKnee([0, 1, 2].map((spent) => ({ spent, gained: 7 })))).toBeNull()
    expect(findKnee([{ spent: 0, gained: 1 }])).toBeNull()
    expect(findKnee([])).toBeNull()
  })

  test('does not depend on the units of either axis', () => {
    const curves = fc.array(
      fc.record({ spent: fc.integer({ min: 1, max: 9 }), gained: fc.integer({ min: 0, max: 9 }) }),
      {
        minLength: 2,
        maxLength: 12
      }
    )
    fc.assert(
      fc.property(curves, fc.integer({ min: 2, max: 64 }), (steps, unit) => {
        let [spent, gained] = [0, 0]
        const points = steps.map((step) => {
          spent += step.spent
          gained += step.gained
          return { spent, gained }
        })
        const scaled = points.map((point) => ({ spent: point.spent * 2, gained: point.gained * 2 ** (unit % 16) }))
        expect(findKnee(scaled)).toBe(findKnee(points))
      })
    )
  })
})

test('limits are as dense at each order of magnitude', () => {
  expect(geometricLimits(0)).toEqual([])
  expect(geometricLimits(1)).toEqual([0])
  expect(geometricLimits(60)).toEqual([0, 1, 2, 5, 10, 20, 50])
  expect(geometricLimits(50)).toEqual([0, 1, 2, 5, 10, 20])
})

/** No point is worse than one with fewer migrations, nor is its bound above that of one with more. */
function expectMonotone(points: readonly CurvePoint[]): void {
  for (const [index, point] of points.entries()) {
    const { costPerHour, bound, maxMigrations, migrations } = point
    expect(bound).toBeLessThanOrEqual(costPerHour + 1e-9)
    if (maxMigrations !== null) expect(migrations).toBeLessThanOrEqual(maxMigrations)
    const next = points[index + 1]
    if (next === undefined) continue
    expect(next.costPerHour).toBeLessThanOrEqual(costPerHour + 1e-9)
    if (next.costPerHour >= costPerHour - 1e-9) continue
    expect(next.bound).toBeLessThanOrEqual(bound + 1e-9)
  }
}

test('a real cluster: monotone, with a knee, every plan checked, and payback hours by the price', async () => {
  const problem = readFixture('openb/openb-slice-30')
  let shown = 0
  const answer = await curve(problem, {
    timeLimitMs: 15_000,
    pricePerMigration: 0.5,
    onPlacement: ({ problem: asked, placement }) => {
      expect(verifyResult(asked, placement as Result)).toEqual([])
      shown++
    }
  })
  expect(shown).toBe(answer.points.length)
  expectMonotone(answer.points)
  expect(answer.points[0]).toMatchObject({ migrations: 0, saving: 0, paybackHours: null })
  expect(answer.knee).toBeGreaterThan(0)
  expect(answer.knee).toBeLessThan(answer.points.length - 1)
  for (const { migrations, saving, migrationPrice, paybackHours } of answer.points) {
    expect(migrationPrice).toBeCloseTo(0.5 * migrations)
    if (saving > 0) expect(paybackHours).toBeCloseTo((0.5 * migrations) / saving)
  }
  expect(JSON.parse(JSON.stringify(answer))).toEqual(answer)
})

test('random clusters with every rule and budget: monotone, whatever is found', async () => {
  let points = 0
  for (let seed = 400; seed < 425; seed++) {
    const problem = parseProblem(randomCluster(seed))
    const answer = await curve(problem, { timeLimitMs: 1_500, threads: 1, refine: 1 })
    expectMonotone(answer.points)
    points += answer.points.length
  }
  expect(points).toBeGreaterThan(10)
})

test('the same seed and work limit give the same curve with any number of threads', async () => {
  const problem = readFixture('openb/openb-slice-30')
  const answers = []
  for (const threads of [1, 2]) {
    const { seconds: _, ...answer } = await curve(problem, { workLimit: 3_000, threads, limits: [0, 5, 20], refine: 1 })
    answers.push(answer)
  }
  expect(answers[1]).toEqual(answers[0])
})

test('an abort ends it with its reason', async () => {
  const problem = readFixture('openb/openb-slice-30')
  const stop = new AbortController()
  const asked = curve(problem, { timeLimitMs: 60_000, signal: stop.signal })
  setTimeout(() => stop.abort(new Error('enough')), 300)
  await expect(asked).rejects.toThrow('enough')
})
