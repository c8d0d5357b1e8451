import { describe, expect, test } from 'vitest'
import { node, planned, running } from './planned.js'

const cluster = {
  nodes: [node('a'), node('b', { costPerHour: 2 })],
  deployments: [{ id: 'd', demand: { cpu: 1 }, moveCost: 3 }],
  replicas: running('d', 'a', 'b')
}
const moves = { objective: { horizonHours: null, moveCostPrice: 2 } }

describe.each([
  ['saving per move', { minSavingPerMove: 1.9 }, { minSavingPerMove: 2.1 }],
  ['payback', { paybackHours: 3.1 }, { paybackHours: 2.9 }]
])('a gate on the %s', (_name, open, shut) => {
  test('lets through what repays', async () => {
    const { cost } = await planned({ ...cluster, ...moves, gate: open })
    expect(cost).toBe(1)
  })

  test('stops what does not: everything stays, and a note says why', async () => {
    const { cost, result, homeOf } = await planned({ ...cluster, ...moves, gate: shut })
    expect(cost).toBe(3)
    expect([homeOf('d-0'), homeOf('d-1')]).toEqual(['a', 'b'])
    expect(result.objective?.migrations).toBe(0)
    expect(result.explanation.notes?.join()).toMatch(/gate/)
    expect(result.explanation.nodes?.map(({ code }) => code)).toEqual(['gate', 'gate'])
  })
})

test('a gate does not stand before what must be done', async () => {
  const { homeOf } = await planned({
    ...cluster,
    nodes: [node('a'), node('b', { mustEmpty: true })],
    gate: { minSavingPerMove: 100 }
  })
  expect(homeOf('d-1')).toBe('a')
})
