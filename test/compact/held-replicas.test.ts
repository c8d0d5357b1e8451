import { describe, expect, test } from 'vitest'
import { node, planned, running } from './planned.js'

const cheap = node('cheap')
const dear = node('dear', { costPerHour: 5 })
const deployments = [{ id: 'd', demand: { cpu: 1 }, startupSeconds: 60, drainSeconds: 30 }]

test('a gang stays whole, and the Result says why its node is kept', async () => {
  const { homeOf, result } = await planned({
    nodes: [cheap, dear, node('other', { costPerHour: 4 })],
    deployments,
    replicas: [
      { id: 'd-0', deployment: 'd', node: 'dear', gang: 'g' },
      { id: 'd-1', deployment: 'd', node: 'other', gang: 'g' },
      { id: 'd-2', deployment: 'd', node: 'cheap' }
    ]
  })
  const [first, second] = [homeOf('d-0') !== 'dear', homeOf('d-1') !== 'other']
  expect(first).toBe(second)
  if (!first) {
    expect(result.explanation.nodes).toContainEqual({ node: 'dear', code: 'hosts-gang', replicas: ['d-0'] })
    expect(result.explanation.held).toContainEqual({ replica: 'd-0', code: 'gang' })
  }
})

describe('a pin', () => {
  test.each([
    ['of the replica', deployments, [{ id: 'd-0', deployment: 'd', node: 'dear', movable: false }]],
    ['of its deployment', [{ id: 'd', demand: { cpu: 1 }, movable: false }], running('d', 'dear')]
  ])('%s keeps it where it is', async (_name, pinned, replicas) => {
    const { homeOf, result } = await planned({ nodes: [cheap, dear], deployments: pinned, replicas })
    expect(homeOf('d-0')).toBe('dear')
    expect(result.explanation.nodes).toEqual([{ node: 'dear', code: 'hosts-pinned', replicas: ['d-0'] }])
  })

  test('of a deployment does not hold a replica that may move', async () => {
    const { homeOf } = await planned({
      nodes: [cheap, dear],
      deployments: [{ id: 'd', demand: { cpu: 1 }, movable: false }],
      replicas: [{ id: 'd-0', deployment: 'd', node: 'dear', movable: true }]
    })
    expect(homeOf('d-0')).toBe('cheap')
  })
})

describe('copies in flight', () => {
  test('one that is starting stays and is waited for', async () => {
    const { homeOf, steps, result } = await planned({
      nodes: [cheap, dear],
      deployments,
      replicas: [{ id: 'd-0', deployment: 'd', node: 'dear', state: 'starting' }]
    })
    expect(homeOf('d-0')).toBe('dear')
    expect(steps('start')).toMatchObject([{ replica: 'd-0', node: 'dear' }])
    expect(result.objective?.migrations).toBe(0)
    expect(result.explanation.held).toEqual([{ replica: 'd-0', code: 'starting' }])
  })

  test('one that is draining is stopped, is no migration, and its node is given back', async () => {
    const { homeOf, steps, result } = await planned({
      nodes: [cheap, dear],
      deployments,
      replicas: [
        { id: 'd-0', deployment: 'd', node: 'cheap' },
        { id: 'd-1', deployment: 'd', node: 'dear', state: 'draining', replaces: 'd-0' }
      ]
    })
    expect(homeOf('d-1')).toBeUndefined()
    expect(steps('stop')).toMatchObject([{ replica: 'd-1', node: 'dear' }])
    expect(steps('drain')).toEqual([])
    expect(result.objective?.migrations).toBe(0)
    expect(result.releasedNodes).toEqual(['dear'])
  })

  test('room that a draining copy still holds is used only when it is gone', async () => {
    const { homeOf, steps } = await planned({
      nodes: [node('small', { capacity: { cpu: 1 } }), dear],
      deployments,
      replicas: [
        { id: 'd-0', deployment: 'd', node: 'dear' },
        { id: 'd-1', deployment: 'd', node: 'small', state: 'draining' }
      ]
    })
    expect(homeOf('d-0')).toBe('small')
    const [stopped] = steps('stop').filter((step) => 'node' in step && step.node === 'small')
    expect(steps('start')[0]?.after).toContain(stopped?.id)
  })
})
