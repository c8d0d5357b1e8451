import { type Cluster, indexCluster } from '../../../../models/checker/cluster.js'
import { isWait } from '../../../../models/checker/starts.js'
import type { Step } from '../../../../models/contract/plan.js'
import type { Result } from '../../../../models/contract/result.js'
import { groupBy } from '../../../../models/grouping.js'
import type { Instance } from '../../../../models/instance/instance.js'
import type { SettledStart } from '../../../search/drains/settled-start.js'
import type { PredictedMove, ProjectedDrain, StepMark, StepRemark } from './projection.js'

/** What the drains are, and what they are the projection of. */
export interface Projected {
  readonly instance: Instance
  readonly result: Result
  readonly settled: SettledStart
  readonly drains: readonly ProjectedDrain[]
  /** Nodes without replicas that the plan releases. */
  readonly idle: readonly string[]
}

type Verdict = Omit<StepMark, 'step' | 'action'>
type StartStep = Extract<Step, { action: 'start' }>

const DONE: Verdict = { isExecutable: true }

/** Says of every step of a plan whether the drains come to the same. What belongs to one move is marked alike. */
export function markSteps(projected: Projected): StepMark[] {
  const marks = new Marks(projected)
  return projected.result.plan.steps.map(
    (step): StepMark => ({ step: step.id, action: step.action, ...marks.of(step) })
  )
}

class Marks {
  readonly #projected: Projected
  readonly #cluster: Cluster
  readonly #ownerOf: ReadonlyMap<string, string>
  /** Where a replica comes from that a plan moves to a node, and where to it goes from one. */
  readonly #sourceOf = new Map<string, string>()
  readonly #targetOf = new Map<string, string>()
  readonly #startsOf: ReadonlyMap<string, readonly StartStep[]>
  readonly #gone: ReadonlySet<string>
  readonly #released = new Set<string>()
  /** Nodes to which a plan moves replicas. */
  readonly #receiving = new Set<string>()
  readonly #bought: ReadonlySet<string>
  /** Moves that Serve is predicted to make, by deployment and node: each makes up for one that is planned. */
  readonly #predicted: Map<string, PredictedMove[]>
  readonly #legs = new Map<string, Verdict>()

  constructor(projected: Projected) {
    const { result, drains, idle } = projected
    const { steps } = result.plan
    const { problem } = projected.instance
    this.#projected = projected
    this.#cluster = indexCluster(problem, result.newNodes, () => {})
    this.#ownerOf = new Map(problem.replicas.map(({ id, deployment }) => [id, deployment]))
    this.#gone = new Set([...drains.map(({ node }) => node), ...idle])
    this.#bought = new Set(result.newNodes.map(({ id }) => id))
    for (const step of steps) {
      if (step.action === 'release') this.#released.add(step.node)
      if (step.action !== 'shift') continue
      this.#receiving.add(step.to)
      this.#sourceOf.set(keyOf(step.replica, step.to), step.from)
      this.#targetOf.set(keyOf(step.replica, step.from), step.to)
    }
    const starts = steps.filter((step) => step.action === 'start')
    this.#startsOf = groupBy(starts, ({ replica }) => replica)
    const moves = drains.flatMap(({ node, moves }) => moves.map((move) => ({ ...move, from: node })))
    this.#predicted = groupBy(moves, ({ deployment, from }) => keyOf(deployment, from))
    for (const step of starts) this.#legs.set(keyOf(step.replica, step.node), this.#judgeStart(step))
  }

  of(step: Step): Verdict {
    switch (step.action) {
      case 'start':
        return this.#leg(step.replica, step.node)
      case 'shift':
        return this.#leg(step.replica, step.to)
      case 'drain':
      case 'stop':
        return this.#judgeLeaving(step.replica, step.node)
      case 'cordon':
      case 'release':
        if (this.#bought.has(step.node)) return refused('bought-node')
        return this.#gone.has(step.node) ? DONE : refused('not-drained')
      case 'uncordon':
        return refused('no-undrain')
      case 'provision':
        return refused('bought-node')
    }
  }

  #leg(replica: string, node: string): Verdict {
    return this.#legs.get(keyOf(replica, node)) ?? refused('other-target')
  }

  #judgeStart(step: StartStep): Verdict {
    const { instance, settled } = this.#projected
    const { replica, node } = step
    if (isWait(this.#cluster, step)) return DONE
    if (this.#bought.has(node)) return refused('bought-node')
    const from = this.#sourceOf.get(keyOf(replica, node))
    if (from === undefined) {
      const newcomer = settled.target.newcomers.find(({ id }) => id === replica)
      const chosen = instance.nodes[newcomer?.node ?? -1]?.id
      return chosen === node ? DONE : refused('other-target', chosen)
    }
    if (!this.#released.has(from)) return refused(this.#whyKept(replica, from))
    if (!this.#gone.has(from)) return refused('not-drained')
    const owner = this.#ownerOf.get(replica) ?? step.deployment ?? ''
    return this.#match(step, this.#predicted.get(keyOf(owner, from)) ?? [])
  }

  /** A planned move beside those that Serve is predicted to make from the same node with the same deployment. */
  #match({ node, devices = {} }: StartStep, moves: PredictedMove[]): Verdict {
    const { instance, settled } = this.#projected
    const place = moves.findIndex(({ to }) => to === node)
    const [move] = place < 0 ? [] : moves.splice(place, 1)
    if (move !== undefined) {
      const isAlike = JSON.stringify(move.devices ?? {}) === JSON.stringify(devices)
      return isAlike ? DONE : { isExecutable: true, remark: 'other-devices' }
    }
    const index = instance.problem.nodes.findIndex(({ id }) => id === node)
    return refused(settled.state.population[index] === 0 ? 'idle-node' : 'other-target', moves[0]?.to)
  }

  /** Why a replica cannot be moved off a node that is not given back. */
  #whyKept(replica: string, node: string): StepRemark {
    if ((this.#startsOf.get(replica) ?? []).length > 1) return 'hop'
    return this.#receiving.has(node) ? 'swap' : 'node-not-emptied'
  }

  #judgeLeaving(replica: string, node: string): Verdict {
    const to = this.#targetOf.get(keyOf(replica, node))
    if (to !== undefined) return this.#leg(replica, to)
    const { instance, settled } = this.#projected
    const copy = instance.copies.findIndex(({ id }) => id === replica)
    return (settled.target.copies[copy] ?? null) === null ? DONE : refused('other-replica')
  }
}

function refused(remark: StepRemark, instead?: string): Verdict {
  return { isExecutable: false, remark, ...(instead !== undefined && { instead }) }
}

function keyOf(who: string, node: string): string {
  return JSON.stringify([who, node])
}
