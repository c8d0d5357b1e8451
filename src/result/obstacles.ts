import { formatPath } from '../../models/contract/describe-input.js'
import type { NodeReason } from '../../models/contract/result.js'
import type { FinalRule, Instance, InstanceCopy, InstanceNode } from '../../models/instance/instance.js'
import type { Target } from '../../models/instance/packing.js'
import { reseat, withoutContents } from '../search/clear-node.js'
import type { PackingState } from '../search/packing-state.js'
import { blockersOf } from './blockers.js'
import { mostFrequentFirst } from './count-limits.js'

/** Questions whether one more copy may come to one node, in all: more would be felt, and what is not asked is left out. */
const MOST_QUESTIONS = 200_000
/** Limits named of one node at most. */
export const MOST_LIMITS = 4

/** What is in the way of a node that stays. */
export interface Obstacles extends Pick<NodeReason, 'limits' | 'replicas'> {
  /** Whether everything on it could be on the other active nodes, as they are: then neither of the two is there. */
  readonly isMovable: boolean
}

/** Where one more copy of a deployment could be, and what keeps it off the other active nodes. */
interface Hosts {
  readonly nodes: readonly number[]
  /** The nodes that a limit keeps it off. */
  readonly blockers: ReadonlyMap<string, ReadonlySet<number>>
}

/**
 * Asks of nodes, with everything as it is in the end, whether what is there could be on the other active ones: each replica alone, then all
 * of them together, the hardest first, each on the first node that has room.
 */
export class ObstacleFinder {
  readonly #instance: Instance
  readonly #active: readonly number[]
  readonly #hosts = new Map<number, Hosts>()
  readonly #isWide: (deployment: number) => boolean
  readonly #replicasOn: ReadonlyMap<number, ReadonlyMap<number, readonly string[]>>
  #questions = 0

  constructor(
    readonly state: PackingState,
    target: Target
  ) {
    this.#instance = state.instance
    this.#active = this.#instance.nodes.filter(({ index }) => state.isActive(index)).map(({ index }) => index)
    this.#isWide = wideRules(this.#instance)
    this.#replicasOn = replicasByNode(this.#instance, target)
  }

