import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeEach, describe, expect, it } from 'vitest'
import { importKubernetes, type KubernetesImport } from '../../../src/adapters/kubernetes/import/import-kubernetes.js'
import type { KubernetesImportOptions } from '../../../src/adapters/kubernetes/import/options.js'
import { compact } from '../../../src/compact.js'
import { readYamlDocuments } from '../../../src/input/read-yaml.js'
import { codesOf, deploymentOf, nodeOf } from './cluster-objects.js'

const fixtures = fileURLToPath(new URL('../../../fixtures/kubernetes', import.meta.url))
const shared = process.env.SHARED_FOLDER

function importFiles(files: readonly string[], options: KubernetesImportOptions = {}): KubernetesImport {
  const documents = files.flatMap((file) => {
    const text = readFileSync(file, 'utf8')
    const values = file.endsWith('.json') ? [JSON.parse(text)] : readYamlDocuments(text)
    return values.map((value) => ({ name: basename(file), value }))
  })
  return importKubernetes(documents, { unknownPrice: 1, ...options })
}

const importFixtures = (...names: string[]) => importFiles(names.map((name) => join(fixtures, name)))

/** All YAML files below a folder. */
function yamlBelow(folder: string): string[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  return names
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => join(folder, name))
    .sort()
}

describe('real snapshots', () => {
  it('of Honeycomb: two typed lists, in which owners are concluded from names', () => {
    const imported = importFixtures('honeycomb-nodes.json', 'honeycomb-pods.json')
    expect(imported.report.read).toEqual({ Node: 2, Pod: 11 })
    expect(imported.report.imported).toEqual({ nodes: 2, deployments: 6, replicas: 6 })
    // 7910m and 31127824Ki, less 100m and 100Mi of speaker and 250m of calico.
    expect(nodeOf(imported, 'duckboat-01').capacity).toEqual({ cpu: 7.56, memory: (31127824 - 100 * 1024) / 2 ** 20 })
    expect(nodeOf(imported, 'duckboat-01').acceptsReplicas).toBe(false)
    expect(codesOf(imported.report.pinned, 'olly/grafana')).toEqual(['local-storage', 'persistent-volume'])
    expect(imported.report.leftOut.map(({ code }) => code)).toEqual(Array(5).fill('belongs-to-node'))
    expect(deploymentOf(imported, 'metallb-system/deployment/controller').demand).toEqual({
      cpu: 0.1,
      memory: 100 / 1024
    })
  })

  it('of several clouds: nodes without pods are a fleet', () => {
    const imported = importFixtures('troubleshoot-nodes.json')
    expect(imported.report.imported).toEqual({ nodes: 7, deployments: 0, replicas: 0 })
    expect(nodeOf(imported, 'repldev-marc').capacity).toEqual({ cpu: 8, memory: 30770604 / 2 ** 20 })
    expect(nodeOf(imported, 'ip-172-31-21-92').capacity).toEqual({ cpu: 1, memory: 16064760 / 2 ** 20, gpu: 1 })
    expect(nodeOf(imported, 'smallnode-3i74t').type).toBe('s-1vcpu-2gb')
  })

  it('of a trace: nodes whose GPUs are shared by thousandths', () => {
    const imported = importFixtures('openb-nodes.yaml')
    expect(imported.report.imported.nodes).toBe(20)
    expect(nodeOf(imported, 'openb-node-0000')).toMatchObject({
      capacity: { cpu: 64, memory: 256, gpu: 2 },
      labels: { 'alibabacloud.com/gpu-card-model': 'P100' }
    })
  })
})

