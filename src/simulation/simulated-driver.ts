import { type Call, type Driver, type Observation, StepError, type StepOf } from '../execution/driver.js'
import type { Happening } from './cluster-event.js'
import type { Dice } from './dice.js'
import { drawDrain, drawQuick, drawStart, type StartFate, spread } from './fates.js'
import { Operations } from './operations.js'
import type { SimulatedClock } from './simulated-clock.js'
import type { SimulatedCluster } from './simulated-cluster.js'
import { freeOn, type SimulatedCopy, type SimulatedNode } from './simulated-node.js'

/** How a simulated cluster treats what it is asked for. */
export interface Temper {
  /** The share of starts that fail; stops, shifts and drains fail or hang a fifth as often. */
  readonly failureRate: number
  /** Times are those of the Problem, more or less by this share at most. */
  readonly jitter: number
}

/** How long the cluster takes to answer what is no matter of the copy, at most, in milliseconds. */
const LONGEST_ANSWER = 1000

/**
 * A simulated cluster as a driver. What is asked for under an id happens once, whoever asks and however often: it goes on when the
 * caller is gone, and the next one is told how it ended. How it ends depends on seed and id alone.
 */
export class SimulatedDriver implements Driver {
  readonly #operations: Operations

  constructor(
    private readonly cluster: SimulatedCluster,
    private readonly clock: SimulatedClock,
    private readonly dice: Dice,
    private readonly temper: Temper,
    private readonly tell: (happening: Happening) => void
  ) {
    this.#operations = new Operations(tell)
    this.#beginTransitions()
  }

  cordon(step: StepOf<'cordon'>, call: Call): Promise<void> {
    return this.#operations.once('cordon', step, call, () => this.#setCordon(step.node, true, call))
  }

  uncordon(step: StepOf<'uncordon'>, call: Call): Promise<void> {
    return this.#operations.once('uncordon', step, call, () => this.#setCordon(step.node, false, call))
  }

