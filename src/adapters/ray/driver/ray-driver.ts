import { type Call, type Driver, StepError, type StepOf } from '../../../execution/driver.js'
import { type ClusterView, isAlive, replicasOn } from './cluster-view.js'
import { ClusterWatch } from './cluster-watch.js'
import { Dashboard } from './dashboard.js'
import { DrainOutline } from './drain-outline.js'
import { findInexpressibleSteps } from './inexpressible-steps.js'
import { hasArrived, hasMovedAway, isGone, isReady, newcomersOf } from './newcomers.js'
import { type RayDriverOptions, type ResolvedDriverOptions, resolveDriverOptions } from './options.js'

const MOST_STEPS_SHOWN = 10
/** Ray's command takes seconds to start, and a proxy half a minute to go. */
const POLLS_BETWEEN_QUESTIONS = 5

/**
 * A driver of plans that consist of node drains, over the dashboard and `ray drain-node`. Stock Ray moves replicas in no other way: where
 * they go is for Serve to choose, and what goes elsewhere than planned is told as `changed`.
 *
 * Throws InputError for options that are wrong, and StepError `refused`, with the list, where steps of the plan cannot be done so.
 */
export function rayDriver(options: RayDriverOptions): Driver {
  const resolved = resolveDriverOptions(options)
  const { problem, result } = options
  const inexpressible = findInexpressibleSteps(problem, result.plan)
  if (inexpressible.length > 0) {
    const lines = inexpressible.slice(0, MOST_STEPS_SHOWN).map(({ step, reason }) => `  ${step}: ${reason}`)
    const more =
      inexpressible.length > MOST_STEPS_SHOWN ? `\n  … and ${inexpressible.length - MOST_STEPS_SHOWN} more` : ''
    const hint = 'plan with executableOn: "ray"'
    throw new StepError('refused', `Ray cannot do what the plan asks for (${hint}):\n${lines.join('\n')}${more}`)
  }
  return new RayDriver(new DrainOutline(problem, result.plan), resolved)
}

class RayDriver implements Driver {
  readonly #watch: ClusterWatch

  constructor(
    private readonly outline: DrainOutline,
    private readonly options: ResolvedDriverOptions
  ) {
    const { dashboard, fetch, requestTimeoutMs, clock } = options
    this.#watch = new ClusterWatch(new Dashboard(dashboard, fetch, requestTimeoutMs, clock), options)
  }

  /** Begins the drain, and waits until Serve has seen it. */
  async cordon(step: StepOf<'cordon'>, call: Call): Promise<void> {
    const { node } = step
    const nodeId = this.outline.nodeIdOf(node)
    if ((await this.#awaitCalm(step, call)) === 'gone') return
    const { drainDeadlineSeconds } = this.options
    const deadline = drainDeadlineSeconds === undefined ? {} : { deadlineSeconds: drainDeadlineSeconds }
    const request = { nodeId, reason: 'PREEMPTION', message: `replica-compactor ${call.id}`, ...deadline } as const
    const { isAccepted, message } = await this.options.drainNode(request, call.signal)
    if (!isAccepted) throw new StepError('failed', `the drain of ${node} was not accepted: ${message}`)
    await this.#patiently(
      call,
      (view) => !replicasOn(view, nodeId).some(({ state }) => state === 'RUNNING'),
      () =>
        `Serve takes no notice that ${node} drains: replicas on it are RUNNING as before (Ray does so since August 2026)`
    )
  }

  async uncordon({ node }: StepOf<'uncordon'>): Promise<void> {
    throw new StepError('refused', `Ray does not take a drain back: ${node} goes as soon as nothing runs on it`)
  }

  async provision({ node }: StepOf<'provision'>): Promise<void> {
    throw new StepError('refused', `${node} cannot be got: Ray gets nodes by its autoscaler alone`)
  }

  /** Waits until Serve has started a replacement on the node: whatever the drain of another node, or a missing replica, made it do. */
  async start(step: StepOf<'start'>, call: Call): Promise<void> {
    const deployment = this.outline.deploymentOf(step)
    await this.#patiently(
      call,
      (view) => hasArrived(view, this.outline, step),
      (view) => {
        const waiting = newcomersOf(view, this.outline, deployment).filter(({ nodeId }) => nodeId === null)
        if (waiting.length === 0) return `Serve has started no replacement of ${deployment}`
        return `a replacement of ${deployment} has been STARTING without a node for too long: what is free on ${step.node} may be free in pieces (Ray adds shares of GPUs up, and gives each on one device)`
      }
    )
  }

  /** Waits until the replacement is RUNNING. */
  async ready(step: StepOf<'start'>, call: Call): Promise<void> {
    await this.#watch.until(call, (view) => isReady(view, this.outline, step))
  }

  /** Serve sends requests to whatever is RUNNING: that the copy is there is all that can be seen to. */
  async shift(step: StepOf<'shift'>, call: Call): Promise<void> {
    const view = await this.#watch.look(call)
    const nodeId = this.outline.nodeIdOf(step.to)
    if (!isAlive(view, nodeId)) throw new StepError('node-lost', `${step.to} is gone`, step.to)
    const deployment = this.outline.deploymentOf(step)
    const serves = (view.replicas.get(deployment) ?? []).some(
      (replica) => replica.nodeId === nodeId && (replica.state === 'RUNNING' || replica.state === 'PENDING_MIGRATION')
    )
    if (!serves) throw new StepError('failed', `no replica of ${deployment} on ${step.to} takes requests`)
  }

