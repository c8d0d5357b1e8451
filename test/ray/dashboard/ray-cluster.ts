import type { ApplicationSpec, NodeSpec } from '../payloads.js'
import type { ClusterDeployment, ClusterNode, ClusterReplica, ReplicaState } from './cluster-state.js'
import { takeDevices } from './raylet-devices.js'
import { byDecreasingSize, chooseNode } from './serve-placement.js'

const TICK_MS = 1000
/** So long the proxy of Serve stays on a node without replicas. */
const PROXY_MS = 30_000

export interface ClusterOptions {
  readonly startupMs?: number
  readonly shutdownMs?: number
}

/** How a drain was answered. */
export interface DrainReply {
  readonly isAccepted: boolean
  readonly message: string
}

/**
 * Ray Serve in virtual time: what its controller does with replicas and with nodes that drain, second by second, and what raylets do
 * with devices. Time passes when somebody says so.
 */
export class RayCluster {
  time = 0
  readonly nodes: ClusterNode[]
  readonly deployments: ClusterDeployment[] = []
  replicas: ClusterReplica[] = []
  /** false: a Serve that does not ask which nodes drain, as before August 2026. */
  seesDrains = true
  /** Ray core has the last word: a node other than the one that Serve chose. */
  overrule: ((replica: ClusterReplica, chosen: ClusterNode) => ClusterNode | null) | null = null
  /** Called after every second. */
  onTick: (() => void) | null = null
  /** Every drain that was asked for. */
  readonly drains: { readonly nodeId: string; readonly reason: string; readonly isAccepted: boolean }[] = []
  private serial = 0

  constructor(
    nodes: readonly NodeSpec[],
    private readonly applications: readonly ApplicationSpec[],
    options: ClusterOptions = {}
  ) {
    this.nodes = nodes.map((node) => ({
      ...node,
      isAlive: (node.state ?? 'ALIVE') === 'ALIVE',
      drainDeadline: null,
      busyAt: 0,
      otherActors: 0
    }))
    for (const { name: app, deployments } of applications) {
      for (const { name, required, config = {}, replicas, target = replicas.length } of deployments) {
        const bundles = (config.placement_group_bundles as ClusterDeployment['bundles'] | null | undefined) ?? [
          required
        ]
        const deployment: ClusterDeployment = {
          app,
          name,
          target,
          actor: required,
          bundles,
          config,
          maxReplicasPerNode: (config.max_replicas_per_node as number | undefined) ?? null,
          startupMs: options.startupMs ?? 20_000,
          shutdownMs: options.shutdownMs ?? 5000,
          status: 'HEALTHY'
        }
        this.deployments.push(deployment)
        for (const { id, node } of replicas) {
          const host = this.nodes.find(({ nodeId }) => nodeId === node?.nodeId) ?? null
          const replica = this.add(deployment, id, 'RUNNING', host)
          if (host !== null) replica.devices = takeDevices(replica, host, this.replicas) ?? []
        }
      }
    }
  }

  node(ip: string): ClusterNode {
    const found = this.nodes.find((node) => node.ip === ip)
    if (found === undefined) throw new Error(`there is no node ${ip}`)
    return found
  }

  /** Replicas by `<app>/<deployment>`, with node and state, for people. */
  describe(): string[] {
    return this.replicas.map(
      ({ deployment: { app, name }, id, node, state }) => `${app}/${name}#${id} ${node?.ip ?? '-'} ${state}`
    )
  }

  /** Lets time pass up to a moment, in whole seconds. */
  advanceTo(time: number): void {
    while (this.time + TICK_MS <= time) this.tick()
  }

  tick(): void {
    this.time += TICK_MS
    this.endTransitions()
    this.endIdleNodes()
    for (const deployment of this.deployments) {
      if (this.seesDrains) this.migrate(deployment)
      this.scale(deployment)
    }
    this.schedule()
    for (const deployment of this.deployments) this.judge(deployment)
    this.onTick?.()
  }

  drain(nodeId: string, reason: string, deadlineSeconds: number | null): DrainReply {
    const node = this.nodes.find((each) => each.nodeId === nodeId)
    const reply = (isAccepted: boolean, message = '') => {
      this.drains.push({ nodeId, reason, isAccepted })
      return { isAccepted, message }
    }
    if (node === undefined) return reply(false, `no node has the id ${nodeId}`)
    if (!node.isAlive) return reply(true)
    const isIdle = reason.endsWith('IDLE_TERMINATION')
    if (isIdle && !this.isIdle(node)) return reply(false, 'The node to be idle terminated is no longer idle.')
    node.drainDeadline ??= deadlineSeconds === null ? Number.POSITIVE_INFINITY : this.time + deadlineSeconds * 1000
    return reply(true)
  }

  /** What the endpoint for outside scalers answers: a status. */
  scaleTo(app: string, name: string, target: number): number {
    const application = this.applications.find((each) => each.name === app)
    const deployment = this.deployments.find((each) => each.app === app && each.name === name)
    if (application === undefined || deployment === undefined) return 404
    if (application.isScaledOutside !== true) return 412
    this.aimAt(deployment, target)
    return 200
  }

