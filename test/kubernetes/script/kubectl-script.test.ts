import { spawn, spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { InputError } from '../../../models/contract/parse.js'
import type { ProblemInput } from '../../../models/contract/problem.js'
import { importKubernetes, readKubernetes } from '../../../src/adapters/kubernetes/index.js'
import { sequence } from '../../../src/index.js'
import { renderKubectlScript } from '../../../src/report/script/kubectl/render-kubectl-script.js'
import { findTool, needTool } from '../../needed-tools.js'
import { makeFolder } from '../../scratch-folder.js'
import { fastClock } from '../api-server/clock.js'
import { DEPLOYMENTS, NODES, REPLICATION_CONTROLLERS } from '../api-server/control/world.js'
import { kubectls } from '../api-server/kubectl.js'
import type { Node, Workload } from '../api-server/objects/objects.js'
import { sampleBudget, sampleNode, sampleWorkload } from '../api-server/objects/samples.js'
import {
  configFor,
  type DrivenWorld,
  makeWorld,
  planTo,
  problemOf,
  watchReady,
  whereRuns
} from '../driver/driven-world.js'

interface Answer {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

/** A script in a folder of its own, run again and again against a cluster. */
function lay(script: string, world: DrivenWorld, kubectl: string): (...words: string[]) => Promise<Answer> {
  const folder = makeFolder()
  writeFileSync(join(folder, 'migrate.sh'), script)
  writeFileSync(join(folder, 'config'), world.kubeconfig())
  const env = {
    ...process.env,
    KUBECONFIG: join(folder, 'config'),
    HOME: folder,
    KUBECTL: kubectl,
    MIGRATION_TIMEOUT: '20'
  }
  return (...words) =>
    new Promise((resolve) => {
      const child = spawn('/bin/sh', ['migrate.sh', ...words], { cwd: folder, env })
      let stdout = ''
      let stderr = ''
      child.stdout.on('data', (chunk) => {
        stdout += chunk
      })
      child.stderr.on('data', (chunk) => {
        stderr += chunk
      })
      child.on('close', (status) => resolve({ status, stdout, stderr }))
    })
}

const worlds: DrivenWorld[] = []
afterEach(async () => {
  for (const world of worlds.splice(0)) await world.close()
})

/** `others`: whether there is more than one Deployment. */
async function smallWorld(others = true) {
  const world = await makeWorld(
    {
      clock: fastClock(100),
      objects: [
        ...['n1', 'n2', 'n3'].map((name) => sampleNode(name)),
        sampleWorkload('web', { replicas: 2 }),
        sampleBudget('web', 'web', { minAvailable: 2 }),
        ...(others
          ? [
              sampleWorkload('db', { kind: 'StatefulSet', replicas: 1 }),
              sampleWorkload('agent', { kind: 'DaemonSet', cpu: 0 })
            ]
          : [])
      ]
    },
    new Map([
      ['web', ['n1', 'n3']],
      ['db', ['n1']]
    ])
  )
  worlds.push(world)
  const problem = problemOf(world)
  const result = await planTo(problem, 'n1', { web: ['n2'], db: ['n3'] })
  world.steer.set('web', ['n2'])
  world.steer.set('db', ['n3'])
  return { world, problem, result, script: renderKubectlScript(problem, result) }
}

describe('with kubectl', () => {
  needTool('kubectl')
  const [first, ...rest] = kubectls()
  const some = [first, rest[0]].flatMap((each) => (each === undefined ? [] : [each]))

  test.each(some)('%s carries a plan out, and once is enough', async (_, kubectl) => {
    const { world, script } = await smallWorld()
    const run = lay(script, world, kubectl)
    const shown = await run()
    expect(shown).toMatchObject({ status: 0, stderr: expect.stringContaining('Nothing was done: sh migrate.sh run') })
    expect(shown.stdout).toContain('cordon n1')
    expect(world.server.heard).toEqual([])
    const { shortages } = watchReady(world, { web: 2 })
    const done = await run('run')
    expect(done.stderr).toMatch(/done: \d+ of \d+ steps/)
    expect(done.status).toBe(0)
    expect(shortages).toEqual([])
    expect(whereRuns(world, 'web')).toEqual(['n2', 'n3'])
    expect(whereRuns(world, 'db')).toEqual(['n3'])
    expect(world.workload('web').spec.replicas).toBe(2)
    expect(world.node('n1').spec.unschedulable).toBe(true)
    const writes = () => world.server.heard.filter(({ method }) => method !== 'GET').length
    const before = writes()
    expect((await run('run')).status).toBe(0)
    expect(writes()).toBe(before)
  })

  test('a pod that the scheduler puts elsewhere is taken back, and the script goes on when it is run again', async () => {
    const { world, script } = await smallWorld(false)
    world.steer.set('web', ['n3', 'n2'])
    const run = lay(script, world, some.at(-1)?.[1] ?? '')
    const { shortages } = watchReady(world, { web: 2 })
    const stopped = await run('run')
    expect(stopped).toMatchObject({ status: 1, stderr: expect.stringContaining('on another node than n2') })
    expect(world.workload('web').spec.replicas).toBe(2)
    expect(whereRuns(world, 'web')).toEqual(['n1', 'n3'])
    expect((await run('run')).status).toBe(0)
    expect(whereRuns(world, 'web')).toEqual(['n2', 'n3'])
    expect(shortages).toEqual([])
  })

  test('a pod of a ReplicationController is surged, and one of a custom controller evicted', async () => {
    const owner = { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', name: 'api', uid: 'rollout', controller: true }
    const set = sampleWorkload('api', { kind: 'ReplicaSet', replicas: 2, owner })
    const world = await makeWorld(
      {
        clock: fastClock(100),
        objects: [
          ...['n1', 'n2', 'n3'].map((name) => sampleNode(name)),
          sampleWorkload('web', { kind: 'ReplicationController', replicas: 2 }),
          { ...set, metadata: { ...set.metadata, name: 'api-5d4f9' } }
        ]
      },
      new Map([
        ['web', ['n1', 'n3']],
        ['api', ['n1', 'n3']]
      ])
    )
    worlds.push(world)
    const options = { movableControllers: ['Rollout'] }
    const documents = await readKubernetes({ kubeConfig: configFor(world) })
    const { problem } = importKubernetes(documents, { ...options, unknownPrice: 1 })
    const result = await planTo(problem, 'n1', { web: ['n2'], api: ['n2'] })
    world.steer.set('web', ['n2'])
    world.steer.set('api', ['n2'])
    const run = lay(renderKubectlScript(problem, result, options), world, some.at(-1)?.[1] ?? '')
    const { shortages } = watchReady(world, { web: 2, api: 1 })
    expect(await run('run')).toMatchObject({ status: 0, stderr: expect.stringMatching(/done: \d+ of \d+ steps/) })
    expect(shortages).toEqual([])
    expect(whereRuns(world, 'web')).toEqual(['n2', 'n3'])
    expect(whereRuns(world, 'api')).toEqual(['n2', 'n3'])
    expect(world.workload('web', REPLICATION_CONTROLLERS).spec.replicas).toBe(2)
  })

  test('pods that wait are waited for, whichever of them comes where one is planned', async () => {
    const world = await makeWorld({
      clock: fastClock(100),
      objects: [
        ...['n1', 'n2'].map((name) => ({ ...sampleNode(name), spec: { unschedulable: true } })),
        sampleWorkload('web', { replicas: 2 })
      ]
    })
    worlds.push(world)
    const problem = problemOf(world)
    const placement = problem.replicas.map(({ id: replica }, index) => ({ replica, node: `n${index + 1}` }))
    const result = await sequence(problem, { schemaVersion: 1, placement })
    world.steer.set('web', ['n2', 'n1'])
    for (const node of world.store.list<Node>(NODES)) {
      world.store.change<Node>(NODES, node, (draft) => {
        draft.spec.unschedulable = false
      })
    }
    const run = lay(renderKubectlScript(problem, result), world, some.at(-1)?.[1] ?? '')
    expect(await run('run')).toMatchObject({ status: 0 })
    expect(world.pods('web').map(({ metadata, spec }) => [`default/${metadata.name}`, spec.nodeName])).toEqual(
      placement.map(({ replica }, index) => [replica, `n${2 - index}`])
    )
  })

  test('pods that waited and have come by themselves stand for one of the plan each, and none for the one more', async () => {
    const world = await makeWorld(
      {
        clock: fastClock(100),
        objects: [
          sampleNode('n1', { cpu: 1.5 }),
          { ...sampleNode('n2', { cpu: 2.5 }), spec: { unschedulable: true } },
          { ...sampleNode('n3'), spec: { unschedulable: true } },
          sampleWorkload('web', { replicas: 3, cpu: 1 })
        ]
      },
      new Map([['web', ['n1']]])
    )
    worlds.push(world)
    const read = problemOf(world)
    const problem = {
      ...read,
      nodes: read.nodes.map((node) => ({ ...node, capacity: { cpu: 8 }, releasable: node.id === 'n1' }))
    }
    const placement = problem.replicas.map(({ id: replica }) => ({ replica, node: 'n2' }))
    const result = await sequence(problem, { schemaVersion: 1, placement })
    const open = (name: string, cpu: string) =>
      world.store.change<Node>(NODES, world.node(name), (draft) => {
        draft.spec.unschedulable = false
        draft.status.allocatable.cpu = cpu
      })
    open('n2', '2.5')
    await world.clock.sleep(60_000)
    expect(whereRuns(world, 'web')).toEqual(['n1', 'n2', 'n2'])
    open('n3', '8')
    const before = world.pods('web').map(({ metadata }) => metadata.name)
    const run = lay(renderKubectlScript(problem, result), world, some.at(-1)?.[1] ?? '')
    const stopped = await run('run')
    expect(stopped).toMatchObject({ status: 1, stderr: expect.stringContaining('on another node than n2') })
    expect(world.workload('web').spec.replicas).toBe(3)
    expect(world.pods('web').map(({ metadata }) => metadata.name)).toEqual(before)
    open('n2', '8')
    world.steer.set('web', ['n2'])
    expect(await run('run')).toMatchObject({ status: 0 })
    expect(whereRuns(world, 'web')).toEqual(['n2', 'n2', 'n2'])
    expect(world.pods('web').map(({ metadata }) => Object.keys(metadata.annotations ?? {}))).toEqual(
      Array(3).fill(['replica-compactor/claim'])
    )
  })

  test('where somebody else scales the script ends', async () => {
    const { world, script } = await smallWorld(false)
    world.store.change<Workload>(DEPLOYMENTS, world.workload('web'), (draft) => {
      draft.spec.replicas = 4
    })
    const run = lay(script, world, some.at(-1)?.[1] ?? '')
    expect(await run('run')).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('default/deployment/web has 4 replicas, expected 2: somebody else scales it')
    })
    expect(world.workload('web').spec.replicas).toBe(4)
  })
})

test('is shell, says what it takes, and has no place for other words', async () => {
  const { world, script } = await smallWorld()
  const path = join(makeFolder(), 'migrate.sh')
  writeFileSync(path, script)
  for (const shell of ['sh', 'dash', 'bash'].filter((each) => spawnSync(each, ['-c', ':']).status === 0)) {
    expect(spawnSync(shell, ['-n', path], { encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' })
  }
  const run = lay(script, world, findTool('kubectl') ?? 'kubectl')
  expect(await run('now')).toMatchObject({ status: 2, stderr: expect.stringContaining('found now, expected nothing') })
})

const surging: ProblemInput = {
  schemaVersion: 1,
  nodes: ['n1', 'n2'].map((id) => ({ id, capacity: { cpu: 4 }, costPerHour: 1 })),
  deployments: [{ id: 'default/statefulset/db', demand: { cpu: 1 } }],
  replicas: [{ id: 'default/db-0', deployment: 'default/statefulset/db', node: 'n1' }]
}

test.each<[string, string, string, RegExp]>([
  ['default/statefulset/db', 'default/db-0', 'n2', /before it stops.*StatefulSet.*stop-first/s],
  ['default/pod/solo', 'default/solo', 'n2', /found "default\/pod\/solo", expected a Deployment/],
  [
    'default/rollout/web',
    'default/web-0',
    'n2',
    /found "default\/rollout\/web".*makes evicted pods anew, name its kind in the option movableControllers/
  ],
  ['web', 'web-0', 'n2', /found "web", expected a Deployment/],
  ['default/deployment/web', 'default/$(reboot)', 'n2', /a name of Kubernetes/],
  ['default/deployment/web', 'default/web-0', 'n2|x', /plan\.steps\[\d\]\.node.*a name of Kubernetes/s]
])('a plan of %s with %s to %s is refused', async (deployment, replica, node, message) => {
  const problem: ProblemInput = {
    ...surging,
    nodes: ['n1', node].map((id) => ({ id, capacity: { cpu: 4 }, costPerHour: 1 })),
    deployments: [{ id: deployment, demand: { cpu: 1 } }],
    replicas: [{ id: replica, deployment, node: 'n1' }]
  }
  const result = await sequence(problem, { schemaVersion: 1, placement: [{ replica, node }] })
  expect(() => renderKubectlScript(problem, result)).toThrow(InputError)
  expect(() => renderKubectlScript(problem, result)).toThrow(message)
})

test('of a custom controller no pod more is asked for, and none less', async () => {
  const deployment = { id: 'default/rollout/web', demand: { cpu: 1 } }
  const options = { movableControllers: ['Rollout'] }
  const runs = { id: 'default/web-0', deployment: deployment.id, node: 'n1' }
  const placement = [{ replica: runs.id, node: 'n2' }]
  const more: ProblemInput = { ...surging, deployments: [deployment], replicas: [runs] }
  const moved = await sequence(more, { schemaVersion: 1, placement })
  expect(() => renderKubectlScript(more, moved, options)).toThrow(
    /expected a stop before the start, as how many pods a rollout has is its own to say/
  )
  const deployments = [{ ...deployment, replicas: 1 }]
  const fewer: ProblemInput = { ...surging, deployments, replicas: [runs, { ...runs, id: 'default/web-1' }] }
  const ended = await sequence(fewer, { schemaVersion: 1, placement: [{ replica: runs.id, node: 'n1' }] })
  expect(() => renderKubectlScript(fewer, ended, options)).toThrow(
    /found an end of default\/web-1 without another in its place/
  )
})
