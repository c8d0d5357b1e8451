import { describe, expect, test } from 'vitest'
import type { StudyInput } from '../../../models/contract/study.js'
import type { HorizonAnswer } from '../../../src/capacity/horizon/horizon-answer.js'
import { planHorizon } from '../../../src/capacity/horizon/plan-horizon.js'
import { verifyHorizon } from '../../../src/capacity/horizon/verify/verify-horizon.js'
import { parseStudy } from '../../../src/capacity/study/parse-study.js'
import { demandOver } from './small-studies.js'
import { wideDemand, wideStudy } from './wide-study.js'

const medium = {
  schemaVersion: 1,
  nodeTypes: [
    { type: 's', capacity: { cpu: 4 }, costPerHour: 1, maxNew: 500 },
    { type: 'l', capacity: { cpu: 16 }, costPerHour: 3.6, maxNew: 500 },
    { type: 'l:spot', capacity: { cpu: 16 }, costPerHour: 1.3, maxNew: 500, labels: { market: 'spot' } }
  ],
  deployments: [
    { id: 'web', demand: { cpu: 1.5 }, floor: 0.6 },
    { id: 'job', demand: { cpu: 3 } }
  ],
  commitment: { discount: 0.45 }
} satisfies StudyInput

const wave = (mean: number, swing: number, length: number, period = 48) =>
  Array.from({ length }, (_, at) => Math.round(mean + swing * Math.sin((2 * Math.PI * at) / period) + ((at * 37) % 11)))

const mediumStudy = parseStudy(medium)
const mediumDemand = demandOver({ web: wave(1200, 600, 120), job: wave(500, 300, 120, 36) }, 600)

function withoutTime({ seconds, ...answer }: HorizonAnswer): Omit<HorizonAnswer, 'seconds'> {
  expect(seconds).toBeGreaterThanOrEqual(0)
  return answer
}

describe('a plan for a horizon', () => {
  test('is within half a percent of its bound where there are many nodes, each period within one', async () => {
    const answer = await planHorizon(mediumStudy, mediumDemand, { threads: 2 })
    expect(verifyHorizon(mediumStudy, mediumDemand, answer)).toEqual([])
    expect(answer.gap).toBeLessThan(0.005)
    expect(answer.worstPeriodGap).toBeLessThan(0.01)
    expect(answer.withoutCommitment.bound).toBeGreaterThan(answer.cost.total)
  })

  test('is the same with one thread and with two, and when asked again', async () => {
    const [one, two, again] = await Promise.all(
      [1, 2, 1].map((threads) => planHorizon(mediumStudy, mediumDemand, { threads }))
    )
    expect(withoutTime(two as HorizonAnswer)).toEqual(withoutTime(one as HorizonAnswer))
    expect(withoutTime(again as HorizonAnswer)).toEqual(withoutTime(one as HorizonAnswer))
  })

  test('tells how far it is', async () => {
    const told: number[] = []
    await planHorizon(wideStudy, wideDemand, { threads: 1, onProgress: ({ done, of }) => void told.push(done / of) })
    expect(told.length).toBeGreaterThan(2)
    expect([...told].sort((one, other) => one - other)).toEqual(told)
    expect(told.at(-1)).toBe(1)
  })

  test('for nothing at all costs nothing but what is paid anyway', async () => {
    const nothing = demandOver({ web: [0, 0, 0], job: [0, 0, 0] })
    const answer = await planHorizon(mediumStudy, nothing, { threads: 1 })
    expect(answer).toMatchObject({ status: 'feasible', gap: 0, worstPeriodGap: 0, base: [], hourly: [] })
    expect(answer.cost.total).toBe(0)
    const demand = demandOver({ chat: [0, 0], embed: [1, 1] })
    const paid = await planHorizon(wideStudy, demand, { threads: 1 })
    expect(paid.cost.total).toBeGreaterThanOrEqual(2 * (1 + 0.5))
    expect(verifyHorizon(wideStudy, demand, paid)).toEqual([])
  })

  test('of one period is one moment', async () => {
    const answer = await planHorizon(mediumStudy, demandOver({ web: [40], job: [3] }), { threads: 1 })
    expect(answer).toMatchObject({ status: 'feasible', orders: 0, moves: 0 })
    expect(answer.notes.join()).toContain('one period')
  })

  test('of a million replicas is counted exactly', async () => {
    const demand = demandOver({ web: [999_983, 1_000_000, 3], job: [1, 500_000, 7] })
    const study = parseStudy({ ...medium, nodeTypes: medium.nodeTypes.map((type) => ({ ...type, maxNew: 1_000_000 })) })
    const answer = await planHorizon(study, demand, { threads: 1 })
    expect(answer.status).toBe('feasible')
    expect(verifyHorizon(study, demand, answer)).toEqual([])
    expect(answer.gap).toBeLessThan(0.001)
  })

  test('keeps nodes over gaps that are shorter than it takes to order others', async () => {
    const study = parseStudy({
      ...medium,
      nodeTypes: [{ type: 's', capacity: { cpu: 3 }, costPerHour: 1, maxNew: 50, provisionSeconds: 3600 }],
      commitment: undefined
    })
    const answer = await planHorizon(
      study,
      demandOver({ web: [2, 2, 2, 2, 2, 2, 2, 2, 20, 2, 20, 2, 20, 2], job: new Array(14).fill(0) }, 600),
      { threads: 1 }
    )
    expect(answer.orders).toBe(9)
    expect(answer.periods.map(({ costPerHour }) => costPerHour)).toEqual([
      ...new Array(8).fill(1),
      10,
      10,
      10,
      10,
      10,
      1
    ])
  })

  test('looks ahead where an order costs as much as hours of a node', async () => {
    const study = parseStudy({
      ...medium,
      nodeTypes: [
        { type: 's', capacity: { cpu: 3 }, costPerHour: 7, maxNew: 100, provisionSeconds: 7200 },
        { type: 'l', capacity: { cpu: 9 }, costPerHour: 18, maxNew: 100, provisionSeconds: 7200 }
      ],
      commitment: undefined
    })
    const demand = demandOver({ web: wave(20, 15, 100, 60), job: new Array(100).fill(0) }, 600)
    const answer = await planHorizon(study, demand, { threads: 1 })
    expect(verifyHorizon(study, demand, answer)).toEqual([])
    expect(answer.gap).toBeLessThan(0.12)
  })

  test('tells nodes of one type apart that are there', async () => {
    const study = parseStudy({
      schemaVersion: 1,
      nodes: [
        { id: 'a1', type: 'x', capacity: { cpu: 4 }, costPerHour: 1, releasable: false, labels: { zone: 'a' } },
        { id: 'b1', type: 'x', capacity: { cpu: 8 }, costPerHour: 1, releasable: false, labels: { zone: 'b' } },
        { id: 'b2', type: 'y', capacity: { cpu: 8 }, costPerHour: 1, releasable: false, labels: { zone: 'b' } },
        { id: 'c1', type: 'x', capacity: { cpu: 64 }, costPerHour: 1, acceptsReplicas: false, labels: { zone: 'b' } }
      ],
      nodeTypes: [{ type: 'x', capacity: { cpu: 4 }, costPerHour: 1, maxNew: 3, labels: { zone: 'a' } }],
      deployments: [{ id: 'd', demand: { cpu: 2 }, nodeSelector: { zone: 'b' } }],
      quotas: [{ types: ['x'], max: 2 }]
    })
    const demand = demandOver({ d: [8, 7] })
    const answer = await planHorizon(study, demand, { threads: 1 })
    expect(verifyHorizon(study, demand, answer)).toEqual([])
    expect(answer.base.map(({ node, nodes }) => [node, nodes])).toEqual([
      ['a1', 1],
      ['b1', 1],
      ['b2', 1]
    ])
    expect(await planHorizon(study, demandOver({ d: [9] }), { threads: 1 })).toMatchObject({ status: 'infeasible' })
  })
})