  aimAt(deployment: ClusterDeployment, target: number): void {
    if (target === deployment.target) return
    deployment.status = target > deployment.target ? 'UPSCALING' : 'DOWNSCALING'
    deployment.target = target
  }

  /** A node dies with all that is on it. */
  kill(ip: string): void {
    const node = this.node(ip)
    node.isAlive = false
    for (const { node: host, deployment } of this.replicas) if (host === node) deployment.status = 'UNHEALTHY'
    this.replicas = this.replicas.filter((replica) => (replica.node ?? replica.aim) !== node)
  }

  private add(deployment: ClusterDeployment, id: string, state: ReplicaState, node: ClusterNode | null) {
    const serial = this.serial++
    const replica: ClusterReplica = { id, deployment, serial, state, node, aim: null, devices: [], since: this.time }
    this.replicas.push(replica)
    return replica
  }

  private enter(replica: ClusterReplica, state: ReplicaState): void {
    replica.state = state
    replica.since = this.time
  }

  private endTransitions(): void {
    for (const replica of this.replicas) {
      const { state, node, since, deployment } = replica
      if (state === 'STARTING' && node !== null && this.time - since >= deployment.startupMs) {
        this.enter(replica, 'RUNNING')
      }
    }
    this.replicas = this.replicas.filter(
      ({ state, since, deployment }) => state !== 'STOPPING' || this.time - since < deployment.shutdownMs
    )
  }

  private isIdle(node: ClusterNode): boolean {
    const isBusy = node.otherActors > 0 || this.replicas.some((replica) => replica.node === node)
    if (isBusy) node.busyAt = this.time
    return !isBusy && this.time - node.busyAt >= PROXY_MS && node.isHead !== true
  }

  /** A raylet that drains goes as soon as nothing runs there. */
  private endIdleNodes(): void {
    for (const node of this.nodes) {
      if (node.isAlive && this.isIdle(node) && node.drainDeadline !== null) node.isAlive = false
    }
  }

  private of(deployment: ClusterDeployment, ...states: readonly ReplicaState[]): ClusterReplica[] {
    return this.replicas.filter((replica) => replica.deployment === deployment && states.includes(replica.state))
  }

  /** Replicas on nodes that drain are to move; what starts there is stopped; those that are replaced, or out of time, stop. */
  private migrate(deployment: ClusterDeployment): void {
    for (const replica of this.of(deployment, 'RUNNING', 'STARTING')) {
      if (replica.node?.drainDeadline == null) continue
      if (replica.state === 'RUNNING') this.enter(replica, 'PENDING_MIGRATION')
      else this.enter(replica, 'STOPPING')
    }
    const migrating = this.of(deployment, 'PENDING_MIGRATION').sort(
      (left, right) => deadlineOf(left) - deadlineOf(right)
    )
    const excess = this.of(deployment, 'RUNNING').length + migrating.length - deployment.target
    for (const [index, replica] of migrating.entries()) {
      const isLate = deadlineOf(replica) - deployment.shutdownMs <= this.time
      if (index < excess || isLate) this.enter(replica, 'STOPPING')
    }
  }

  /** One that migrates does not count: its replacement is started. */
  private scale(deployment: ClusterDeployment): void {
    const { app, name, target } = deployment
    const there = this.of(deployment, 'RUNNING', 'STARTING')
    for (let missing = target - there.length; missing > 0; missing--) {
      this.add(deployment, `new${this.serial}-${app}-${name}`, 'STARTING', null)
    }
    const victims = there.sort((left, right) => this.rank(left) - this.rank(right) || right.serial - left.serial)
    for (const victim of victims.slice(0, Math.max(0, there.length - target))) this.enter(victim, 'STOPPING')
  }

  /** What does not run goes first, then what is on nodes with few replicas, and last what is on the head. */
  private rank({ state, node }: ClusterReplica): number {
    if (state === 'STARTING') return -1
    const on = this.replicas.filter((replica) => replica.node === node).length
    return node?.isHead === true ? 1e6 : on
  }

  private schedule(): void {
    const waiting = this.replicas.filter(({ state, node }) => state === 'STARTING' && node === null)
    for (const replica of byDecreasingSize(waiting)) {
      replica.aim ??= this.chooseFor(replica)
      const { aim } = replica
      if (aim?.isAlive !== true || aim.drainDeadline !== null) {
        replica.aim = null
        continue
      }
      const devices = takeDevices(replica, aim, this.replicas)
      if (devices === null) continue
      replica.devices = devices
      replica.node = aim
      replica.since = this.time
    }
  }

  private chooseFor(replica: ClusterReplica): ClusterNode | null {
    const chosen = chooseNode(replica, this.nodes, this.replicas)
    return chosen === null ? null : (this.overrule?.(replica, chosen) ?? chosen)
  }

  private judge(deployment: ClusterDeployment): void {
    const running = this.of(deployment, 'RUNNING').length
    const all = this.of(deployment, 'RUNNING', 'STARTING', 'PENDING_MIGRATION', 'STOPPING').length
    if (running === deployment.target && all === deployment.target) deployment.status = 'HEALTHY'
  }
}

function deadlineOf({ node }: ClusterReplica): number {
  return node?.drainDeadline ?? Number.POSITIVE_INFINITY
}
