import { expect, test } from 'vitest'
import { planOf } from './plan-of.js'
import { replica } from './small-clusters.js'

const gpuNode = (id: string, gpu: number) => ({ id, capacity: { gpu }, costPerHour: 1 })
const share = (id: string, gpu: number) => ({ id, demand: { gpu } })

test('an arrival takes devices that are free already instead of waiting for those of the target', () => {
  const plan = planOf(
    {
      nodes: [gpuNode('a', 2), gpuNode('b', 1), gpuNode('c', 1)],
      deployments: [share('i', 1), share('j', 1)],
      replicas: [replica('i-0', 'a', { devices: { gpu: [0] } }), replica('j-0', 'b', { devices: { gpu: [0] } })]
    },
    { 'i-0': ['c', [0]], 'j-0': ['a', [0]] }
  )
  expect(plan.violations).toEqual([])
  expect(plan.step('start:j-0@a').after).toEqual(['cordon:b'])
  expect(plan.endOf('j-0')).toEqual(['a', [1]])
})

test('an arrival waits for the device that it needs', () => {
  const plan = planOf(
    {
      nodes: [gpuNode('a', 1), gpuNode('b', 1), gpuNode('c', 1)],
      deployments: [share('i', 0.6), share('j', 0.5), share('k', 0.4)],
      replicas: [
        replica('i-0', 'a', { devices: { gpu: [0] } }),
        replica('j-0', 'b', { devices: { gpu: [0] } }),
        replica('k-0', 'a', { devices: { gpu: [0] } })
      ]
    },
    { 'i-0': ['c', [0]], 'j-0': ['a', [0]], 'k-0': ['a', [0]] }
  )
  expect(plan.violations).toEqual([])
  expect(plan.precedes('stop:i-0@a', 'start:j-0@a')).toBe(true)
  expect(plan.endOf('k-0')).toEqual(['a', [0]])
})

test('fractions of different replicas never share a device beyond it', () => {
  const plan = planOf(
    {
      nodes: [gpuNode('a', 2), gpuNode('b', 3)],
      deployments: [share('i', 0.7), share('j', 0.5), share('k', 0.5)],
      replicas: [
        replica('i-0', 'b', { devices: { gpu: [0] } }),
        replica('j-0', 'b', { devices: { gpu: [1] } }),
        replica('k-0', 'b', { devices: { gpu: [2] } })
      ]
    },
    { 'i-0': ['a', [0]], 'j-0': ['a', [1]], 'k-0': ['a', [1]] }
  )
  expect(plan.violations).toEqual([])
  expect(plan.plan.status).toBe('complete')
  expect(plan.list('release')).toEqual(['b'])
})

test('a target that puts arrivals on devices of those who stay is packed anew', () => {
  const plan = planOf(
    {
      nodes: [gpuNode('a', 2), gpuNode('b', 1)],
      deployments: [share('i', 1), share('j', 1)],
      replicas: [replica('i-0', 'a', { devices: { gpu: [1] } }), replica('j-0', 'b', { devices: { gpu: [0] } })]
    },
    { 'j-0': ['a', [1]] }
  )
  expect(plan.violations).toEqual([])
  expect(plan.endOf('j-0')).toEqual(['a', [0]])
})

test('identical replicas are not relabelled where the one that stays would take devices of others', () => {
  const plan = planOf(
    {
      nodes: [gpuNode('a', 2), gpuNode('b', 2), gpuNode('c', 2)],
      deployments: [share('i', 0.5), share('j', 1)],
      replicas: [
        replica('i-0', 'a', { devices: { gpu: [0] } }),
        replica('i-1', 'b', { devices: { gpu: [0] } }),
        replica('j-0', 'a', { devices: { gpu: [1] } }),
        replica('j-1', 'b', { devices: { gpu: [1] } })
      ]
    },
    { 'i-0': ['b', [0]], 'i-1': ['c', [0]], 'j-1': ['c', [1]] }
  )
  expect(plan.violations).toEqual([])
  expect(plan.migrations).toBe(2)
})

test('an arrival waits until no device of its node is overfull, whichever it takes', () => {
  const plan = planOf(
    {
      nodes: [gpuNode('a', 2), gpuNode('b', 1), gpuNode('c', 1)],
      deployments: [share('i', 0.6), share('j', 0.5)],
      replicas: [
        replica('i-0', 'a', { devices: { gpu: [0] } }),
        replica('i-1', 'a', { devices: { gpu: [0] } }),
        replica('j-0', 'c', { devices: { gpu: [0] } })
      ]
    },
    { 'i-1': ['b', [0]], 'j-0': ['a', [1]] }
  )
  expect(plan.violations).toEqual([])
  expect(plan.plan.status).toBe('complete')
  expect(plan.precedes('stop:i-1@a', 'start:j-0@a')).toBe(true)
  expect(plan.endOf('j-0')).toEqual(['a', [1]])
})
