import { KubeConfig } from '@kubernetes/client-node'
import type { ProblemInput } from '../../../models/contract/problem.js'
import type { Result } from '../../../models/contract/result.js'
import { type KubernetesDriverOptions, kubernetesDriver } from '../../../src/adapters/kubernetes/index.js'
import { execute } from '../../../src/execution/execute.js'
import type { ExecuteOptions } from '../../../src/execution/options.js'
import type { ExecutionReport } from '../../../src/execution/report.js'
import { sequence } from '../../../src/index.js'
import { type Cluster, type ClusterOptions, startCluster } from '../api-server/cluster.js'
import { DEPLOYMENTS, NODES, PODS } from '../api-server/control/world.js'
import { IdleClock } from '../api-server/idle-clock.js'
import { isActive, isReady, type Node, type Pod, type Workload } from '../api-server/objects/objects.js'
import { readQuantity } from '../api-server/objects/quantity.js'
import { type Resource, resourceNamed } from '../api-server/objects/resources.js'

/** A cluster in which everything runs, with time that passes when nothing is asked. */
export interface DrivenWorld extends Cluster {
  readonly clock: IdleClock
  /** Nodes for new pods, by app; the scheduler decides where none is named. Each is used once, in turn. */
  readonly steer: Map<string, string[]>
  readonly pods: (app?: string) => Pod[]
  readonly node: (name: string) => Node
  readonly workload: (name: string, resource?: Resource) => Workload
}

/** `steer`: nodes for the first pods. */
export async function makeWorld(options: ClusterOptions, steer = new Map<string, string[]>()): Promise<DrivenWorld> {
  const clock = options.clock ?? new IdleClock()
  const cluster = await startCluster({
    place: (pod, nodes) => {
      const wish = steer.get(pod.metadata.labels?.app ?? '')?.[0]
      if (wish === undefined || !nodes.some(({ metadata }) => metadata.name === wish)) return undefined
      steer.get(pod.metadata.labels?.app ?? '')?.shift()
      return wish
    },
    ...options,
    clock
  })
  await (clock instanceof IdleClock ? clock.run(clock.sleep(120_000)) : clock.sleep(120_000))
  const { store } = cluster
  return {
    ...cluster,
    // A test with another clock is of a program that knows no clock of ours.
    clock: clock as IdleClock,
    steer,
    pods: (app) => store.list<Pod>(PODS).filter(({ metadata }) => app === undefined || metadata.labels?.app === app),
    node: (name) => store.get<Node>(NODES, undefined, name),
    workload: (name, resource = DEPLOYMENTS) => store.get<Workload>(resource, 'default', name)
  }
}

/** The cluster as a Problem; pods of StatefulSets go before others come. */
export function problemOf(world: DrivenWorld, more: Partial<ProblemInput> = {}): ProblemInput {
  const { store } = world
  const pods = world.pods().filter(isActive)
  const workloads = ['deployments', 'replicationcontrollers', 'statefulsets'].flatMap((plural) =>
    store.list<Workload>(resourceNamed(plural))
  )
  const replicas = workloads.flatMap((workload) =>
    pods
      .filter(({ metadata }) => metadata.labels?.app === workload.metadata.name)
      .map(({ metadata, spec }) => ({
        id: `default/${metadata.name}`,
        deployment: idOf(workload),
        node: spec.nodeName ?? null
      }))
  )
  return {
    schemaVersion: 1,
    nodes: store.list<Node>(NODES).map(({ metadata, status }) => ({
      id: metadata.name,
      capacity: { cpu: readQuantity(status.allocatable.cpu ?? '0') },
      costPerHour: 1,
      labels: {}
    })),
    deployments: workloads.map((workload) => ({
      id: idOf(workload),
      replicas: workload.spec.replicas ?? 1,
      demand: { cpu: readQuantity(workload.spec.template.spec.containers[0]?.resources?.requests?.cpu ?? '0') },
      startupSeconds: 20,
      drainSeconds: 20,
      ...(workload.kind !== 'StatefulSet' ? {} : { maxSurge: 0, maxUnavailable: 1 })
    })),
    replicas,
    migration: { rungs: ['reorder', 'relabel', 'delay-release', 'hop', 'cut', 'stop-first'] },
    ...more
  }
}

function idOf({ kind, metadata }: Workload): string {
  return `default/${kind.toLowerCase()}/${metadata.name}`
}

/** The migration that empties a node: its replicas go where `to` says, by app. */
export async function planTo(
  problem: ProblemInput,
  from: string,
  to: Readonly<Record<string, string[]>>
): Promise<Result> {
  const left = structuredClone(to) as Record<string, string[]>
  const placement = problem.replicas.map(({ id, node, deployment }) => {
    const app = deployment.split('/').at(-1) ?? ''
    return { replica: id, node: (node === from ? left[app]?.shift() : node) ?? from }
  })
  return sequence(problem, { schemaVersion: 1, placement })
}

export function configFor(world: Cluster, token?: string): KubeConfig {
  const config = new KubeConfig()
  config.loadFromString(world.kubeconfig(token))
  return config
}

export function driverFor(world: DrivenWorld, problem: ProblemInput, more: Partial<KubernetesDriverOptions> = {}) {
  return kubernetesDriver({ problem, kubeConfig: configFor(world), clock: world.clock, ...more })
}

/** Carries a plan out, in the time of the cluster. */
export function carryOut(
  world: DrivenWorld,
  problem: ProblemInput,
  result: Result,
  options: ExecuteOptions = {},
  more: Partial<KubernetesDriverOptions> = {}
): Promise<ExecutionReport> {
  const driver = driverFor(world, problem, more)
  return world.clock.run(execute(result, driver, { clock: world.clock, ...options }))
}

/** Watches how many pods of each app are ready, and tells of each time there were fewer than wanted. */
export function watchReady(
  world: DrivenWorld,
  wanted: Readonly<Record<string, number>>
): { readonly shortages: string[] } {
  const shortages: string[] = []
  world.store.subscribe(({ resource }) => {
    if (resource !== 'pods') return
    for (const [app, least] of Object.entries(wanted)) {
      const ready = world.pods(app).filter((pod) => isReady(pod) && isActive(pod)).length
      if (ready < least) shortages.push(`${app}: ${ready} of ${least}`)
    }
  })
  return { shortages }
}

/** Where the pods of each app run, sorted. */
export function whereRuns(world: DrivenWorld, app: string): string[] {
  return world
    .pods(app)
    .map(({ spec }) => spec.nodeName ?? '')
    .sort()
}
