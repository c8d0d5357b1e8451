import { compact } from 'replica-compactor'
import { applyChanges, whatIf } from 'replica-compactor/capacity'
import { describe, expect, test } from 'vitest'
import { differenceBetween } from '../../src/capacity/difference.js'
import type { Outcome } from '../../src/capacity/outcome.js'
import { findOptimum } from '../brute-force/enumerate-placements.js'
import { randomProblem } from '../brute-force/random-problem.js'
import { stateDevices } from '../brute-force/state-devices.js'
import { smallCluster } from './small-cluster.js'

const options = { workLimit: 500 }

describe('what if', () => {
  test('a variant is told as its difference to what is', async () => {
    const answer = await whatIf(
      smallCluster,
      ['price:2', 'growth:1.5', { label: 'much', changes: ['growth:40'] }, 'none'],
      options
    )
    expect(answer).toMatchObject({ schemaVersion: 1, kind: 'what-if', study: { name: 'small' }, notes: [] })
    const [dearer, grown, much, same] = answer.variants
    const cost = answer.baseline.objective?.costPerHour ?? 0
    expect(dearer?.outcome.objective?.costPerHour).toBeCloseTo(2 * cost, 6)
    expect(dearer?.difference).toMatchObject({ verdict: 'more', migrations: 0, nodes: [] })
    expect(dearer?.difference?.costPerHour).toBeCloseTo(cost, 6)
    expect(grown?.difference?.low).toBeLessThanOrEqual((grown?.difference?.total ?? 0) + 1e-9)
    expect(much).toMatchObject({ label: 'much', difference: null, outcome: { termination: 'infeasible' } })
    expect(much?.outcome.reason).toContain('replicas wanted')
    expect(same?.difference).toMatchObject({ verdict: 'same', costPerHour: 0 })
  })

  test('the same answer again, and with other threads', async () => {
    const [left, right] = [
      await whatIf(smallCluster, ['growth:2'], { ...options, threads: 1 }),
      await whatIf(smallCluster, ['growth:2'], { ...options, threads: 2 })
    ]
    expect(left).toEqual(right)
  })

  test('each outcome is no worse than when the variant is solved alone', async () => {
    const { variants } = await whatIf(smallCluster, ['growth:2', 'lose:zone=b'], options)
    for (const { changes, outcome } of variants) {
      const alone = await compact(applyChanges(smallCluster, changes), options)
      expect(outcome.objective?.costPerHour).toBeLessThanOrEqual((alone.objective?.costPerHour ?? Infinity) + 1e-9)
    }
  })

  test('progress says which of them it is', async () => {
    const seen: string[] = []
    await whatIf(smallCluster, ['growth:2'], {
      ...options,
      onProgress: ({ index, count, label }) => seen.push(`${index}/${count} ${label}`)
    })
    expect(new Set(seen)).toEqual(new Set(['0/2 as it is', '1/2 growth:2']))
  })

  test.each<[unknown, RegExp]>([
    [[], /found an empty list/],
    [['growth:nobody:2'], /variants: \[0\]\.changes\[0\]\.deployments\[0\]: found "nobody"/],
    [['none', 'none'], /\[1\]: found "none", expected a label that none before it has/],
    [[{ changes: [{ kind: 'growth' }] }], /\[0\]/],
    ['growth:2', /expected a list of alternatives/]
  ])('%j is refused', async (variants, message) => {
    await expect(whatIf(smallCluster, variants, options)).rejects.toThrow(message)
  })

  test('an abort rejects with its reason', async () => {
    const reason = new Error('enough')
    await expect(whatIf(smallCluster, ['growth:2'], { ...options, signal: AbortSignal.abort(reason) })).rejects.toBe(
      reason
    )
  })
})

test('the optima differ by what the interval says: small clusters, enumerated', async () => {
  let compared = 0
  for (let seed = 1; seed <= 60 && compared < 25; seed++) {
    const problem = {
      ...stateDevices(randomProblem(seed, { broken: false, mostReplicas: 5 })),
      pending: 'required' as const
    }
    const changed = applyChanges(problem, [{ kind: 'price', factor: 1.7 }])
    const [before, after] = [findOptimum(problem), findOptimum(changed)]
    if (before === null || after === null || before.broken + after.broken > 0) continue
    const { variants } = await whatIf(problem, ['price:1.7'], { workLimit: 300 })
    const difference = variants[0]?.difference
    if (difference == null) continue
    compared++
    expect(after.total - before.total, `seed ${seed}`).toBeGreaterThanOrEqual(difference.low - 1e-6)
    expect(after.total - before.total, `seed ${seed}`).toBeLessThanOrEqual(difference.high + 1e-6)
  }
  expect(compared).toBeGreaterThan(10)
})

test('an interval without bounds proves nothing, one with them what it says', () => {
  const outcome = (total: number, bound: number | null): Outcome => ({
    termination: 'work-limit',
    solver: 'highs',
    objective: { costPerHour: total, moveCost: 0, migrations: 0, activeNodes: 1, total },
    bound,
    gap: null,
    initial: null,
    nodes: [],
    unplaced: 0,
    violations: 0,
    makespanSeconds: 0,
    isWhole: true
  })
  expect(differenceBetween(outcome(10, null), outcome(20, null))).toMatchObject({ low: -10, high: 20, verdict: 'open' })
  expect(differenceBetween(outcome(10, 9), outcome(20, 11))).toMatchObject({ low: 1, high: 11, verdict: 'more' })
  expect(differenceBetween(outcome(20, 11), outcome(10, 9))).toMatchObject({ low: -11, high: -1, verdict: 'less' })
  expect(differenceBetween(outcome(10, 10), outcome(10, 10))).toMatchObject({ verdict: 'same' })
  // What leaves rules broken may cost less for that.
  expect(differenceBetween(outcome(10, 9), { ...outcome(20, 11), violations: 1 })).toMatchObject({ verdict: 'open' })
})