  provision(step: StepOf<'provision'>, call: Call): Promise<void> {
    return this.#operations.once('provision', step, call, async () => {
      const node = this.cluster.node(step.node)
      const draw = this.#draw('provision', call)
      const seconds = node.listed.boughtAs?.provisionSeconds ?? 0
      const fails = draw() < this.temper.failureRate
      await this.clock.sleep(seconds * 1000 * spread(draw, this.temper.jitter))
      if (fails) throw new StepError(draw() < 0.5 ? 'refused' : 'failed', `${step.node} could not be had`)
      if (node.state === 'there') return
      node.state = 'there'
      this.tell({ kind: 'node-provisioned', node: step.node, by: call.id })
    })
  }

  start(step: StepOf<'start'>, call: Call): Promise<void> {
    return this.#operations.once('start', step, call, async () => {
      const draw = this.#draw('start', call)
      const { fate, at } = drawStart(draw, this.temper.failureRate)
      const node = this.cluster.nodeThere(step.node)
      const deployment = this.#deploymentOf(step)
      const answer = draw() * LONGEST_ANSWER
      if (fate === 'rejected') {
        await this.clock.sleep(answer)
        throw new StepError(draw() < 0.2 ? 'refused' : 'failed', `${step.node} did not accept ${step.replica}`)
      }
      const there = this.cluster.copy(step.replica, node)
      // A driver names copies by replica and node: what an earlier attempt has begun is gone on with.
      if (there?.step === step.id && there.state !== 'failed') return this.#answer(node, answer)
      if (there?.state === 'failed') this.cluster.removeCopy(there, call.id)
      const { replica, devices } = step
      const copy = this.cluster.addCopy({ replica, deployment, node, devices, step: step.id }, call.id)
      const milliseconds = deployment.options.startupSeconds * 1000 * spread(draw, this.temper.jitter)
      this.#letStart(copy, milliseconds, fate, at)
      await this.#answer(node, Math.min(answer, milliseconds / 2))
      if (fate === 'unheard') throw new Error('connection reset')
    })
  }

  ready(step: StepOf<'start'>, call: Call): Promise<void> {
    return this.#operations.once('ready', step, call, async () => {
      const copy = this.cluster.copy(step.replica, this.cluster.node(step.node))
      if (copy === undefined) throw new StepError('failed', `there is no copy of ${step.replica} on ${step.node}`)
      if (copy.state === 'starting' || copy.state === 'failed') await copy.readiness.promise
    })
  }

  shift(step: StepOf<'shift'>, call: Call): Promise<void> {
    return this.#operations.once('shift', step, call, async () => {
      const draw = this.#draw('shift', call)
      const fate = drawQuick(draw, this.temper.failureRate)
      const to = this.cluster.node(step.to)
      await this.#answer(to, draw() * LONGEST_ANSWER)
      if (fate === 'fails') throw new StepError('failed', `requests still go to ${step.from}`)
      if (this.cluster.copy(step.replica, to) === undefined) {
        throw new StepError('failed', `there is no copy of ${step.replica} on ${step.to}`)
      }
      this.tell({ kind: 'traffic-shifted', replica: step.replica, from: step.from, to: step.to, by: call.id })
      if (fate === 'unheard') throw new Error('connection reset')
    })
  }

  drain(step: StepOf<'drain'>, call: Call): Promise<void> {
    return this.#operations.once('drain', step, call, async () => {
      const draw = this.#draw('drain', call)
      const node = this.cluster.node(step.node)
      const copy = this.cluster.copy(step.replica, node)
      if (copy === undefined || copy.state === 'drained') return
      if (copy.state !== 'draining') {
        copy.state = 'draining'
        this.tell({ kind: 'drain-began', replica: step.replica, node: step.node, by: call.id })
      }
      if (drawDrain(draw, this.temper.failureRate) === 'hangs') return node.death.promise
      await this.#answer(node, copy.deployment.options.drainSeconds * 1000 * spread(draw, this.temper.jitter))
      if (!node.copies.has(copy)) return
      copy.state = 'drained'
      this.tell({ kind: 'drain-ended', replica: step.replica, node: step.node })
    })
  }

  stop(step: StepOf<'stop'>, call: Call): Promise<void> {
    return this.#operations.once('stop', step, call, async () => {
      const draw = this.#draw('stop', call)
      const fate = drawQuick(draw, this.temper.failureRate)
      const node = this.cluster.nodes.get(step.node)
      await this.clock.sleep(draw() * LONGEST_ANSWER)
      if (fate === 'fails') throw new StepError('failed', `${step.replica} is still on ${step.node}`)
      // What is not there is removed already, whatever became of the node.
      const copy = node === undefined ? undefined : this.cluster.copy(step.replica, node)
      if (copy !== undefined) this.cluster.removeCopy(copy, call.id)
      if (fate === 'unheard') throw new Error('connection reset')
    })
  }

  release(step: StepOf<'release'>, call: Call): Promise<void> {
    return this.#operations.once('release', step, call, async () => {
      const draw = this.#draw('release', call)
      const fate = drawQuick(draw, this.temper.failureRate)
      const node = this.cluster.node(step.node)
      await this.#answer(node, draw() * LONGEST_ANSWER)
      if (node.state === 'released') return
      if (fate === 'fails') throw new StepError('failed', `${step.node} could not be given back`)
      this.cluster.release(this.cluster.nodeThere(step.node), call.id)
      if (fate === 'unheard') throw new Error('connection reset')
    })
  }

  async observe(step: StepOf<'start'>): Promise<Observation> {
    const node = this.cluster.nodes.get(step.node)
    const hosts = this.cluster.hostsOf(step.replica)
    if (node?.state !== 'there') return { hosts, isOpen: false }
    const isOpen = !node.isClosed && !node.isCordoned
    return { hosts, free: Object.fromEntries(freeOn(node)), isOpen }
  }

  /** What is starting at the outset goes on, and may fail as others do. */
  #beginTransitions(): void {
    for (const node of this.cluster.nodes.values()) {
      for (const copy of node.copies) {
        if (copy.state !== 'starting') continue
        const draw = this.dice.of(`outset ${copy.replica}`)
        const { fate, at } = drawStart(draw, this.temper.failureRate)
        this.#letStart(copy, copy.deployment.options.startupSeconds * 1000 * draw(), fate, at)
      }
    }
  }

  #letStart(copy: SimulatedCopy, milliseconds: number, fate: StartFate, at: number): void {
    if (fate === 'hangs') return
    const endWith = (isReady: boolean) => () => this.cluster.endStart(copy, isReady)
    const crashes = fate === 'crashes' || fate === 'crashes-once'
    this.clock.after(milliseconds * (crashes ? at : 1), endWith(!crashes))
    if (fate === 'crashes-once') this.clock.after(milliseconds * (1 + at), endWith(true))
  }

  async #setCordon(id: string, isCordoned: boolean, call: Call): Promise<void> {
    const node = this.cluster.node(id)
    await this.#answer(node, (this.#draw('cordon', call)() * LONGEST_ANSWER) / 2)
    if (node.isCordoned === isCordoned) return
    node.isCordoned = isCordoned
    this.tell({ kind: isCordoned ? 'node-cordoned' : 'node-uncordoned', node: id, by: call.id })
  }

  #deploymentOf({ replica, deployment }: StepOf<'start'>) {
    const { deployments, replicas } = this.cluster.index
    const found = deployments.get(deployment ?? replicas.get(replica)?.deployment ?? '')
    if (found === undefined) throw new StepError('refused', `there is no replica ${replica}`)
    return found
  }

  /** Waits, unless the node dies meanwhile. */
  #answer(node: SimulatedNode, milliseconds: number): Promise<void> {
    return Promise.race([this.clock.sleep(milliseconds), node.death.promise])
  }

  #draw(verb: string, { id }: Call) {
    return this.dice.of(`${verb} ${id}`)
  }
}