describe('no plan for a horizon', () => {
  test('is infeasible where nothing on offer serves a period, which it names', async () => {
    const answer = await planHorizon(mediumStudy, demandOver({ web: [10, 100_000], job: [1, 2] }), { threads: 1 })
    expect(answer).toMatchObject({ status: 'infeasible', periods: [], bound: 0, gap: 0 })
    expect(answer.notes).toEqual([
      '1 of 2 periods cannot be served, the first 3600 s after the beginning, which wants 100000 of web, 2 of job: quotas, maxNew, floors or rules leave no room'
    ])
    expect(JSON.parse(JSON.stringify(answer))).toEqual(answer)
  })

  test('for a rule that wants more copies than there are', async () => {
    const study = parseStudy({
      ...medium,
      rules: [{ kind: 'at-least', deployments: ['web'], count: 5, nodeSelector: { market: 'on-demand' } }]
    })
    const few = await planHorizon(study, demandOver({ web: [5, 4], job: [1, 1] }), { threads: 1 })
    expect(few.status).toBe('infeasible')
    const enough = demandOver({ web: [5, 6], job: [1, 1] })
    const answer = await planHorizon(study, enough, { threads: 1 })
    expect(verifyHorizon(study, enough, answer)).toEqual([])
  })

  test('where nodes that are never given back fill a quota', async () => {
    const study = parseStudy({
      ...medium,
      reservations: [{ type: 'l', nodes: 3, costPerHour: 1 }],
      quotas: [{ types: ['l'], max: 2 }]
    })
    expect(await planHorizon(study, demandOver({ web: [4], job: [1] }), { threads: 1 })).toMatchObject({
      status: 'infeasible'
    })
  })

  test('for rules between nodes, which is an input error that names them', async () => {
    const study = parseStudy({ ...medium, rules: [{ kind: 'affinity', deployments: ['web'], topologyKey: 'node' }] })
    await expect(planHorizon(study, demandOver({ web: [1], job: [1] }))).rejects.toMatchObject({
      name: 'InputError',
      issues: [{ path: 'rules[0]' }]
    })
  })
})
