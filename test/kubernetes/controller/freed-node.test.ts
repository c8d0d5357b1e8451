import { afterEach, expect, test } from 'vitest'
import {
  importKubernetes,
  type KubernetesImportOptions,
  kubernetesDriver,
  readKubernetes
} from '../../../src/adapters/kubernetes/index.js'
import { type ControllerEvent, createController } from '../../../src/controller/index.js'
import { execute } from '../../../src/execution/execute.js'
import { memoryJournal } from '../../../src/execution/journal.js'
import { compact } from '../../../src/index.js'
import { sampleNode, sampleWorkload } from '../api-server/objects/samples.js'
import { configFor, type DrivenWorld, driverFor, makeWorld, watchReady, whereRuns } from '../driver/driven-world.js'
import { smallMove } from '../driver/small-move.js'

let world: DrivenWorld
afterEach(() => world.close())

/** Lets a controller act until something has happened, in the time of the cluster. */
async function control(
  until: (event: ControllerEvent) => boolean,
  options: KubernetesImportOptions = {}
): Promise<ControllerEvent[]> {
  const { clock } = world
  const kubeConfig = configFor(world)
  const events: ControllerEvent[] = []
  const stop = new AbortController()
  const controller = createController({
    read: async (signal) =>
      importKubernetes(await readKubernetes({ kubeConfig, signal }), { unknownPrice: 1, ...options }),
    driver: (problem) => kubernetesDriver({ problem, kubeConfig, clock }),
    policy: { mode: 'execute', cooldown: { deploymentSeconds: 600, nodeSeconds: 300 } },
    clock,
    // Planning takes no time of the cluster.
    compact: async (problem, given) => {
      const end = clock.beginRequest()
      try {
        return await compact(problem, { ...given, workLimit: 20 })
      } finally {
        end()
      }
    },
    onEvent: (event) => {
      events.push(event)
      if (event.kind === 'planned') steer(event)
      if (until(event)) stop.abort()
    }
  })
  clock.after(7_200_000, () => stop.abort())
  await clock.run(controller.run(stop.signal))
  return events
}

/** The scheduler obeys. */
function steer({ result }: Extract<ControllerEvent, { kind: 'planned' }>): void {
  world.steer.clear()
  for (const step of result.plan.steps) {
    if (step.action !== 'start') continue
    const app = step.expects?.deployment.split('/').at(-1) ?? ''
    world.steer.set(app, [...(world.steer.get(app) ?? []), step.node])
  }
}

const hasKept = ({ kind }: ControllerEvent) => kind === 'kept'

test('a controller reads a cluster through the API, frees a node, and leaves it alone then', async () => {
  world = await makeWorld({
    objects: [
      ...['n1', 'n2', 'n3'].map((name) => sampleNode(name, { cpu: 4 })),
      sampleWorkload('web', { replicas: 3 }),
      sampleWorkload('agent', { kind: 'DaemonSet', cpu: 0 })
    ]
  })
  const { shortages } = watchReady(world, { web: 3 })
  let hasMoved = false
  const events = await control((event) => {
    hasMoved ||= event.kind === 'executed'
    return hasMoved && hasKept(event)
  })
  const executed = events.filter((event) => event.kind === 'executed')
  expect(executed.map(({ report }) => report.outcome)).toEqual(['completed'])
  expect(events.filter(({ kind }) => kind === 'failed' || kind === 'reopened')).toEqual([])
  expect(shortages).toEqual([])
  const freed = ['n1', 'n2', 'n3'].filter((name) => !whereRuns(world, 'web').includes(name))
  expect(freed).toHaveLength(2)
  for (const name of freed) {
    expect(world.node(name)).toMatchObject({
      metadata: { annotations: { 'replica-compactor/released': expect.any(String) } },
      spec: { unschedulable: true }
    })
  }
})

test('what an autoscaler scales moves by evictions, where it may stop first', async () => {
  world = await makeWorld({
    objects: [
      ...['n1', 'n2'].map((name) => sampleNode(name, { cpu: 4 })),
      sampleWorkload('web', { replicas: 2 }),
      {
        apiVersion: 'autoscaling/v2',
        kind: 'HorizontalPodAutoscaler',
        metadata: { name: 'web', namespace: 'default' },
        spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' } }
      }
    ]
  })
  expect((await control(hasKept)).filter(({ kind }) => kind === 'executing')).toEqual([])
  const events = await control(({ kind }) => kind === 'executed', { withoutSurge: 'stop-first' })
  const [executed] = events.filter((event) => event.kind === 'executed')
  expect(executed?.report.outcome).toBe('completed')
  expect(new Set(whereRuns(world, 'web')).size).toBe(1)
  expect(world.server.heard.filter(({ path, method }) => path.endsWith('/eviction') && method === 'POST')).toHaveLength(
    1
  )
})

test('what a controller has left that crashed without a journal is settled by the next one', async () => {
  const small = await smallMove()
  world = small.world
  const kept = memoryJournal()
  const crash = new AbortController()
  let written = 0
  const append: typeof kept.append = async (entry) => {
    await kept.append(entry)
    if (++written === 8) crash.abort()
  }
  const journal = { read: () => kept.read(), append }
  const driver = driverFor(world, small.problem)
  await world.clock.run(execute(small.result, driver, { clock: world.clock, journal, abandon: crash.signal }))
  await world.clock.run(world.clock.sleep(20_000))
  expect(world.workload('web').spec.replicas).toBe(3)
  expect(world.node('n1').spec.unschedulable).toBe(true)
  const { shortages } = watchReady(world, { web: 2 })
  const events = await control(hasKept)
  expect(events.filter(({ kind }) => kind === 'failed')).toEqual([])
  expect(events.find((event) => event.kind === 'reopened')?.nodes).toEqual(['n1'])
  expect(world.workload('web').spec.replicas).toBe(2)
  expect(world.workload('web').metadata.annotations ?? {}).toEqual({})
  expect(new Set(whereRuns(world, 'web')).size).toBe(1)
  expect(shortages).toEqual([])
})
