import type { Plan } from '../../../models/contract/plan.js'
import type { Problem } from '../../../models/contract/problem.js'
import type { RayDriverOptions } from '../../../src/adapters/ray/driver/options.js'
import { rayDriver } from '../../../src/adapters/ray/driver/ray-driver.js'
import { importRay } from '../../../src/adapters/ray/import/import-ray.js'
import type { Driver } from '../../../src/execution/driver.js'
import { execute } from '../../../src/execution/execute.js'
import type { ExecuteOptions } from '../../../src/execution/options.js'
import type { ExecutionReport } from '../../../src/execution/report.js'
import { SimulatedClock } from '../../../src/simulation/simulated-clock.js'
import { type Answer, DashboardDouble } from '../dashboard/dashboard.js'
import { type ClusterOptions, RayCluster } from '../dashboard/ray-cluster.js'
import { type ApplicationSpec, type NodeSpec, nodeIdOf } from '../payloads.js'

export const node = (number: number, resources: Record<string, number> = { CPU: 16, GPU: 4 }): NodeSpec => ({
  nodeId: nodeIdOf(number),
  ip: `10.0.0.${number}`,
  resources
})
export const head: NodeSpec = { nodeId: nodeIdOf(99), ip: '10.0.0.99', isHead: true, resources: { CPU: 0 } }

/** A dashboard in virtual time, and a driver that acts on it without network. */
export class DrainScene {
  readonly clock = new SimulatedClock()
  readonly cluster: RayCluster
  readonly dashboard: DashboardDouble
  /**
   * What a request is answered instead: a status, or a text with 200; 'never': nothing comes. By the number of the request, counted
   * from 1.
   */
  fault: ((request: number, path: string) => number | object | 'never' | null) | null = null
  requests = 0

  constructor(nodes: readonly NodeSpec[], applications: readonly ApplicationSpec[], options: ClusterOptions = {}) {
    this.cluster = new RayCluster(nodes, applications, options)
    this.dashboard = new DashboardDouble(this.cluster, applications)
  }

  /** The cluster of the moment as a Problem. */
  readProblem(): Problem {
    const read = (path: string) => this.dashboard.answer('GET', path, null).body
    const documents = [
      { name: 'serve', value: read('/api/serve/applications/') },
      { name: 'nodes', value: read('/api/v0/nodes?detail=1') }
    ]
    const overrides = { name: 'overrides', value: { defaults: { placementGroup: 'none', startupSeconds: 20 } } }
    return importRay({ documents, overrides }, { unknownPrice: 1 }).problem
  }

  driver(problem: Problem, plan: Plan, options: Partial<RayDriverOptions> = {}): Driver {
    return rayDriver({
      dashboard: 'http://double',
      address: 'double:6379',
      problem,
      result: { plan },
      clock: this.clock,
      fetch: (url, { signal }) => this.fetch(url, signal),
      drainNode: async ({ nodeId, reason, deadlineSeconds }) => {
        this.cluster.advanceTo(this.clock.now())
        return this.cluster.drain(nodeId, `DRAIN_NODE_REASON_${reason}`, deadlineSeconds ?? null)
      },
      ...options
    })
  }

  /** Carries a plan out, as far as it gets. */
  run(
    plan: Plan,
    {
      problem = this.readProblem(),
      driver,
      ...options
    }: Partial<ExecuteOptions & { problem: Problem; driver: Driver }> = {}
  ): Promise<ExecutionReport> {
    const acting = driver ?? this.driver(problem, plan)
    return this.clock.run(() => execute(plan, acting, { clock: this.clock, ...options }))
  }

  private async fetch(url: string, signal: AbortSignal): Promise<Response> {
    this.cluster.advanceTo(this.clock.now())
    const path = url.slice('http://double'.length)
    const fault = this.fault?.(++this.requests, path) ?? null
    if (fault === 'never') {
      return new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('aborted'))))
    }
    const { status, body }: Answer =
      fault === null
        ? this.dashboard.answer('GET', path, null)
        : typeof fault === 'object'
          ? { status: 200, body: fault }
          : { status: fault, body: { error: 'out of order' } }
    return new Response(JSON.stringify(body), { status })
  }
}

/** Three nodes and a head: two replicas of one GPU and a share of one on the first, little on the others. */
export function smallScene(options: ClusterOptions = {}): DrainScene {
  const nodes = [node(1), node(2), node(3)] as const
  const applications = [
    {
      name: 'chat',
      deployments: [
        {
          name: 'llm',
          required: { CPU: 2, GPU: 1 },
          replicas: [
            { id: 'a', node: nodes[0] },
            { id: 'b', node: nodes[0] },
            { id: 'c', node: nodes[1] }
          ]
        },
        {
          name: 'embed',
          required: { CPU: 1, GPU: 0.5 },
          replicas: [
            { id: 'd', node: nodes[0] },
            { id: 'e', node: nodes[2] }
          ]
        }
      ]
    }
  ]
  return new DrainScene([head, ...nodes], applications, options)
}
