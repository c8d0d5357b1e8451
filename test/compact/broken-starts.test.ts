import { describe, expect, test } from 'vitest'
import { node, planned, running } from './planned.js'

const web = { id: 'web', demand: { cpu: 3 } }
const apart = [{ kind: 'anti-affinity' as const, deployments: ['web'], topologyKey: 'node' }]

describe('where there is room, what is broken is repaired at its price', () => {
  test('an overfull node', async () => {
    const { result, cost } = await planned({
      nodes: [node('a'), node('b', { costPerHour: 50 })],
      deployments: [web],
      replicas: running('web', 'a', 'a')
    })
    expect(cost).toBe(51)
    expect(result.violations).toEqual([])
  })

  test('broken anti-affinity', async () => {
    const { result, homeOf } = await planned({
      nodes: [node('a', { capacity: { cpu: 9 } }), node('b')],
      deployments: [web],
      replicas: running('web', 'a', 'a'),
      rules: apart
    })
    expect(result.violations).toEqual([])
    expect(homeOf('web-0')).not.toBe(homeOf('web-1'))
  })

  test('a device held by two', async () => {
    const { result } = await planned({
      nodes: [node('a', { capacity: { gpu: 2 } }), node('b', { capacity: { gpu: 2 } })],
      deployments: [{ id: 'web', demand: { gpu: 1 } }],
      replicas: ['web-0', 'web-1'].map((id) => ({ id, deployment: 'web', node: 'a', devices: { gpu: [0] } }))
    })
    expect(result.violations).toEqual([])
    const seats = result.placement.map(({ node: home, devices }) => `${home} ${devices?.gpu}`)
    expect(new Set(seats).size).toBe(2)
  })

  test('a spread', async () => {
    const { result } = await planned({
      nodes: [node('a', { labels: { zone: 'x' } }), node('b', { labels: { zone: 'y' } })],
      deployments: [{ id: 'web', demand: { cpu: 1 } }],
      replicas: running('web', 'a', 'a'),
      rules: [{ kind: 'spread', deployments: ['web'], topologyKey: 'zone', minDomains: 2 }]
    })
    expect(result.violations).toEqual([])
    expect(result.objective?.migrations).toBe(1)
  })
})

describe('what cannot be repaired is listed, and nothing is made worse', () => {
  test('because of pins', async () => {
    const { result } = await planned({
      nodes: [node('a', { capacity: { cpu: 9 } }), node('b')],
      deployments: [{ ...web, movable: false }],
      replicas: running('web', 'a', 'a'),
      rules: apart
    })
    expect(result.violations).toMatchObject([{ code: 'anti-affinity', amount: 1 }])
    expect(result.objective?.migrations).toBe(0)
  })

  test('for lack of budget', async () => {
    const { result } = await planned({
      nodes: [node('a'), node('b')],
      deployments: [web],
      replicas: running('web', 'a', 'a'),
      budget: { maxMigrations: 0 }
    })
    expect(result.violations.map(({ code }) => code)).toContain('capacity')
  })

  test('for lack of room, and then the plan is partial', async () => {
    const { result } = await planned({
      nodes: [node('a')],
      deployments: [web],
      replicas: running('web', 'a', 'a')
    })
    expect(result.violations.map(({ code }) => code)).toContain('capacity')
    expect(result.plan.status).toBe('partial')
  })
})