describe('workloads to be applied', () => {
  it('with parts of GPUs by memory', async () => {
    const imported = importFixtures('open-simulator-gpushare.yaml')
    expect(imported.report.imported).toEqual({ nodes: 2, deployments: 1, replicas: 0 })
    // 10240Mi of each GPU of the smaller kind: 64640Mi by four.
    const part = 10240 / (64640 / 4)
    expect(deploymentOf(imported, 'pai-gpu/replicaset/gpu-rs-03')).toMatchObject({
      replicas: 6,
      demand: { cpu: 8, memory: 18, gpu: part }
    })
    expect(codesOf(imported.report.leftOut, 'pai-gpu/gpu-pod-00')).toEqual(['bare-pod'])
    const { placement, unplaced } = await compact(imported.problem, { solver: 'greedy', workLimit: 1000, threads: 1 })
    // Six devices, and no two of the six pods fit on one.
    expect([placement.length, unplaced.length]).toEqual([6, 0])
  })

  it('with taints, affinity and DaemonSets', async () => {
    const imported = importFixtures('open-simulator-demo.yaml')
    expect(imported.report.read).toMatchObject({ Node: 5, DaemonSet: 4, Deployment: 5, StatefulSet: 5, Job: 1 })
    expect(deploymentOf(imported, 'default/deployment/webapp-deploy')).toMatchObject({
      replicas: 8,
      demand: { cpu: 8, memory: 16 },
      drainSeconds: 5
    })
    expect(nodeOf(imported, 'fake-node').capacity).toEqual({ cpu: 79.5, memory: 255.5 })
    expect(nodeOf(imported, 'master-1')).toMatchObject({
      releasable: false,
      labels: { 'taint:node-role.kubernetes.io/master:NoSchedule': 'true' }
    })
    expect(codesOf(imported.report.leftOut, 'default/nginx-lvm')).toEqual(['persistent-volume'])
    const result = await compact(imported.problem, { solver: 'greedy', workLimit: 1000, threads: 1 })
    expect(result.primalStatus).toBe('feasible')
    expect(result.placement.length).toBeGreaterThan(0)
  })
})

describe('the dumps in SHARED_FOLDER import whole', () => {
  beforeEach(({ skip }) => skip(shared === undefined, 'needs the shared data: name their folder in SHARED_FOLDER'))
  const data = (...names: string[]) => names.map((name) => join(shared ?? '', 'data', name))

  it.each([
    [['kubernetes/honeycomb/nodes.json', 'kubernetes/honeycomb/pods.json'], { nodes: 2, deployments: 6, replicas: 6 }],
    [['kubernetes/troubleshoot/nodes.json'], { nodes: 7, deployments: 0, replicas: 0 }],
    [['kubernetes/troubleshoot/bundle-nodes.json'], { nodes: 6, deployments: 0, replicas: 0 }],
    [['openb/openb_node_list_gpu_node.yaml'], { nodes: 1213, deployments: 0, replicas: 0 }]
  ])('%j', (files, counts) => {
    expect(importFiles(data(...files)).report.imported).toEqual(counts)
  })

  it('openb has as many GPUs as the trace says', () => {
    const { problem } = importFiles(data('openb/openb_node_list_gpu_node.yaml'))
    expect(problem.nodes.reduce((sum, { capacity }) => sum + (capacity.gpu ?? 0), 0)).toBe(6212)
  })

  it('pods of one cluster beside nodes of another are left out on demand', () => {
    const files = data('kubernetes/troubleshoot/nodes.json', 'kubernetes/honeycomb/pods.json')
    expect(() => importFiles(files)).toThrow('"duckboat-01", which is not among the nodes')
    expect(importFiles(files, { unknownNodes: 'leave-out' }).report.imported).toEqual({
      nodes: 7,
      deployments: 0,
      replicas: 0
    })
  })

  it.each([
    ['cluster/demo_1', ['application/simple', 'application/complicate', 'application/open_local']],
    ['cluster/demo_1', ['application/simple', 'application/more_pods']],
    ['cluster/gpushare', ['application/gpushare', 'newnode/gpushare']]
  ])('open-simulator %s with %j', (cluster, apps) => {
    const folders = data(...[cluster, ...apps].map((folder) => `kubernetes/open-simulator/example/${folder}`))
    const { report } = importFiles(folders.flatMap(yamlBelow))
    expect(report.imported.nodes).toBe(report.read.Node)
    expect(report.imported.deployments).toBeGreaterThan(0)
  })
})