  /** Waits until the old replica is gone: Serve drains and stops it once its replacement is RUNNING. */
  async drain(step: StepOf<'drain'>, call: Call): Promise<void> {
    await this.#watch.until(call, (view) => this.#hasLeft(view, step))
  }

  /** As `drain`; a copy that is to be taken back stays, as Ray cannot stop it. */
  async stop(step: StepOf<'stop'>, call: Call): Promise<void> {
    await this.#watch.until(call, (view) => {
      if (isGone(view, this.outline, step)) return true
      if (call.id.includes('/undo#')) throw cannotStop(step.node)
      return this.#hasLeft(view, step)
    })
  }

  /** Has Ray confirm that the node is idle, and waits until it is dead, or the machine given back. */
  async release({ node }: StepOf<'release'>, call: Call): Promise<void> {
    const nodeId = this.outline.nodeIdOf(node)
    let isConfirmed = false
    let askAt = 0
    let ip = node
    await this.#watch.until(call, async (view) => {
      ip = view.nodes.get(nodeId)?.ip ?? ip
      if (!isAlive(view, nodeId)) return true
      const [left] = replicasOn(view, nodeId)
      if (left !== undefined) throw new StepError('refused', `${node} is not empty: ${left.id} is ${left.state}`)
      if (isConfirmed || this.#watch.now() < askAt) return false
      const request = { nodeId, reason: 'IDLE_TERMINATION', message: `replica-compactor ${call.id}` } as const
      // Rejected while anything runs there, the proxy of Serve included, which stays for half a minute.
      isConfirmed = (await this.options.drainNode(request, call.signal)).isAccepted
      askAt = this.#watch.now() + POLLS_BETWEEN_QUESTIONS * this.options.pollMs
      return isConfirmed && this.options.releaseNode !== undefined
    })
    await this.options.releaseNode?.({ id: node, nodeId, ip }, call.signal)
  }

  /** Whether a copy has left. Throws StepError where it never will. */
  #hasLeft(view: ClusterView, step: StepOf<'drain'> | StepOf<'stop'>): boolean {
    if (isGone(view, this.outline, step)) return true
    if (this.outline.isDrained(step.node)) return false
    if (!this.outline.isThere(step)) throw cannotStop(step.node)
    const deployment = this.outline.deploymentOf(step)
    const left = (view.replicas.get(deployment) ?? []).filter(({ state }) => state !== 'STOPPING')
    if (left.length > this.outline.desiredOf(deployment) || !left.some(({ id }) => id === step.replica)) return false
    throw new StepError('changed', `Serve has stopped another replica of ${deployment} than ${step.replica}`)
  }

  /** Waits until a drain may begin: all is well, and on the node is what the plan moves. Throws StepError where it may not. */
  async #awaitCalm({ node }: StepOf<'cordon'>, call: Call): Promise<'there' | 'gone'> {
    const nodeId = this.outline.nodeIdOf(node)
    let isThere = true
    await this.#patiently(
      call,
      (view) => {
        const here = replicasOn(view, nodeId)
        isThere = isAlive(view, nodeId)
        // Who asked before a crash finds that it has begun, or is over.
        if (here.some(({ state }) => state === 'PENDING_MIGRATION')) return true
        if (here.length === 0 && hasMovedAway(view, this.outline, node)) return true
        if (!isThere) throw new StepError('node-lost', `${node} is gone`, node)
        if (view.nodes.get(nodeId)?.isHead === true)
          throw new StepError('refused', `${node} is the head of the cluster`)
        const change = this.outline.findChangeOn(node, here)
        if (change !== null) throw new StepError('changed', change)
        return whatIsBusy(view).length === 0
      },
      (view) => `nothing is begun while ${whatIsBusy(view).slice(0, MOST_STEPS_SHOWN).join(', ')}`
    )
    return isThere ? 'there' : 'gone'
  }

  /** Waits for no longer than one waits for what takes Serve a moment; `explain` says what it failed on. */
  async #patiently(
    call: Call,
    judge: (view: ClusterView) => boolean,
    explain: (view: ClusterView) => string
  ): Promise<void> {
    const begin = this.#watch.now()
    await this.#watch.until(call, (view) => {
      if (judge(view)) return true
      if (this.#watch.now() - begin >= this.options.patienceMs) throw new StepError('failed', explain(view))
      return false
    })
  }
}

/** What Serve is still busy with, in words. */
function whatIsBusy({ unsettled, replicas }: ClusterView): string[] {
  const moving = [...replicas.values()].flat().filter(({ state }) => state !== 'RUNNING')
  return [...unsettled, ...moving.map(({ id, state }) => `${id} is ${state}`)]
}

function cannotStop(node: string): StepError {
  return new StepError('refused', `Ray has no way to stop one replica: the new one on ${node} stays`)
}
