import { describe, expect, it } from 'vitest'
import {
  codesOf,
  deploymentOf,
  faultsOf,
  importObjects,
  makeDeployment,
  makeNode,
  makeSpec
} from './cluster-objects.js'

const gpuNode = (name: string, gpu: Record<string, string>, labels: Record<string, string> = {}) =>
  makeNode(name, { labels, status: { allocatable: { cpu: '64', memory: '256Gi', ...prefixed(gpu) } } })
const prefixed = (parts: Record<string, string>) =>
  Object.fromEntries(Object.entries(parts).map(([key, value]) => [`alibabacloud.com/gpu-${key}`, value]))
const share = (parts: Record<string, string>) => ({ annotations: prefixed(parts) })
const id = 'default/deployment/web'

describe('parts of a GPU', () => {
  it.each([
    [{ milli: '460', count: '1' }, 0.46],
    [{ milli: '460' }, 0.46],
    [{ milli: '1000', count: '4' }, 4],
    [{ milli: '1000' }, 1],
    [{ milli: '500', count: '2' }, 2],
    [{ milli: '0', count: '2' }, undefined]
  ])('in thousandths, %j, are %d of the devices', (parts, gpu) => {
    const imported = importObjects([
      gpuNode('n', { count: '8', milli: '8000' }),
      ...makeDeployment('web', ['n'], { spec: makeSpec({}), ...share(parts) })
    ])
    expect(deploymentOf(imported, id).demand.gpu).toBe(gpu)
  })

  it('in memory are parts of the smallest device that is large enough', () => {
    const nodes = [
      gpuNode('small', { count: '2', mem: '8Gi' }),
      gpuNode('mid', { count: '2', mem: '32Gi' }),
      gpuNode('big', { count: '1', mem: '80Gi' })
    ]
    const imported = importObjects([
      ...nodes,
      ...makeDeployment('web', ['mid'], { spec: makeSpec({}), ...share({ mem: '8Gi' }) })
    ])
    expect(deploymentOf(imported, id)).toMatchObject({
      demand: { gpu: 0.5 },
      nodeSelector: { 'gpu:memory-per-device': [String(16 * 2 ** 30), String(80 * 2 ** 30)] }
    })
    expect(codesOf(imported.report.adapted, 'default/web')).toEqual(['gpu-memory-part'])
  })

  it('that fill a larger device now do not count as more than there is', () => {
    const nodes = [gpuNode('mid', { count: '1', mem: '16Gi' }), gpuNode('big', { count: '1', mem: '32Gi' })]
    const { problem } = importObjects([
      ...nodes,
      ...makeDeployment('web', ['big', 'big', 'big', 'big'], { spec: makeSpec({}), ...share({ mem: '8Gi' }) })
    ])
    expect(problem.deployments[0]).toMatchObject({
      demand: { gpu: 0.25 },
      nodeSelector: { 'gpu:memory-per-device': [String(32 * 2 ** 30)] }
    })
  })

  it('are on the devices that the annotation names', () => {
    const held = (index: string) => {
      const parts = { milli: '1000', count: '2', index }
      return importObjects([
        gpuNode('n', { count: '4' }),
        ...makeDeployment('web', ['n'], { spec: makeSpec({}), ...share(parts) })
      ])
    }
    expect(held('2-3').problem.replicas[0]?.devices).toEqual({ gpu: [2, 3] })
    for (const wrong of ['2', '3-4', '1-1']) {
      expect(held(wrong).problem.replicas[0]?.devices).toBeUndefined()
      expect(codesOf(held(wrong).report.adapted, 'default/web-abc12-0')).toEqual(['gpu-index'])
    }
  })

  it('are on cards of the models that the annotation names', () => {
    const parts = { milli: '500', 'card-model': 'V100M16|T4' }
    const imported = importObjects([
      gpuNode('n', { count: '4' }, { 'alibabacloud.com/gpu-card-model': 'T4' }),
      ...makeDeployment('web', ['n'], { spec: makeSpec({}), ...share(parts) })
    ])
    expect(deploymentOf(imported, id).nodeSelector).toEqual({ 'alibabacloud.com/gpu-card-model': ['V100M16', 'T4'] })
  })

  it('are refused where they are no amounts', () => {
    const objects = (parts: Record<string, string>) => [
      gpuNode('n', { count: '4' }),
      ...makeDeployment('web', ['n'], { spec: makeSpec({}), ...share(parts) })
    ]
    expect(faultsOf(() => importObjects(objects({ milli: 'half' })))).toHaveLength(1)
    expect(faultsOf(() => importObjects(objects({ milli: '1500' })))).toEqual([
      'cluster.json: items[3].metadata.annotations["alibabacloud.com/gpu-milli"]: 1500'
    ])
  })
})
