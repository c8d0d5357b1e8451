import type { Plan } from '../../models/contract/plan.js'
import type { Instance, InstanceDeployment } from '../../models/instance/instance.js'
import type { Sequence } from '../../src/migration/sequence.js'
import type { CopyState, TestCluster } from './test-cluster.js'

const SLACK = 1e-6

interface Levels {
  /** By name of what is limited: how much of it there is now. */
  readonly most: Map<string, number>
  /** What must not become less. */
  readonly least: Map<string, number>
}

/**
 * What the cluster of a Problem allows at every moment, independently of how plans are made: capacities and devices, ready copies and
 * surge of every deployment, peers in a domain. What the start breaks already must not get worse.
 */
export class ClusterModel {
  readonly violations: string[] = []
  private readonly start: Levels
  private readonly deploymentOf = new Map<string, number>()
  private readonly devicesOf = new Map<string, readonly (readonly number[])[]>()
  private readonly wanted = new Map<string, { readonly most: number } | { readonly least: number }>()

  constructor(
    private readonly instance: Instance,
    { plan, target }: Sequence,
    private readonly cluster: TestCluster
  ) {
    for (const { id, deployment, node, devices, state } of instance.copies) {
      const name = instance.nodes[node]?.id as string
      this.deploymentOf.set(id, deployment)
      this.devicesOf.set(JSON.stringify([id, name]), devices)
      cluster.host(id, name, state === 'running' ? 'ready' : (state as CopyState))
    }
    for (const { id, deployment } of target.newcomers) this.deploymentOf.set(id, deployment)
    this.readDevices(plan)
    this.start = this.measure()
    cluster.onChange = () => this.check()
  }

  private readDevices(plan: Plan): void {
    for (const step of plan.steps) {
      if (step.action !== 'start' || step.expects === undefined) continue
      const devices = this.instance.deviceResources.map((resource) => {
        return step.devices?.[this.instance.resources[resource] as string] ?? []
      })
      this.devicesOf.set(JSON.stringify([step.replica, step.node]), devices)
    }
  }

  check(): void {
    const { most, least } = this.measure()
    for (const [name, level] of most) {
      const limit = Math.max(this.limitOf(name), this.start.most.get(name) ?? 0)
      if (level > limit + SLACK) this.violations.push(`${name}: ${level} above ${limit}`)
    }
    for (const [name, level] of this.start.least) {
      const needed = Math.min(this.limitOf(name), level)
      const now = least.get(name) ?? 0
      if (now < needed) this.violations.push(`${name}: ${now} below ${needed}`)
    }
  }

  private limitOf(name: string): number {
    const known = this.wanted.get(name)
    if (known === undefined) return Infinity
    return 'most' in known ? known.most : known.least
  }

  private measure(): Levels {
    const { instance, cluster } = this
    const most = new Map<string, number>()
    const least = new Map<string, number>()
    const nodes = new Map(instance.nodes.map((node) => [node.id, node]))
    const add = (name: string, amount: number, limit: number) => {
      most.set(name, (most.get(name) ?? 0) + amount)
      this.wanted.set(name, { most: limit })
    }
    for (const { id, desired, maxUnavailable } of instance.deployments.slice(0, instance.realDeployments)) {
      least.set(`ready ${id}`, 0)
      this.wanted.set(`ready ${id}`, { least: desired - maxUnavailable })
    }
    for (const [key, state] of cluster.copies) {
      const [replica, nodeId] = JSON.parse(key)
      const deployment = instance.deployments[this.deploymentOf.get(replica) as number] as InstanceDeployment
      const node = nodes.get(nodeId) as Instance['nodes'][number]
      for (const [index, resource] of instance.resources.entries()) {
        const position = instance.deviceResources.indexOf(index)
        const demand = deployment.demand[index] as number
        const held = state === 'starting' ? Math.max(demand, deployment.startupDemand[index] as number) : demand
        if (position < 0) add(`${resource} of ${nodeId}`, held, node.capacity[index] as number)
        else {
          for (const device of this.devicesOf.get(key)?.[position] ?? []) {
            add(
              `${resource} ${device} of ${nodeId}`,
              Math.min(1, demand),
              device < (node.capacity[index] as number) ? 1 : 0
            )
          }
        }
      }
      add(`copies of ${deployment.id}`, 1, deployment.desired + deployment.maxSurge)
      add(`${deployment.id} on ${nodeId}`, 1, deployment.maxReplicasPerNode)
      for (const [number, rule] of instance.problem.rules.entries()) {
        if (rule.kind !== 'anti-affinity' || !rule.deployments.includes(deployment.id)) continue
        const domain = rule.topologyKey === 'node' ? nodeId : node.labels[rule.topologyKey]
        if (domain !== undefined) add(`rule ${number} in ${domain}`, 1, rule.max)
      }
      if (state === 'ready') least.set(`ready ${deployment.id}`, (least.get(`ready ${deployment.id}`) ?? 0) + 1)
    }
    return { most, least }
  }
}
