import type { Plan, Step } from '../../models/contract/plan.js'
import { StepError } from '../../src/execution/driver.js'
import { execute } from '../../src/execution/execute.js'
import type { ExecuteOptions } from '../../src/execution/options.js'
import type { ExecutionReport } from '../../src/execution/report.js'
import { type Sequence, sequenceMigration } from '../../src/migration/sequence.js'
import { planId } from '../../src/result/fingerprint.js'
import { type RandomCase, randomCase, randomNumbers } from '../migration/random-case.js'
import { ClusterModel } from './cluster-model.js'
import { type Behaviour, TestCluster } from './test-cluster.js'
import { VirtualClock } from './virtual-clock.js'

export interface PlannedCase extends RandomCase {
  readonly seed: number
  readonly sequence: Sequence
  readonly plan: Plan
}

/** A plan of the real sequencer for a random cluster; null where there is none, or it has no steps. */
export function plannedCase(seed: number): PlannedCase | null {
  const random = randomCase(seed)
  if (random === null) return null
  const sequence = sequenceMigration(random.instance, random.target)
  const plan = { ...sequence.plan, id: planId('test', sequence.plan) }
  return plan.steps.length === 0 ? null : { ...random, seed, sequence, plan }
}

/** How often what goes wrong. */
export interface Chaos {
  readonly fails: number
  readonly refuses: number
  readonly hangs: number
  readonly losesNode: number
  readonly changes: number
}

export const CALM: Chaos = { fails: 0, refuses: 0, hangs: 0, losesNode: 0, changes: 0 }

export const CHAOS: Readonly<Record<string, Chaos>> = {
  'calls that fail now and then': { ...CALM, fails: 0.3 },
  'calls that are refused': { ...CALM, refuses: 0.1 },
  'calls that never answer': { ...CALM, hangs: 0.15, fails: 0.1 },
  'a cluster that changes': { ...CALM, changes: 0.05, fails: 0.1 },
  'nodes that die': { ...CALM, losesNode: 0.04, fails: 0.1 },
  'a driver that can do hardly anything': { ...CALM, fails: 0.7, hangs: 0.1 }
}

export interface World {
  readonly clock: VirtualClock
  readonly cluster: TestCluster
  readonly model: ClusterModel
  /** Steps asked for before those they wait for had ended. */
  readonly early: string[]
  readonly lost: Set<string>
}

/** The cluster of a case, where everything takes a random time, and some of it fails: the same for the same call id, always. */
export function makeWorld({ seed, instance, sequence, plan }: PlannedCase, chaos: Chaos): World {
  const clock = new VirtualClock()
  const lost = new Set<string>()
  const early: string[] = []
  const behave = (verb: string, step: Step, id: string): Behaviour => {
    const random = randomNumbers(hash(`${seed} ${id}`))
    const delayMs = Math.floor(random() * 50_000)
    const acts = random() < 0.5
    const node = step.action === 'shift' ? step.to : step.node
    const gone = () => new StepError('node-lost', `${node} is gone`, node)
    if (lost.has(node)) return { delayMs, fails: gone() }
    if (random() < chaos.losesNode) {
      lost.add(node)
      cluster.lose(node)
      return { delayMs, fails: gone() }
    }
    if (random() < chaos.refuses) return { delayMs, fails: new StepError('refused', `${verb} is refused`) }
    if (random() < chaos.changes) return { delayMs, fails: new StepError('changed', 'another cluster') }
    if (random() < chaos.hangs) return { delayMs, hangs: true, ...(acts ? { fails: 'never told', acts } : {}) }
    if (random() < chaos.fails) return { delayMs, fails: new Error('bad luck'), acts }
    return { delayMs }
  }
  const cluster = new TestCluster(clock, (verb, step, { id }) => behave(verb, step, id))
  const model = new ClusterModel(instance, sequence, cluster)
  const lastVerb = new Map(plan.steps.map(({ id, action }) => [id, action === 'start' ? 'ready' : action]))
  cluster.onCall = (verb, step) => {
    if (verb === 'undo' || chaos.losesNode > 0) return
    for (const before of step.after) {
      if (!cluster.effects.includes(`end ${lastVerb.get(before)} ${before}`)) early.push(`${step.id} before ${before}`)
    }
  }
  return { clock, cluster, model, early, lost }
}

export function runIn(world: World, { plan }: PlannedCase, options: ExecuteOptions = {}): Promise<ExecutionReport> {
  const { clock, cluster } = world
  return clock.run(execute(plan, cluster, { clock, backoffMs: 100, breakerWindow: 1000, ...options }))
}

/** 32 bits of a text (FNV-1a). */
function hash(text: string): number {
  let value = 0x811c9dc5
  for (let index = 0; index < text.length; index++) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193)
  return value >>> 0
}
