import { makeSweep, parseSweepPlan } from 'replica-compactor/capacity'
import { describe, expect, test } from 'vitest'
import { readFixture } from '../compact/planned.js'
import { samplePlan, sampleSweep } from './sample-sweep.js'
import { smallCluster } from './small-cluster.js'

describe('scenarios', () => {
  test('every combination, the last axis faster, seeds fastest', () => {
    const { scenarios } = sampleSweep()
    expect(scenarios.map(({ labels, seed }) => [...labels, seed].join(' ')).slice(0, 5)).toEqual([
      'none none 1',
      'none none 7',
      'none spot doubles 1',
      'none spot doubles 7',
      'growth:1.5 none 1'
    ])
    expect(scenarios).toHaveLength(12)
  })

  test('ids are hashes of all that an answer depends on, and of nothing else', () => {
    const ids = (...args: Parameters<typeof makeSweep>) => makeSweep(...args).scenarios.map(({ id }) => id)
    const known = ids(smallCluster, samplePlan)
    expect(known.every((id) => /^[0-9a-f]{64}$/.test(id))).toBe(true)
    expect(new Set(known).size).toBe(12)
    expect(ids(structuredClone(smallCluster), { ...samplePlan, name: 'other' })).toEqual(known)
    const { nodes, ...rest } = smallCluster
    expect(ids({ ...rest, nodes }, samplePlan)).toEqual(known)
    expect(ids(smallCluster, { ...samplePlan, options: { workLimit: 201 } })).not.toEqual(known)
    expect(ids({ ...smallCluster, name: 'x' }, samplePlan)).not.toEqual(known)
    expect(ids(smallCluster, { ...samplePlan, seeds: [2, 7] })[1]).toBe(known[1])
    expect(ids(smallCluster, { ...samplePlan, seeds: [2, 7] })[0]).not.toBe(known[0])
  })

  test('changes that come to the same have the same id', () => {
    const plan = { axes: [{ name: 'growth', values: ['none', 'growth:embed:1'] }] }
    const [left, right] = sampleSweep(plan).scenarios
    expect(left?.id).toBe(right?.id)
  })

  test('a work limit by default; none where only a time limit is to count', () => {
    expect(parseSweepPlan({}).options).toMatchObject({ workLimit: 2000, timeLimitSeconds: null })
    expect(parseSweepPlan({ options: { timeLimitSeconds: 5 } }).options).toMatchObject({ workLimit: null })
    expect(parseSweepPlan({ options: { timeLimitSeconds: 5, workLimit: 7 } }).options).toMatchObject({ workLimit: 7 })
  })

  test('hundreds of a real cluster are made in a moment that does not grow with the seeds', () => {
    const axes = [{ name: 'growth', values: ['none', 'growth:1.1', 'growth:1.2'] }]
    const seeds = Array.from({ length: 200 }, (_, index) => index)
    const { scenarios } = makeSweep(readFixture('openb/openb-slice-120'), { axes, seeds })
    expect(new Set(scenarios.map(({ id }) => id)).size).toBe(600)
  })
})

test.each<[unknown, RegExp]>([
  [null, /expected a sweep \{ axes, seeds, options \}/],
  [{ axis: [] }, /unknown key/],
  [{ axes: [{ name: 'a', values: [] }] }, /axes\[0\]\.values: .*at least 1/],
  [
    { axes: [{ name: 'a', values: ['growth:x'] }] },
    /axes\[0\]\.values\[0\]: found "growth:x", expected growth:\[DEPLOYMENT/
  ],
  [
    { axes: [{ name: 'a', values: [{ changes: ['grow:2'] }] }] },
    /axes\[0\]\.values\[0\]\.changes\[0\]: found "grow:2"/
  ],
  [
    { axes: [{ name: 'a', values: ['none', 'none'] }] },
    /axes\[0\]\.values\[1\]: found "none", expected a label that none before it has/
  ],
  [{ axes: [1, 2].map(() => ({ name: 'a', values: ['none'] })) }, /axes\[1\]\.name: found "a"/],
  [{ seeds: [1, 2, 1] }, /seeds\[2\]: found 1, expected every seed once/],
  [{ seeds: [-1] }, /seeds\[0\]: found -1/],
  [{ seeds: [] }, /seeds: found an empty list/],
  [{ options: { workLimit: null } }, /options\.workLimit/],
  [{ options: { solver: 'cplex' } }, /options\.solver: found "cplex"/],
  [
    {
      axes: Array.from({ length: 6 }, (_, at) => ({
        name: `a${at}`,
        values: ['none', ...Array.from({ length: 9 }, (_, by) => `growth:${by + 2}`)]
      }))
    },
    /1000000 scenarios/
  ],
  [
    { axes: [{ name: 'a', values: ['growth:nobody:2'] }] },
    /axes\[0\]\.values\[0\]\.changes\[0\]\.deployments\[0\]: found "nobody".*chat/
  ]
])('%j is refused', (plan, message) => {
  expect(() => makeSweep(smallCluster, plan)).toThrow(message)
})