  /** What is in the way of a node; undefined where that would take too long. */
  find(node: number): Obstacles | undefined {
    const { state } = this
    const { finalRules } = this.#instance
    if (this.#active.every((other) => other === node)) return { isMovable: false }
    const before = finalRules.map((_, rule) => state.rules.final.excessOf(rule))
    this.#askShared(node)
    return withoutContents(state, node, (contents) => {
      // Whatever is taken back later comes in another order.
      const residents = [...contents].sort((left, right) => left - right)
      const kinds = [...new Set(residents)]
      const hosts = new Map(kinds.map((deployment) => [deployment, this.#findHosts(deployment, node)]))
      const stuck = kinds.filter((deployment) => hosts.get(deployment)?.nodes.length === 0)
      if (this.#questions > MOST_QUESTIONS) return undefined
      if (stuck.length > 0) {
        const replicas = stuck.flatMap((deployment) => this.#replicasOn.get(node)?.get(deployment) ?? [])
        const limits = mostOften(stuck.map((deployment) => (hosts.get(deployment) as Hosts).blockers))
        return { isMovable: false, ...(replicas.length > 0 && { replicas }), ...(limits.length > 0 && { limits }) }
      }
      const roomsFor = (deployment: number) => hosts.get(deployment)?.nodes ?? []
      const [homeless] = reseat(state, residents, (deployment) =>
        roomsFor(deployment).find((other) => this.#admits(deployment, other))
      )
      if (this.#questions > MOST_QUESTIONS) return undefined
      if (homeless !== undefined)
        return { isMovable: false, limits: mostOften([this.#blockersOn(homeless, roomsFor(homeless))]) }
      const worse = finalRules.filter((_, rule) => state.rules.final.excessOf(rule) > (before[rule] as number))
      if (worse.length === 0) return { isMovable: true }
      return { isMovable: false, limits: worse.map(({ rule }: FinalRule) => formatPath(['rules', rule])) }
    })
  }

  /**
   * Asks once for what is on a node, with nothing taken away: what leaves a node changes nothing for the others, but for rules whose domains
   * are wider than one node.
   */
  #askShared(node: number): void {
    const { copies } = this.#instance.nodes[node] as InstanceNode
    const residents = [
      ...copies
        .filter((copy) => this.state.stays[copy] === 1)
        .map((copy) => this.#instance.copies[copy] as InstanceCopy),
      ...(this.state.arrivals[node] ?? [])
    ]
    for (const { deployment } of residents)
      if (!this.#isWide(deployment) && !this.#hosts.has(deployment))
        this.#hosts.set(deployment, this.#askAll(deployment, this.#active))
  }

  /** The node itself is none of them, full as it is or empty. */
  #findHosts(deployment: number, node: number): Hosts {
    const shared = this.#hosts.get(deployment)
    const isOther = (other: number) => other !== node
    if (shared === undefined) return this.#askAll(deployment, this.#active.filter(isOther))
    const blockers = [...shared.blockers].map(([limit, nodes]) => [limit, new Set([...nodes].filter(isOther))] as const)
    return { nodes: shared.nodes.filter(isOther), blockers: new Map(blockers.filter(([, nodes]) => nodes.size > 0)) }
  }

  #askAll(deployment: number, among: readonly number[]): Hosts {
    const nodes = among.filter((node) => this.#admits(deployment, node))
    if (nodes.length > 1) return { nodes, blockers: new Map() }
    return {
      nodes,
      blockers: this.#blockersOn(
        deployment,
        among.filter((node) => !nodes.includes(node))
      )
    }
  }

  #admits(deployment: number, node: number): boolean {
    return this.#questions++ < MOST_QUESTIONS && this.state.admits(deployment, node)
  }

  #blockersOn(deployment: number, nodes: readonly number[]): Map<string, Set<number>> {
    const blockers = new Map<string, Set<number>>()
    for (const node of nodes) {
      if (this.#questions++ >= MOST_QUESTIONS) break
      for (const limit of blockersOf(this.state, deployment, node)) {
        const kept = blockers.get(limit) ?? new Set()
        blockers.set(limit, kept.add(node))
      }
    }
    return blockers
  }
}

/** Limits by how often they are in the way, the most frequent first. */
function mostOften(blockers: readonly Hosts['blockers'][]): string[] {
  const counts = new Map<string, number>()
  for (const table of blockers)
    for (const [limit, nodes] of table) counts.set(limit, (counts.get(limit) ?? 0) + nodes.size)
  return mostFrequentFirst(counts)
    .slice(0, MOST_LIMITS)
    .map(([limit]) => limit)
}

/** Whether a rule that holds at every moment binds a deployment across several nodes. */
function wideRules({ counters, conflicts }: Instance): (deployment: number) => boolean {
  const wide = new Set([
    ...counters.filter(({ nodes }) => nodes.length > 1).flatMap(({ deployments }) => deployments),
    ...conflicts.filter(({ nodes }) => nodes.length > 1).flatMap(({ left, right }) => [...left, ...right])
  ])
  return (deployment) => wide.has(deployment)
}

/** Ids of the replicas on each node in the end, by deployment. */
function replicasByNode({ copies }: Instance, target: Target): Map<number, Map<number, string[]>> {
  const byNode = new Map<number, Map<number, string[]>>()
  const add = (node: number, deployment: number, id: string) => {
    const there = byNode.get(node) ?? new Map<number, string[]>()
    byNode.set(node, there)
    there.set(deployment, [...(there.get(deployment) ?? []), id])
  }
  for (const { index, id, deployment } of copies) {
    const place = target.copies[index] ?? null
    if (place !== null) add(place.node, deployment, id)
  }
  for (const { node, deployment, id } of target.newcomers) add(node, deployment, id)
  return byNode
}
