import { describe, expect, test } from 'vitest'
import { stoppingSeconds } from '../../../benchmarks/measures/in-time.mjs'
import {
  primalGap,
  primalGapSteps,
  primalIntegral,
  secondsToFirst,
  secondsToNear
} from '../../../benchmarks/measures/primal-gap.mjs'
import { provenGap, provenGapSteps, secondsToProof } from '../../../benchmarks/measures/proven-gap.mjs'
import { valueAt } from '../../../benchmarks/measures/steps.mjs'
import { sampleRun } from '../bench/sample-run.js'

describe('the primal gap', () => {
  test("is Berthold's", () => {
    expect(primalGap(125, 100)).toBe(0.2)
    expect(primalGap(0, 0)).toBe(0)
    expect(primalGap(5, 0)).toBe(1)
    expect(primalGap(5, -5)).toBe(1)
    expect(primalGap(-80, -100)).toBeCloseTo(0.2, 12)
  })

  test('is none for what beats the reference, or differs by what sums leave', () => {
    expect(primalGap(99, 100)).toBe(0)
    expect(primalGap(0.1 + 0.2, 0.3)).toBe(0)
  })

  test('over time, and its integral', () => {
    const run = sampleRun({
      cost: 100,
      incumbents: [
        { seconds: 1, cost: 200 },
        { seconds: 4, cost: 125 },
        { seconds: 8, cost: 100 }
      ]
    })
    const steps = primalGapSteps(run, 100)
    expect(steps.map(({ seconds, value }) => [seconds, value])).toEqual([
      [1, 0.5],
      [4, 0.2],
      [8, 0]
    ])
    // (1 · 1 + 3 · 0.5 + 4 · 0.2 + 2 · 0) / 10
    expect(primalIntegral(steps, 10)).toBeCloseTo(0.33, 12)
    expect(secondsToNear(steps)).toBe(8)
    expect(secondsToFirst(run)).toBe(1)
  })

  test('of who tells of nothing on its way falls when it ends', () => {
    const run = sampleRun({ cost: 100, seconds: 7, incumbents: [] })
    expect(primalGapSteps(run, 100)).toEqual([{ seconds: 7, value: 0 }])
  })

  test('of who has no placement, or a wrong one, or refuses, never falls', () => {
    const without = sampleRun({ cost: null, incumbents: [] })
    for (const run of [without, sampleRun({ wrong: 'too full' }), sampleRun({ refused: 'too large' })]) {
      const steps = primalGapSteps(run, 100)
      expect(steps).toEqual([])
      expect(primalIntegral(steps, 10)).toBe(1)
      expect(secondsToNear(steps)).toBe(Infinity)
      expect(secondsToFirst(run)).toBe(Infinity)
    }
  })

  test('is 1 where nobody knows any cost', () => {
    expect(primalGapSteps(sampleRun(), null)).toEqual([])
  })

  test('what is found while it stops counts as found at the limit, what comes later not at all', () => {
    expect([stoppingSeconds(10), stoppingSeconds(100)]).toEqual([1, 5])
    const stopping = sampleRun({ cost: 100, seconds: 10.9, incumbents: [{ seconds: 10.9, cost: 100 }] })
    expect(primalGapSteps(stopping, 100)).toEqual([{ seconds: 10, value: 0 }])
    const late = sampleRun({ cost: 100, seconds: 11.1, incumbents: [{ seconds: 11.1, cost: 100 }] })
    expect(primalGapSteps(late, 100)).toEqual([])
  })
})

describe('the proven gap', () => {
  test('is what may be left to save', () => {
    expect(provenGap(100, 90)).toBeCloseTo(0.1, 12)
    expect(provenGap(100, 100)).toBe(0)
    expect(provenGap(0, 0)).toBe(0)
    expect(provenGap(100, -50)).toBe(1)
    expect(provenGap(null, 90)).toBe(1)
    expect(provenGap(100, null)).toBe(1)
  })

  test('over time, of the best cost and the best bound by then', () => {
    const run = sampleRun({
      cost: 100,
      bound: 99.5,
      incumbents: [
        { seconds: 1, cost: 200 },
        { seconds: 5, cost: 100 }
      ],
      bounds: [
        { seconds: 2, bound: 50 },
        { seconds: 6, bound: 99.5 }
      ]
    })
    const steps = provenGapSteps(run)
    expect([1, 2, 5, 6].map((seconds) => valueAt(steps, seconds))).toEqual([1, 0.75, 0.5, expect.closeTo(0.005, 12)])
    expect(secondsToProof(steps)).toBe(6)
    expect(secondsToProof(steps, 0.5)).toBe(5)
  })

  test('a bound alone, or a placement alone, proves nothing', () => {
    expect(provenGapSteps(sampleRun({ cost: null, incumbents: [] }))).toEqual([])
    expect(provenGapSteps(sampleRun({ bound: null, bounds: [] }))).toEqual([])
  })

  test('a bound that nobody told of before is there in the end', () => {
    expect(provenGapSteps(sampleRun({ bounds: [], seconds: 3 }))).toEqual([{ seconds: 3, value: 0.1 }])
  })
})
