import type { Step } from '../../models/contract/plan.js'
import { type Call, type Driver, type Observation, StepError, type StepOf } from '../../src/execution/driver.js'
import type { VirtualClock } from './virtual-clock.js'

export type CopyState = 'starting' | 'ready' | 'draining'

/** What a call does other than succeed after its planned time. */
export interface Behaviour {
  readonly delayMs?: number
  /** Never answers, whatever the signal says. */
  readonly hangs?: boolean
  /** Rejects with this; the work is done all the same where `acts`. */
  readonly fails?: unknown
  readonly acts?: boolean
  /** Throws this instead of rejecting. */
  readonly throws?: unknown
}

export interface RecordedCall {
  readonly id: string
  readonly step: string
  readonly verb: string
  readonly at: number
}

/** By `<verb> <step id>`, attempt by attempt: the last behaviour holds for all later ones. */
export type Script = Readonly<Record<string, Behaviour | readonly (Behaviour | null)[]>>

/** A cluster in memory and the driver that acts on it; idempotent by call id, and what it has begun it ends even after a crash. */
export class TestCluster implements Driver {
  readonly copies = new Map<string, CopyState>()
  readonly cordoned = new Set<string>()
  readonly released = new Set<string>()
  readonly provisioned = new Set<string>()
  /** Where requests for a replica go. */
  readonly serving = new Map<string, string>()
  readonly calls: RecordedCall[] = []
  /** Everything that changed the cluster, once each. */
  readonly effects: string[] = []
  onChange: (() => void) | undefined
  onCall: ((verb: string, step: Step, call: Call) => void) | undefined
  private readonly gone = new Set<string>()
  private readonly answers = new Map<string, Promise<void>>()

  constructor(
    private readonly clock: VirtualClock,
    private readonly behaviour: (verb: string, step: Step, call: Call) => Behaviour | undefined
  ) {}

  host(replica: string, node: string, state: CopyState = 'ready'): void {
    this.copies.set(JSON.stringify([replica, node]), state)
    if (state === 'ready') this.serving.set(replica, node)
  }

  stateOf(replica: string, node: string): CopyState | undefined {
    return this.copies.get(JSON.stringify([replica, node]))
  }

  hostsOf(replica: string): string[] {
    return [...this.copies.keys()].map((key) => JSON.parse(key)).flatMap(([id, node]) => (id === replica ? [node] : []))
  }

  /** Everything there is, to compare. */
  snapshot() {
    return {
      copies: Object.fromEntries([...this.copies].sort()),
      cordoned: [...this.cordoned].sort(),
      released: [...this.released].sort(),
      provisioned: [...this.provisioned].sort(),
      serving: Object.fromEntries([...this.serving].sort())
    }
  }

  verbs(verb?: string): string[] {
    return this.calls
      .filter((call) => verb === undefined || call.verb === verb)
      .map(({ verb, step }) => `${verb} ${step}`)
  }

  /** A node dies with all that is on it. */
  lose(node: string): void {
    this.gone.add(node)
    for (const key of [...this.copies.keys()]) if (JSON.parse(key)[1] === node) this.copies.delete(key)
    this.onChange?.()
  }

  private act(step: Step, call: Call, seconds: number, effect: () => void, begin?: () => void): Promise<void> {
    const verb = call.id.slice(call.id.lastIndexOf('/') + 1, call.id.lastIndexOf('#'))
    this.calls.push({ id: call.id, step: step.id, verb, at: this.clock.now() })
    this.onCall?.(verb, step, call)
    const known = this.answers.get(call.id)
    if (known !== undefined) return known
    const behaviour = this.behaviour(verb, step, call) ?? {}
    if ('throws' in behaviour) throw behaviour.throws
    const change = (act: (() => void) | undefined, word: string) => {
      if (act === undefined) return
      act()
      this.effects.push(`${word} ${verb} ${step.id}`)
      this.onChange?.()
    }
    const work = async () => {
      if (!('fails' in behaviour) || behaviour.acts === true) change(begin, 'begin')
      await this.clock.sleep(behaviour.delayMs ?? seconds * 1000)
      if (!('fails' in behaviour) || behaviour.acts === true) change(effect, 'end')
      if (behaviour.hangs === true) await new Promise(() => {})
      if ('fails' in behaviour) throw behaviour.fails
    }
    const answer = work()
    this.answers.set(call.id, answer)
    return answer
  }

