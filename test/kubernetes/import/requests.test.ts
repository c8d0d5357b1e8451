import { describe, expect, it } from 'vitest'
import { deploymentOf, faultsOf, importObjects, type Json, makeNode, makePod, makeSpec } from './cluster-objects.js'

const node = makeNode('n', {
  status: {
    allocatable: {
      cpu: '64',
      memory: '256Gi',
      'nvidia.com/gpu': '8',
      'amd.com/gpu': '2',
      'ephemeral-storage': '100Gi',
      'hugepages-2Mi': '1Gi'
    }
  }
})
const demandOf = (spec: Json, status?: Json) =>
  deploymentOf(importObjects([node, makePod('p', { node: 'n', spec, ...(status && { status }) })]), 'default/pod/p')
    .demand
const container = (requests: Json, more: Json = {}) => ({ resources: { requests }, ...more })

describe('what the scheduler reserves for a pod', () => {
  it.each([
    [
      'the sum of its containers',
      { containers: [container({ cpu: '100m', memory: '1Gi' }), container({ cpu: 0.2 })] },
      { cpu: 0.3, memory: 1 }
    ],
    [
      'limits where there is no request',
      { containers: [{ resources: { limits: { cpu: 2, memory: '512Mi' }, requests: { cpu: '1500m' } } }] },
      { cpu: 1.5, memory: 0.5 }
    ],
    [
      'the largest init container',
      { containers: [container({ cpu: 1 })], initContainers: [container({ cpu: 3 }), container({ cpu: 2 })] },
      { cpu: 3 }
    ],
    [
      'sidecars beside its containers',
      {
        containers: [container({ cpu: 1 })],
        initContainers: [container({ cpu: '500m' }, { restartPolicy: 'Always' })]
      },
      { cpu: 1.5 }
    ],
    [
      'init containers beside the sidecars before them',
      {
        containers: [container({ cpu: 1 })],
        initContainers: [
          container({ cpu: 2 }),
          container({ cpu: '500m' }, { restartPolicy: 'Always' }),
          container({ cpu: 2 })
        ]
      },
      { cpu: 2.5 }
    ],
    [
      'what is stated for the whole pod',
      { containers: [container({ cpu: 1, memory: '1Gi' })], resources: { requests: { cpu: 4 } } },
      { cpu: 4, memory: 1 }
    ],
    [
      'its overhead on top',
      { containers: [container({ cpu: 1 })], overhead: { cpu: '250m', memory: '128Mi' } },
      { cpu: 1.25, memory: 0.125 }
    ],
    [
      'devices by their names',
      { containers: [container({ 'nvidia.com/gpu': '2', 'amd.com/gpu': 1 })] },
      { gpu: 2, 'amd.com/gpu': 1 }
    ],
    [
      'bytes in GiB',
      { containers: [container({ 'ephemeral-storage': '10Gi', 'hugepages-2Mi': '512Mi' })] },
      { 'ephemeral-storage': 10, 'hugepages-2Mi': 0.5 }
    ],
    ['nothing', { containers: [{}] }, {}]
  ])('is %s', (_, spec, demand) => {
    expect(demandOf(spec)).toEqual(demand)
  })

  it('is the larger amount while a container is resized in place', () => {
    const spec = { containers: [container({ cpu: 1 }, { name: 'main' })] }
    const status = {
      phase: 'Running',
      containerStatuses: [{ name: 'main', allocatedResources: { cpu: '2' }, resources: { requests: { cpu: '1500m' } } }]
    }
    expect(demandOf(spec, status)).toEqual({ cpu: 2 })
  })

  it.each(['1.5GB', '100 m', '', '-1', '1e999', '0x10', '12e'])('refuses %j, with its place', (cpu) => {
    const objects = [node, makePod('p', { node: 'n', spec: makeSpec({ cpu }) })]
    expect(faultsOf(() => importObjects(objects))).toEqual([
      `cluster.json: items[1].spec.containers[0].resources.requests.cpu: ${JSON.stringify(cpu)}`
    ])
  })
})
