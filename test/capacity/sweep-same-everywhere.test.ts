import { compact, verifyResult } from 'replica-compactor'
import {
  applyChanges,
  comparable,
  inlineExecutor,
  makeSweep,
  runSweep,
  type SweepAnswer
} from 'replica-compactor/capacity'
import { describe, expect, test } from 'vitest'
import { readFixture } from '../compact/planned.js'
import { sampleSweep } from './sample-sweep.js'
import { smallCluster } from './small-cluster.js'

const told = ({ scenarios }: SweepAnswer) => scenarios.map(comparable)

describe('the same records', () => {
  const sweep = sampleSweep()

  test('however many run at once, in threads of their own or in this one; and they are what compact says', async () => {
    const one = await runSweep(sweep, { concurrency: 1 })
    expect(one).toMatchObject({ kind: 'sweep', failed: 0, infeasible: 4, missing: [], sweep: sweep.id })
    for (const options of [{ concurrency: 2 }, { concurrency: 5 }, { executor: inlineExecutor(2) }]) {
      expect(told(await runSweep(sweep, options))).toEqual(told(one))
    }
    for (const [index, { changes, seed }] of sweep.scenarios.entries()) {
      const problem = applyChanges(smallCluster, changes)
      const result = await compact(problem, { workLimit: 200, seed })
      expect(verifyResult(problem, result)).toEqual([])
      const record = one.scenarios[index]
      expect(record?.termination).toBe(result.termination)
      expect(record?.objective).toEqual(result.objective ?? null)
      expect(record?.bound).toBe(result.bound?.total ?? null)
      const nodes = record?.nodes.reduce((sum, { kept, bought }) => sum + kept + bought, 0)
      expect(nodes).toBe(result.objective?.activeNodes ?? 0)
    }
  })

  test('on a real cluster', async () => {
    const real = makeSweep(readFixture('openb/openb-slice-30'), {
      axes: [{ name: 'budget', values: ['budget:3', 'budget:12'] }],
      options: { workLimit: 150 }
    })
    const answers = [await runSweep(real, { concurrency: 1 }), await runSweep(real, { concurrency: 2 })]
    expect(told(answers[1] as SweepAnswer)).toEqual(told(answers[0] as SweepAnswer))
    expect(answers[0]?.scenarios.every(({ objective }) => (objective?.migrations ?? 99) <= 12)).toBe(true)
  })
})

test('scenarios that come to the same are solved once, and both told', async () => {
  const plan = { axes: [{ name: 'growth', values: ['none', 'growth:embed:1'] }], options: { workLimit: 100 } }
  const seen: string[] = []
  const answer = await runSweep(sampleSweep(plan), { onRecord: ({ id }) => seen.push(id) })
  expect(seen).toHaveLength(1)
  expect(answer.scenarios.map(({ labels }) => labels)).toEqual([['none'], ['growth:embed:1']])
  expect(answer.notes.join()).toContain('solved once')
})

test('values that exclude each other fail by themselves, with the reason', async () => {
  const axes = [
    { name: 'type', values: ['none', 'remove-type:small'] },
    { name: 'limit', values: ['max-new:small:1'] }
  ]
  const answer = await runSweep(sampleSweep({ axes, options: { workLimit: 100 } }))
  expect(answer).toMatchObject({ failed: 1, missing: [] })
  expect(answer.scenarios[1]).toMatchObject({ termination: 'failed', objective: null })
  expect(answer.scenarios[1]?.reason).toContain('in max-new:small:1')
})

test('progress counts up to all, with an estimate once it can be known', async () => {
  const told: { done: number; total: number; remainingMs: number | null }[] = []
  await runSweep(sampleSweep(), { concurrency: 2, onProgress: (progress) => told.push(progress) })
  expect(told[0]).toMatchObject({ done: 0, total: 12, remainingMs: null, resumed: 0 })
  expect(told.at(-1)).toMatchObject({ done: 12, total: 12, remainingMs: 0 })
  expect(told.map(({ done }) => done)).toEqual(told.map(({ done }) => done).sort((left, right) => left - right))
  expect(told.filter(({ done }) => done > 0 && done < 12).every(({ remainingMs }) => (remainingMs ?? -1) >= 0)).toBe(
    true
  )
})