  cordon(step: StepOf<'cordon'>, call: Call) {
    return this.act(step, call, 0.1, () => this.cordoned.add(step.node))
  }
  uncordon(step: StepOf<'uncordon'>, call: Call) {
    return this.act(step, call, 0.1, () => this.cordoned.delete(step.node))
  }
  provision(step: StepOf<'provision'>, call: Call) {
    return this.act(step, call, step.endSeconds - step.startSeconds, () => this.provisioned.add(step.node))
  }
  release(step: StepOf<'release'>, call: Call) {
    return this.act(step, call, 0.2, () => {
      const isEmpty = [...this.copies.keys()].every((key) => JSON.parse(key)[1] !== step.node)
      if (!isEmpty) throw new Error(`${step.node} is not empty`)
      this.released.add(step.node)
      this.provisioned.delete(step.node)
    })
  }
  start(step: StepOf<'start'>, call: Call) {
    const key = JSON.stringify([step.replica, step.node])
    return this.act(step, call, 0.3, () => {
      if (this.gone.has(step.node)) throw new StepError('node-lost', `${step.node} is gone`, step.node)
      if (!this.copies.has(key)) this.copies.set(key, 'starting')
    })
  }
  ready(step: StepOf<'start'>, call: Call) {
    const key = JSON.stringify([step.replica, step.node])
    return this.act(step, call, step.endSeconds - step.startSeconds, () => {
      if (!this.copies.has(key)) throw new Error(`${key} is not there`)
      this.copies.set(key, 'ready')
      if (!this.serving.has(step.replica)) this.serving.set(step.replica, step.node)
    })
  }
  shift(step: StepOf<'shift'>, call: Call) {
    return this.act(step, call, 0.1, () => {
      if (this.stateOf(step.replica, step.to) !== 'ready') throw new Error(`${step.id}: to a copy that is not ready`)
      this.serving.set(step.replica, step.to)
    })
  }
  drain(step: StepOf<'drain'>, call: Call) {
    const key = JSON.stringify([step.replica, step.node])
    return this.act(
      step,
      call,
      step.endSeconds - step.startSeconds,
      () => {},
      () => {
        if (this.copies.has(key)) this.copies.set(key, 'draining')
      }
    )
  }
  stop(step: StepOf<'stop'>, call: Call) {
    const key = JSON.stringify([step.replica, step.node])
    return this.act(step, call, 0.1, () => {
      this.copies.delete(key)
      if (this.serving.get(step.replica) === step.node) this.serving.delete(step.replica)
    })
  }
  observe?: (step: StepOf<'start'>, call: Call) => Promise<Observation>

  /** From now on it can be observed who runs where. */
  showHosts(): this {
    this.observe = async (step, call) => {
      this.calls.push({ id: call.id, step: step.id, verb: 'observe', at: this.clock.now() })
      this.onCall?.('observe', step, call)
      return { hosts: this.hostsOf(step.replica), isOpen: !this.cordoned.has(step.node) }
    }
    return this
  }
}

/** Reads a script. */
export function follow(script: Script): (verb: string, step: Step, call: Call) => Behaviour | undefined {
  return (verb, step, { attempt }) => {
    const entry = script[`${verb} ${step.id}`]
    if (entry === undefined || !Array.isArray(entry)) return entry as Behaviour | undefined
    return (entry[Math.min(attempt, entry.length) - 1] ?? undefined) as Behaviour | undefined
  }
}
