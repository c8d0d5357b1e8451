import type { Plan } from '../../../../models/contract/plan.js'
import type { Problem, Replica } from '../../../../models/contract/problem.js'
import { groupBy } from '../../../../models/grouping.js'
import { desiredReplicas } from '../../../capacity/changes/known-deployments.js'
import type { StepOf } from '../../../execution/driver.js'
import { NODE_ID_LABEL } from '../import/nodes/cluster-nodes.js'
import type { SeenReplica } from './cluster-view.js'

/** A planned arrival of a deployment on a node. */
interface Arrival {
  readonly step: string
  readonly deployment: string
  readonly node: string
  /** Which of the drains brings it, counted from 0; −1: it waits for a node already. */
  readonly stage: number
}

/**
 * What a plan of drains expects to see. Ray names replacements anew, and replicas of a deployment take each other's place: so what is
 * counted are newcomers, by deployment and node. All of it follows from Problem and plan, so that nothing is lost in a crash.
 */
export class DrainOutline {
  readonly #replicas: ReadonlyMap<string, Replica>
  readonly #nodeIds: ReadonlyMap<string, string>
  readonly #drained: ReadonlySet<string>
  readonly #desired: ReadonlyMap<string, number>
  readonly #arrivals: readonly Arrival[]

  constructor(problem: Problem, plan: Plan) {
    this.#replicas = new Map(problem.replicas.map((replica) => [replica.id, replica]))
    this.#nodeIds = new Map(problem.nodes.map(({ id, labels }) => [id, labels[NODE_ID_LABEL] ?? '']))
    const cordons = plan.steps.flatMap((step) => (step.action === 'cordon' ? [step.node] : []))
    const stages = new Map(cordons.map((node, index) => [node, index]))
    this.#drained = new Set(cordons)
    this.#desired = new Map(
      problem.deployments.map((deployment) => [deployment.id, desiredReplicas(problem, deployment)])
    )
    const shifts = plan.steps.flatMap((step) => (step.action === 'shift' ? [step] : []))
    const sources = new Map(shifts.map(({ replica, from, to }) => [JSON.stringify([replica, to]), from]))
    this.#arrivals = plan.steps.flatMap((step) => {
      if (step.action !== 'start' || this.isThere(step)) return []
      const source = sources.get(JSON.stringify([step.replica, step.node]))
      const stage = source === undefined ? -1 : (stages.get(source) ?? -1)
      return [{ step: step.id, deployment: this.deploymentOf(step), node: step.node, stage }]
    })
  }

  /** The hexadecimal id of a node of the Problem. */
  nodeIdOf(node: string): string {
    return this.#nodeIds.get(node) ?? ''
  }

  /** The id in the Problem of a node that Ray names; its own name where there is none. */
  nameOf(nodeId: string): string {
    for (const [id, hexadecimal] of this.#nodeIds) if (hexadecimal === nodeId) return id
    return nodeId
  }

  deploymentOf({
    replica,
    deployment
  }: {
    readonly replica: string
    readonly deployment?: string | undefined
  }): string {
    return this.#replicas.get(replica)?.deployment ?? deployment ?? ''
  }

  /** Whether a start only waits for what is on its node already. */
  isThere({ replica, node }: Pick<StepOf<'start'>, 'replica' | 'node'>): boolean {
    return this.#replicas.get(replica)?.node === node
  }

  /** Whether Ray knew a replica, on some node, when the plan was made: it is no newcomer. */
  isKnown(id: string): boolean {
    return (this.#replicas.get(id)?.node ?? null) !== null
  }

  /** Whether the plan drains a node. */
  isDrained(node: string): boolean {
    return this.#drained.has(node)
  }

  /** How many replicas of a deployment are wanted. */
  desiredOf(deployment: string): number {
    return this.#desired.get(deployment) ?? 0
  }

  /** How what is on a node differs from what the plan would find there when it drains it, in words; null: not at all. */
  findChangeOn(node: string, seen: readonly (SeenReplica & { readonly deployment: string })[]): string | null {
    const here = new Set(seen.map(({ id }) => id))
    for (const { id, node: on, state } of this.#replicas.values()) {
      if (on === node && state !== 'draining' && !here.has(id)) return `${id} is no longer on ${node}`
    }
    const came = groupBy(
      seen.filter(({ id }) => !this.isKnown(id)),
      ({ deployment }) => deployment
    )
    for (const [deployment, newcomers] of came) {
      const planned = this.#alike(deployment, node).length
      if (newcomers.length > planned) return `${newcomers.length - planned} more of ${deployment} came to ${node}`
    }
    return null
  }

  /** How many newcomers of its deployment are on its node when this start is done. */
  rankOf(step: StepOf<'start'>): number {
    const alike = this.#alike(this.deploymentOf(step), step.node)
    return alike.findIndex((arrival) => arrival.step === step.id) + 1
  }

  /** The arrivals that the drain of a node brings, each with how many newcomers are there with it. */
  arrivalsFrom(node: string): { readonly deployment: string; readonly node: string; readonly rank: number }[] {
    const stage = [...this.#drained].indexOf(node)
    return this.#arrivals
      .filter((arrival) => stage >= 0 && arrival.stage === stage)
      .map((arrival) => ({
        deployment: arrival.deployment,
        node: arrival.node,
        rank: this.#alike(arrival.deployment, arrival.node).indexOf(arrival) + 1
      }))
  }

  /** How many newcomers of a deployment the plan has on a node, as far as the drain that a start belongs to. */
  expectedOn(deployment: string, node: string, upTo: StepOf<'start'>): number {
    const stage = this.#arrivals.find((arrival) => arrival.step === upTo.id)?.stage ?? -1
    return this.#alike(deployment, node).filter((arrival) => arrival.stage <= stage).length
  }

  #alike(deployment: string, node: string): readonly Arrival[] {
    return this.#arrivals.filter((arrival) => arrival.deployment === deployment && arrival.node === node)
  }
}
